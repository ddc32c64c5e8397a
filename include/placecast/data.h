/* data.h - from the files that a scenario names to what it runs on: data read, rates fitted, prices found.
 *
 * [returns or published tables -> model, prices] -> scenario -> simulation -> forecast -> report
 *
 * `run`, `compare`, `sweep`, `seek` and `sensitivity` all come by their model and prices through these calls,
 * and so does a program of your own that is to give what `run` gives:
 *
 *   pc_data_read     the returns, cleaned, or the published tables; once for scenarios with the same data
 *   pc_data_fit      rates with their national priors, and the trend
 *   pc_prices_open   the tables under `costs`
 *   pc_data_match    the prices of the children who are in care now
 *
 * A file that is missing or cannot be read is PC_ERR_INPUT here: the scenario names it.
 */
#ifndef PC_DATA_H
#define PC_DATA_H

#include <stdbool.h>

#include "placecast/episodes.h"
#include "placecast/model.h"
#include "placecast/prices.h"
#include "placecast/scenario.h"
#include "placecast/summary.h"

typedef struct pc_data {
    pc_episodes episodes; /* cleaned; of published tables no rows, but the code map */
    pc_quality quality;   /* what cleaning did; `path` holds every file that was read, of tables too */
    pc_tieout tieout;     /* of published tables no rows */
    pc_summary summary;   /* the published tables; of returns no rows */
    bool is_summary;      /* it comes from published tables */
} pc_data;

/* Reads what `data` of the scenario names: returns, cleaned and counted against what is published, or else
 * published tables. Depends on data.ssda903, data.summary, data.codes, data.extract and data.published alone.
 * On failure `out` is empty. PC_ERR_INPUT, PC_ERR_NO_DATA (no usable row), PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_data_read(const pc_scenario *scenario, pc_data *out, pc_diagnostics *diagnostics);

/* Fits the model of the scenario (data.priors, data.window, authorities) to its data and finds the trend of
 * each authority. `threads`: 0 for all cores; the result does not depend on it. On failure `out` is empty.
 * PC_ERR_INPUT, PC_ERR_NO_DATA, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_data_fit(const pc_data *self, const pc_scenario *scenario, int threads,
                                  pc_model *out, pc_diagnostics *diagnostics);
void pc_data_free(pc_data *self); /* NULL is fine; may be called twice */

/* Reads every table under `costs`. *has: false, and `out` empty, when there are none. Every problem of every
 * table is reported; on failure *has is false. */
PC_MUST_USE pc_status pc_prices_open(const pc_scenario *scenario, const pc_codes *codes, pc_prices *out,
                                     bool *has, pc_diagnostics *diagnostics);

/* Finds in the data what the prices need to know of the children in care (pc_prices_match); nothing where
 * they need nothing. `model` is what pc_data_fit made of these data. Published tables know no child: the
 * price of each is that of the table, drawn. */
PC_MUST_USE pc_status pc_data_match(const pc_data *self, const pc_model *model, pc_prices *prices,
                                    pc_diagnostics *diagnostics);

#endif
