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
    free(self->posts_a_case);
    free(self->posts_without_cases);
    memset(self, 0, sizeof *self);
}

/* What rounding has to know: how many posts go with a case. */
static void weigh_cases(pc_workload_result *self, const workload_plan *plan, bool difference)
{
    for (size_t at = 0; at < self->n_series; at++) {
        bool all = strcmp(self->category[at], "all") == 0;
        double heaviest = 0.0, without = 0.0;

        for (size_t team = 0; team < plan->teams.n_team; team++) {
            const pc_team *holds = plan->teams.team[team].holds;

            if (holds == NULL || !(all || strcmp(plan->teams.team[team].name, self->category[at]) == 0)) {
                continue;
            }
            for (int kind = 0; kind < PC_N_CASE_KIND; kind++) {
                heaviest = fmax(heaviest, work_team_needed(holds, holds->weight[kind]) - holds->other_posts);
            }
            without += difference ? 0.0 : holds->other_posts;
        }
        self->posts_a_case[at] = self->measure[at] == PC_WORKLOAD_NEEDED ? heaviest : (double)NAN;
        self->posts_without_cases[at] = self->measure[at] == PC_WORKLOAD_NEEDED ? without : (double)NAN;
    }
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
                                 .posts_a_case = pc_new_zero(n, sizeof(double)),
                                 .posts_without_cases = pc_new_zero(n, sizeof(double)),
                                 .confidence = plan->of->confidence};
    if (self->measure == NULL || self->category == NULL || self->monthly == NULL || self->annual == NULL ||
        self->at_confidence == NULL || self->posts_a_case == NULL || self->posts_without_cases == NULL) {
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

    if (status == PC_OK) {
        weigh_cases(to, plan, against != NULL);
    }
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
