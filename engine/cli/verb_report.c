/* verb_report.c - placecast report FOLDER: the page and the workbook of an earlier run, made again from its
 * files. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "placecast/rerun.h"

/* Are the tables those of its run.json? A run that was killed leaves files of its own beside those of the run
 * before, each of them whole. A folder without a run.json that can be checked (of `sensitivity`, say) says
 * nothing. */
static pc_status check_tables(const char *folder, pc_diagnostics *diagnostics)
{
    size_t length = strlen(folder) + sizeof "/run.json";
    char *path = malloc(length);
    pc_manifest manifest = {0};
    pc_status status = PC_ERR_NO_MEMORY;

    if (path != NULL) {
        snprintf(path, length, "%s/run.json", folder);
        status = pc_manifest_read(path, &manifest, NULL);
    }
    if (status == PC_OK) {
        status = pc_manifest_check_outputs(&manifest, diagnostics);
    }
    pc_manifest_free(&manifest);
    free(path);
    return status == PC_ERR_NO_MEMORY ? status : PC_OK;
}

pc_status cli_report(const cli_options *options, pc_diagnostics *diagnostics)
{
    static const char *const output[] = {"datapackage.json", "report.html", "workbook.xlsx"};
    const char *folder = options->argument[0];
    pc_status status = check_tables(folder, diagnostics);

    status = status == PC_OK
                 ? pc_report_describe(folder, PC_REPORT_DATAPACKAGE | PC_REPORT_PAGE | PC_REPORT_WORKBOOK,
                                      diagnostics)
                 : status;
    if (status == PC_OK && options->json) {
        status = pc_report_written_json(folder, output, 3, stdout);
    } else if (status == PC_OK && !options->quiet) {
        pc_report_written(folder, output, 3, stdout);
    }
    return status;
}
