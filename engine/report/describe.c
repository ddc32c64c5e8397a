/* describe.c - data package, page and workbook of a folder of results: its files are read once for all of
 * them. */
#include "report/describe.h"

#include "placecast/report.h"

pc_status pc_report_describe(const char *folder, unsigned what, pc_diagnostics *diagnostics)
{
    result_folder results;
    pc_status status = result_folder_load(folder, &results, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    if ((what & PC_REPORT_DATAPACKAGE) != 0) {
        status = datapackage_write(&results, diagnostics);
    }
    if (status == PC_OK && (what & PC_REPORT_PAGE) != 0) {
        status = page_write(&results, diagnostics);
    }
    if (status == PC_OK && (what & PC_REPORT_WORKBOOK) != 0) {
        status = workbook_write(&results, diagnostics);
    }
    result_folder_free(&results);
    return status;
}

pc_status pc_report_datapackage(const char *folder, pc_diagnostics *diagnostics)
{
    return pc_report_describe(folder, PC_REPORT_DATAPACKAGE, diagnostics);
}

pc_status pc_report_page(const char *folder, pc_diagnostics *diagnostics)
{
    return pc_report_describe(folder, PC_REPORT_PAGE, diagnostics);
}

pc_status pc_report_workbook(const char *folder, pc_diagnostics *diagnostics)
{
    return pc_report_describe(folder, PC_REPORT_WORKBOOK, diagnostics);
}
