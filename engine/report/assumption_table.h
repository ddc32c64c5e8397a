/* assumption_table.h - the rows of assumptions.csv: what is assumed, and where it comes from. Private to
 * report/.
 *
 * Nothing is said of a source that does not stand in a file of the run, in a shipped table or, for what is
 * built in, in docs/model.md.
 */
#ifndef PC_ASSUMPTION_TABLE_H
#define PC_ASSUMPTION_TABLE_H

#include <stdio.h>

#include "placecast/report.h"
#include "report/result_folder.h"

typedef enum assumption_origin {
    ASSUMPTION_COUNCIL, /* a figure in a file of the run */
    ASSUMPTION_RETURNS, /* estimated from the returns */
    ASSUMPTION_SHIPPED, /* a table that comes with the program */
    ASSUMPTION_PROGRAM  /* built in, where the files say nothing */
} assumption_origin;

typedef struct assumption_table {
    FILE *stream;
    const pc_scenario *scenario;
    const pc_run_record *record;
    pc_diagnostics *diagnostics;
    const char *topic; /* of the rows that follow */
    pc_status status;  /* the first failure */
} assumption_table;

/* Takes `words`, which may be NULL: out of memory. `source`: who says so, in words; `place`: file and line;
 * "" where there is none. */
void assumption_put(assumption_table *self, char *words, assumption_origin origin, const char *source,
                    const char *place);
/* The same with the lines at which the scenario's files give `key` and all below it. Where they do not give
 * it, it is built in, with `otherwise` as the source. */
void assumption_put_key(assumption_table *self, char *words, const char *key, const char *source,
                        const char *otherwise);
/* "base.yaml:49-53; best.yaml:7": where that key and those below it stand; "" where they are not given. The
 * caller frees; NULL when out of memory. */
char *assumption_place(const pc_scenario *scenario, const char *key);
/* One row for each different text in the column `source` of a table; one without a source where it has no
 * such column. Those rows whose cell in `column` is not `value` are left out (`column` NULL: none). `path`
 * NULL: the shipped table of that name. */
void assumption_put_sources(assumption_table *self, const char *words, const char *path, const char *shipped,
                            const char *column, const char *value);
/* The table at `path`, or the shipped one. False where it cannot be read again, which a row and
 * a warning tell. */
bool assumption_read(assumption_table *self, const char *path, const char *shipped, result_table *out);
/* The label of a category in the results, else its name. */
const char *assumption_label(const assumption_table *self, const char *category);

/* ---- the topics, in the order of the file ---- */

void assumption_put_data(assumption_table *self);
void assumption_put_rates(assumption_table *self);
void assumption_put_places(assumption_table *self);
void assumption_put_prices(assumption_table *self);
void assumption_put_interventions(assumption_table *self);
void assumption_put_further(assumption_table *self); /* budget, workforce, out of area, said by the run */

#endif
