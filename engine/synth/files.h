/* files.h - where the tables of the returns go: names by layout. Private to the stage. */
#ifndef PC_SYNTH_FILES_H
#define PC_SYNTH_FILES_H

#include "synth/returns.h"

#define SYNTH_YEAR_TEXT 8 /* "2019-20" and a NUL */

/* "2019-20": a name that nobody takes for one year or the other. */
void synth_year_text(int year, char text[SYNTH_YEAR_TEXT]);

/* The file of `table` in the return of `year` (any year in the merged layout), relative to the folder; the
 * caller frees. NULL when out of memory. */
char *synth_file_name(pc_synth_layout layout, synth_table table, int year);

/* Writes every table of every return, as clean as it is made. */
PC_MUST_USE pc_status synth_write_returns(const pc_synth_options *options, const synth_authority *authority,
                                          size_t n_authority, const char *folder,
                                          pc_diagnostics *diagnostics);

/* truth_file.c: truth.csv, the rates of each authority and its children in care at each 31 March. */
PC_MUST_USE pc_status synth_write_truth(const pc_synth_options *options, const synth_authority *authority,
                                        size_t n_authority, const char *folder, pc_diagnostics *diagnostics);

#endif
