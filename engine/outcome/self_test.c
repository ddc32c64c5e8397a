/* The two methods against each other: the law that the loop follows and the law that was solved must be the
 * same. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "placecast/forecast.h"

#define LEAST_OCCURRENCES 25.0

typedef struct cell_place {
    size_t la;
    const char *measure, *category;
    pc_day date;
} cell_place;

static void judge(pc_self_test *out, const pc_forecast *simulated, const pc_statistics *mean, double expected,
                  cell_place where)
{
    double n = simulated->replicates, z;

    if (!(expected * n >= LEAST_OCCURRENCES) || !(mean->sd > 0.0)) {
        /* A cell that never varies must be right exactly; one that hardly ever happens tells nothing. */
        if (mean->sd > 0.0 || expected * n < LEAST_OCCURRENCES ||
            fabs(mean->mean - expected) < 1e-6 * expected) {
            out->n_rare++;
            return;
        }
    }
    z = mean->sd > 0.0 ? fabs(mean->mean - expected) / (mean->sd / sqrt(n)) : (double)INFINITY;
    out->n_judged++;
    if (z > out->largest_z) {
        out->largest_z = z;
        out->date = where.date;
        snprintf(out->la, sizeof out->la, "%s", simulated->la[where.la]);
        snprintf(out->measure, sizeof out->measure, "%s", where.measure);
        snprintf(out->category, sizeof out->category, "%s", where.category);
    }
}

static void judge_all(pc_self_test *out, const pc_forecast *simulated, const pc_forecast *expected)
{
    size_t n_category = simulated->n_category, n_month = simulated->n_month;

    for (size_t at = 0; at < simulated->n_la * PC_N_MEASURE * (n_category + 1) * n_month; at++) {
        size_t month = at % n_month, category = at / n_month % (n_category + 1);
        pc_measure measure = (pc_measure)(at / n_month / (n_category + 1) % PC_N_MEASURE);

        if (expected->has[measure]) {
            judge(out, simulated, &simulated->monthly[at], expected->monthly[at].mean,
                  (cell_place){at / n_month / (n_category + 1) / PC_N_MEASURE, pc_measure_name(measure),
                               category == n_category ? "all" : simulated->category[category],
                               simulated->month_end[month]});
        }
    }
    for (size_t at = 0; at < simulated->n_la * PC_N_EXIT_CAUSE * n_month; at++) {
        pc_exit_cause cause = (pc_exit_cause)(at / n_month % PC_N_EXIT_CAUSE);

        judge(out, simulated, &simulated->exits[at], expected->exits[at].mean,
              (cell_place){at / n_month / PC_N_EXIT_CAUSE, "exits", pc_exit_cause_name(cause),
                           simulated->month_end[at % n_month]});
    }
}

pc_status pc_self_test_run(const pc_model *model, const pc_scenario *scenario, const pc_run_options *options,
                           pc_self_test *out, pc_diagnostics *diagnostics)
{
    pc_scenario bare = *scenario; /* a view: nothing in it is freed */
    pc_forecast simulated, expected;
    pc_status status;

    memset(out, 0, sizeof *out);
    bare.uncertainty = (pc_uncertainty){false, false, false};
    bare.trend.mix = false; /* expected values do not follow it */
    bare.n_capacity = bare.n_overflow = bare.n_substitute = bare.n_intervention = 0;
    bare.method = PC_METHOD_SIMULATE;
    status = pc_run(model, &bare, NULL, options, &simulated, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    bare.method = PC_METHOD_EXPECTED;
    status = pc_run(model, &bare, NULL, options, &expected, diagnostics);
    if (status == PC_OK) {
        out->replicates = simulated.replicates;
        judge_all(out, &simulated, &expected);
        pc_forecast_free(&expected);
    }
    pc_forecast_free(&simulated);
    return status;
}
