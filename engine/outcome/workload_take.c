#include "outcome/workload_take.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/statistics.h"

void workload_result_free(pc_workload_result *self)
{
    for (size_t at = 0; self->category != NULL && at < self->n_series; at++) {
        free(self->category[at]);
    }
    free(self->category);
    free(self->measure);
    free(self->monthly);
    free(self->annual);
    free(self->at_confidence);
    memset(self, 0, sizeof *self);
}

static pc_status new_result(pc_workload_result *self, const workload_plan *plan)
{
    size_t n = plan->n_series;

    *self = (pc_workload_result){.n_series = n,
                                 .measure = pc_new_zero(n, sizeof *self->measure),
                                 .category = pc_new_zero(n, sizeof *self->category),
                                 .monthly = pc_new_zero(n * plan->n_month, sizeof *self->monthly),
                                 .annual = pc_new_zero(n * plan->n_year, sizeof *self->annual),
                                 .at_confidence = pc_new_zero(n * plan->n_month, sizeof(double)),
                                 .confidence = plan->of->confidence};
    if (self->measure == NULL || self->category == NULL || self->monthly == NULL || self->annual == NULL ||
        self->at_confidence == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        self->measure[at] = plan->series[at].measure;
        self->category[at] = pc_copy_text(plan->series[at].category);
        if (self->category[at] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

pc_status workload_take(const workload_plan *plan, const workload_plan *against, const tally *from,
                        pc_forecast *out)
{
    pc_workload_result *to = &out->workload;
    uint64_t *scratch = pc_new(2 * from->replicates, sizeof *scratch);
    pc_status status = scratch == NULL ? PC_ERR_NO_MEMORY : new_result(to, plan);

    for (size_t at = 0; at < plan->n_series && status == PC_OK; at++) {
        double unit = pc_workload_unit(to->measure[at]);

        for (size_t month = 0; month < plan->n_month; month++) {
            size_t cell = workload_monthly(plan, at, month);
            pc_statistics *value = &to->monthly[at * plan->n_month + month];

            if (workload_known(plan, at, month) && (against == NULL || workload_known(against, at, month))) {
                tally_statistics(from, cell, unit, scratch, value);
            } else {
                statistics_unknown(value);
            }
            to->at_confidence[at * plan->n_month + month] =
                to->measure[at] == PC_WORKLOAD_NEEDED
                    ? (double)tally_quantile(from, cell, to->confidence) / unit
                    : (double)NAN;
        }
        for (size_t year = 0; year < plan->n_year; year++) {
            pc_statistics *value = &to->annual[at * plan->n_year + year];

            if (workload_known_in_year(plan, at, year) &&
                (against == NULL || workload_known_in_year(against, at, year))) {
                tally_statistics(from, workload_annual(plan, at, year), unit, scratch, value);
            } else {
                statistics_unknown(value);
            }
        }
    }
    free(scratch);
    return status;
}

bool pc_forecast_has_posts(const pc_forecast *self)
{
    bool has = false;

    for (size_t at = 0; at < self->workload.n_series; at++) {
        has |= self->workload.measure[at] == PC_WORKLOAD_NEEDED;
    }
    return has;
}
