/* verb_report.c - placecast report FOLDER: the page and the workbook of an earlier run, made again from its
 * files. */
#include "cli.h"

pc_status cli_report(const cli_options *options, pc_diagnostics *diagnostics)
{
    static const char *const output[] = {"datapackage.json", "report.html", "workbook.xlsx"};
    const char *folder = options->argument[0];
    pc_status status =
        pc_report_describe(folder, PC_REPORT_DATAPACKAGE | PC_REPORT_PAGE | PC_REPORT_WORKBOOK, diagnostics);

    if (status == PC_OK && options->json) {
        status = pc_report_written_json(folder, output, 3, stdout);
    } else if (status == PC_OK && !options->quiet) {
        pc_report_written(folder, output, 3, stdout);
    }
    return status;
}
