/* result_folder.h - the files of a finished run, read back as tables of text: what the page and the workbook
 * are made of.
 *
 * Nothing is computed here, so a figure shown is a figure of the files. A file that is absent is an absent
 * table; so is one that run.json does not list in `outputs`: an earlier run in the same
 * folder left it. A file that is there and does not hold what docs/outputs.md says is an error of that file
 * and row.
 */
#ifndef PC_RESULT_FOLDER_H
#define PC_RESULT_FOLDER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "placecast/diagnostics.h"

typedef enum result_file {
    RESULT_FORECAST,
    RESULT_ANNUAL,
    RESULT_EXITS,
    RESULT_DIFFERENCES,
    RESULT_ANNUAL_DIFFERENCES,
    RESULT_INTERVENTIONS,
    RESULT_ALONE,
    RESULT_INVEST_TO_SAVE,
    RESULT_TARGETS,
    RESULT_WHY,
    RESULT_BUDGET_LINES,
    RESULT_BUDGET_NEEDED,
    RESULT_WORKFORCE,
    RESULT_WORKFORCE_CHECKS,
    RESULT_POSTS,
    RESULT_OUT_OF_AREA,
    RESULT_SKILL,
    RESULT_SKILL_SUMMARY,
    RESULT_INCOME,
    RESULT_CONCENTRATION,
    RESULT_PROCESSES,
    RESULT_TIEOUT,
    RESULT_SENSITIVITY,
    RESULT_ASSUMPTIONS,
    RESULT_N_FILE
} result_file;

/* Open for reading; filled by result_folder_load alone. A zeroed table is an absent one. */
typedef struct result_table {
    const char *file; /* "forecast.csv"; NULL when absent */
    size_t n_column;  /* 0 when absent */
    char **column;    /* [n_column]; in lower case, as in docs/outputs.md */
    bool *numeric; /* [n_column]; every cell that is not blank is a number, and one at least is not blank */
    size_t n_row;  /* without the header */
    size_t *cell;  /* [n_row * n_column]; places in `text`; use result_text */
    long *line;    /* [n_row]; row of the file, the header is 1: for messages */
    char *text;    /* all cells, each with its NUL */
    size_t n_text, text_capacity, row_capacity, line_capacity;
} result_table;

typedef struct result_folder {
    char *path;
    result_table table[RESULT_N_FILE];
    json_t *run; /* run.json or, after compare, compare.json when there is no run.json; NULL when absent */
    json_t *sensitivity; /* sensitivity.json: what sensitivity.csv is of; NULL when absent */
} result_folder;

/* Reads what is in `path`. PC_ERR_INPUT when a file is wrong, or when there is none of forecast.csv,
 * annual.csv and sensitivity.csv (which may be put beside the files of a run, and is not in its list of
 * outputs): then it is no folder of results. PC_ERR_NO_MEMORY. On failure `out` is empty. */
PC_MUST_USE pc_status result_folder_load(const char *path, result_folder *out, pc_diagnostics *diagnostics);
void result_folder_free(result_folder *self); /* NULL is fine; may be called twice */

const char *result_file_name(result_file file); /* "forecast.csv" */

static inline bool result_has(const result_folder *self, result_file file)
{
    return self->table[file].file != NULL;
}

/* Any other table: of the file `path`, or of `bytes` [size] where these are not NULL. It is read as it is, no
 * column is asked for. PC_ERR_IO, PC_ERR_INPUT, PC_ERR_NO_MEMORY; then `out` is empty. */
PC_MUST_USE pc_status result_table_read(const char *path, const void *bytes, size_t size, result_table *out,
                                        pc_diagnostics *diagnostics);
void result_table_free(result_table *self); /* may be called twice */

/* Column number of `name`, or -1. */
int result_column(const result_table *self, const char *name);
/* The cell as it stands in the file, less the apostrophe that keeps a spreadsheet from taking text for a
 * formula. "" for a blank cell and for column -1. */
const char *result_text(const result_table *self, size_t row, int column);
/* False, and *out untouched, when the cell is blank or no number, or the column is -1. */
bool result_number(const result_table *self, size_t row, int column, double *out);

/* The words of sensitivity.json at `key`, or "". */
const char *result_sensitivity_text(const result_folder *self, const char *key);
/* The words of run.json at `key` of the object `object` (NULL: the root), or "" when there is none. */
const char *result_run_text(const result_folder *self, const char *object, const char *key);

#endif
