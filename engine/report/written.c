/* written.c - what `report` and `rerun` say: the folder, the files made in it, whether they are the same. */
#include "placecast/version.h"
#include "report/json_parts.h"
#include "report/summary_parts.h"

void pc_report_written(const char *folder, const char *const *output, size_t n, FILE *stream)
{
    const pc_run_record record = {.folder = folder, .output = output, .n_output = n};
    const say_page page = say_page_of(&record.look, stream);

    summary_written(&record, &page);
}

pc_status pc_report_written_json(const char *folder, const char *const *output, size_t n, FILE *stream)
{
    json_t *root = json_object();
    int failed = 0;

    report_json_set(root, "folder", report_json_text(folder), &failed);
    report_json_set(root, "outputs", report_json_texts(output, n), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

pc_status pc_report_rerun_json(const pc_manifest *of, const char *folder, size_t n_compared,
                               size_t n_different, FILE *stream)
{
    json_t *root = json_object();
    int failed = 0;

    report_json_set(root, "verb", json_string("rerun"), &failed);
    report_json_set(root, "run", report_json_text(of->path), &failed);
    report_json_set(root, "placecast_then", report_json_text(of->version), &failed);
    report_json_set(root, "placecast_now", json_string(PC_VERSION), &failed);
    report_json_set(root, "folder", report_json_text(folder), &failed);
    report_json_set(root, "compared", json_integer((json_int_t)n_compared), &failed);
    report_json_set(root, "differences", json_integer((json_int_t)n_different), &failed);
    report_json_set(root, "same", json_boolean(n_different == 0), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}
