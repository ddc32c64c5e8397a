#include "outcome/targets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The share of replicates in which the cell meets it. Cells are whole numbers, of pence for money. */
static double share_met(const pc_target_result *target, const tally *all, size_t cell)
{
    double value = target->value * (pc_measure_is_money(target->measure) ? 100.0 : 1.0);

    value = fmin(value, 0x1p53); /* above all that is counted */
    /* A limit written in decimals must not lose the value that it names. */
    return target->at_most ? tally_share(all, cell, INT64_MIN, (int64_t)floor(value + 1e-6))
                           : tally_share(all, cell, (int64_t)ceil(value - 1e-6), INT64_MAX);
}

static bool meets(const pc_target_result *target, const pc_statistics *value)
{
    double median = value->quantile[PC_N_QUANTILE / 2];
    double typical = isfinite(median) ? median : value->mean;

    return target->at_most ? typical <= target->value : typical >= target->value;
}

static void take_one(const outcome_case *of, const tally *all, const pc_target *from, pc_forecast *forecast,
                     pc_target_result *out)
{
    int category = pc_codes_find_category(&of->model->codes, from->category);
    size_t la = forecast->n_la - 1, month = 0;

    out->measure = from->measure;
    out->category = category < 0 ? forecast->n_category : (size_t)category;
    out->by = from->by;
    out->at_most = from->at_most;
    out->value = from->value;
    while (month + 1 < forecast->n_month && forecast->month_end[month + 1] <= from->by) {
        month++;
    }
    out->date = forecast->month_end[month];
    out->reached = *pc_forecast_monthly(forecast, la, out->measure, out->category, month);
    out->probability =
        all == NULL || !of->shape.has[out->measure]
            ? (double)NAN
            : share_met(out, all, grid_monthly(&of->shape, out->measure, out->category, month));
    out->first_met = PC_DAY_NONE;
    for (month = forecast->n_month; month-- > 0;) {
        if (!meets(out, pc_forecast_monthly(forecast, la, out->measure, out->category, month))) {
            break;
        }
        out->first_met = forecast->month_end[month];
    }
}

pc_status targets_take(const outcome_case *of, const tally *all, pc_forecast *out)
{
    const pc_scenario *scenario = of->scenario;

    out->target = pc_new_zero(scenario->n_target, sizeof *out->target);
    if (out->target == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n_target = scenario->n_target;
    for (size_t at = 0; at < out->n_target; at++) {
        out->target[at].name = pc_copy_text(scenario->target[at].name);
        if (out->target[at].name == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        take_one(of, all, &scenario->target[at], out, &out->target[at]);
    }
    return PC_OK;
}
