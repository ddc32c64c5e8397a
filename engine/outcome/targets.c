#include "outcome/targets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/statistics.h"

/* The share of replicates in which the cell meets it. Cells are whole numbers, of pence for money. */
static double share_met(const pc_target_result *target, double unit, const tally *all, size_t cell)
{
    double value = target->value * unit;

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

static size_t month_of(const pc_forecast *forecast, pc_day by)
{
    size_t month = 0;

    while (month + 1 < forecast->n_month && forecast->month_end[month + 1] <= by) {
        month++;
    }
    return month;
}

/* A number of the workforce, by month or, where it counts months, by financial year. */
static void take_workload(const workload_plan *plan, const tally *work, const pc_forecast *forecast,
                          pc_target_result *out)
{
    bool years = pc_workload_counts_months(out->workload);
    size_t series = plan == NULL ? 0 : workload_find(plan, out->workload, out->category_name);
    size_t n = years ? forecast->n_year : forecast->n_month, at = month_of(forecast, out->by);
    const pc_statistics *row;

    out->category = forecast->n_category;
    out->first_met = PC_DAY_NONE;
    out->probability = (double)NAN;
    out->date = forecast->month_end[at];
    statistics_unknown(&out->reached);
    if (plan == NULL || work == NULL || series == plan->n_series) {
        return; /* expected values, or a caller of the library that did not check the scenario */
    }
    while (years && at + 1 < forecast->n_month && plan->year_of_month[at + 1] == plan->year_of_month[at]) {
        at++;
    }
    out->date = forecast->month_end[at];
    at = years ? plan->year_of_month[at] : at;
    row = (years ? forecast->workload.annual : forecast->workload.monthly) + series * n;
    out->reached = row[at];
    if (isfinite(row[at].mean)) {
        out->probability =
            share_met(out, pc_workload_unit(out->workload), work,
                      years ? workload_annual(plan, series, at) : workload_monthly(plan, series, at));
    }
    for (size_t month = forecast->n_month; month-- > 0;) {
        if (!meets(out, &row[years ? plan->year_of_month[month] : month])) {
            break;
        }
        if (!years || month == 0 || plan->year_of_month[month - 1] != plan->year_of_month[month]) {
            size_t last = month;

            while (years && last + 1 < forecast->n_month &&
                   plan->year_of_month[last + 1] == plan->year_of_month[month]) {
                last++;
            }
            out->first_met = forecast->month_end[last];
        }
    }
}

static void take_one(const outcome_case *of, const tally *all, const pc_target *from, pc_forecast *forecast,
                     pc_target_result *out)
{
    int category = pc_codes_find_category(&of->model->codes, from->category);
    size_t la = forecast->n_la - 1, month;

    out->category = category < 0 ? forecast->n_category : (size_t)category;
    month = month_of(forecast, from->by);
    out->date = forecast->month_end[month];
    out->reached = *pc_forecast_monthly(forecast, la, out->measure, out->category, month);
    out->probability = all == NULL || !of->shape.has[out->measure]
                           ? (double)NAN
                           : share_met(out, pc_measure_is_money(out->measure) ? 100.0 : 1.0, all,
                                       grid_monthly(&of->shape, out->measure, out->category, month));
    out->first_met = PC_DAY_NONE;
    for (month = forecast->n_month; month-- > 0;) {
        if (!meets(out, pc_forecast_monthly(forecast, la, out->measure, out->category, month))) {
            break;
        }
        out->first_met = forecast->month_end[month];
    }
}

const char *pc_target_result_measure(const pc_target_result *self)
{
    return self->of_workforce ? pc_workload_name(self->workload) : pc_measure_name(self->measure);
}

pc_status targets_take(const outcome_case *of, const tally *all, const tally *work, pc_forecast *out)
{
    const pc_scenario *scenario = of->scenario;

    out->target = pc_new_zero(scenario->n_target, sizeof *out->target);
    if (out->target == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n_target = scenario->n_target;
    for (size_t at = 0; at < out->n_target; at++) {
        const pc_target *from = &scenario->target[at];
        pc_target_result *to = &out->target[at];

        *to = (pc_target_result){.name = pc_copy_text(from->name),
                                 .measure = from->measure,
                                 .of_workforce = from->of_workforce,
                                 .workload = from->workload,
                                 .category_name = pc_copy_text(from->category),
                                 .by = from->by,
                                 .at_most = from->at_most,
                                 .value = from->value};
        if (to->name == NULL || to->category_name == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        if (from->of_workforce) {
            take_workload(of->work, work, out, to);
        } else {
            take_one(of, all, from, out, to);
        }
    }
    return PC_OK;
}
