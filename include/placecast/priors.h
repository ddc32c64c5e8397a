/* priors.h - national rates at the root of the tree of pools: what a rate is before any data.
 *
 * returns -> episodes -> [priors] -> model -> scenario -> simulation -> forecast -> report
 *
 * A table with a source on each row: family (`exit`, `move`, `status`), stream (`local`, `uasc` or `all`),
 * cause (of an exit; the category moved or changed to), age_band (or `all`), rate (1/child-year). The rates
 * are the same for every category and duration lived in: what differs there is for the data to say. The
 * shipped table is scenarios/defaults/priors.csv. Method: docs/model.md, section 2.
 */
#ifndef PC_PRIORS_H
#define PC_PRIORS_H

#include <stdbool.h>

#include "placecast/model.h"
#include "placecast/summary.h"

struct pc_priors {
    pc_rates rates;                      /* exit, move, status; starts and first placements are 0 */
    bool has_exit, has_move, has_status; /* the table has rows of the family; without, the data's own pooled
                                            rates stand in */
};

/* Reads `path`, or the shipped table when it is NULL. A category that the code map does not have is an error
 * in a file given, and left aside in the shipped one. Each cell may be set once. On failure `out` is empty.
 * PC_ERR_IO, PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_priors_load(const char *path, const pc_codes *codes, pc_priors *out,
                                     pc_diagnostics *diagnostics);
/* Fits one authority from published tables: the last stock up to `extract` (PC_DAY_NONE: the last of all) and
 * up to three years of starts and ceases that end with it. The stock is reproduced by margin, starts exactly,
 * ceases up to the gap that the published figures leave, which is an assumption in `diagnostics`. Costs
 * milliseconds. On failure `out` is empty. PC_ERR_INPUT: margins that cannot be, each named; PC_ERR_NO_DATA;
 * PC_ERR_NO_MEMORY. Method: docs/summary.md. */
PC_MUST_USE pc_status pc_fit_summary(const pc_summary *summary, const pc_codes *codes,
                                     const pc_priors *priors, pc_day extract, pc_model *out,
                                     pc_diagnostics *diagnostics);
void pc_priors_free(pc_priors *self); /* NULL is fine; may be called twice */

#endif
