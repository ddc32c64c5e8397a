/* describe.h - what is made of the files of a folder, each from the tables that were read once. Private to
 * report/. */
#ifndef PC_REPORT_DESCRIBE_H
#define PC_REPORT_DESCRIBE_H

#include "report/result_folder.h"

/* Each writes its file into the folder of the results, whole or not at all. PC_ERR_IO, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status datapackage_write(const result_folder *results, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status page_write(const result_folder *results, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status workbook_write(const result_folder *results, pc_diagnostics *diagnostics);

#endif
