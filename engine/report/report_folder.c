#include "base/out_file.h"
#include "placecast/report.h"

pc_status pc_report_folder(const char *folder, pc_diagnostics *diagnostics)
{
    return pc_make_folder(folder, diagnostics);
}
