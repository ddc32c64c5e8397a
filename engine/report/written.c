/* written.c - what `report` says: the folder and the files made in it. */
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
