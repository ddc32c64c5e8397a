/* The results of an earlier run, as `report` reads them again. */
#include "fuzz.h"
#include "placecast/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_diagnostics said;
    pc_status status;

    (void)fuzz_unpack(data, size, "run.json");
    pc_diagnostics_init(&said);
    status = pc_report_datapackage(fuzz_folder(), &said);
    status = pc_report_page(fuzz_folder(), &said);
    status = pc_report_workbook(fuzz_folder(), &said);
    (void)status;
    pc_diagnostics_free(&said);
    return 0;
}
