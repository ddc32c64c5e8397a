/* read_file.h - a file of a return as rows whose columns have names. */
#ifndef PC_INTAKE_READ_FILE_H
#define PC_INTAKE_READ_FILE_H

#include "base/csv_rows.h"
#include "intake/intake.h"

/* The text in a column, "" when the file has no such column. Borrowed. */
pc_field intake_field(const intake_file *file, intake_column column, const pc_field *field);

/* Calls `on_row` for each row. `again`: the file was read before, so only errors are reported and no warning
 * twice. */
PC_MUST_USE pc_status intake_read_file(const intake *self, const intake_file *file, bool again,
                                       pc_csv_row_function on_row, void *context);

#endif
