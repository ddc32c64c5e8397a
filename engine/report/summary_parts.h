/* summary_parts.h - the lines that the text summaries share. */
#ifndef PC_SUMMARY_PARTS_H
#define PC_SUMMARY_PARTS_H

#include "placecast/report.h"

/* "3,737 rows read, 1,341 set aside, ..." */
void summary_cleaned(const pc_run_record *record, FILE *stream);
/* Each assumption as "Assumed: ...", at most `most` of them, and how many more there are. */
void summary_assumptions(const pc_diagnostics *diagnostics, size_t most, const char *rest, FILE *stream);
/* "Written to FOLDER: ..." */
void summary_written(const pc_run_record *record, FILE *stream);
/* "the authority of the returns", its name, or how many there are. */
void summary_authority(const char *const *name, size_t n, FILE *stream);

#endif
