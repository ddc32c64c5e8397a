/* What all replicates share: months, series and cells. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/workload_name.h"
#include "workforce/workload.h"

size_t workload_find(const workload_plan *self, pc_workload_measure measure, const char *category)
{
    size_t at = 0;

    while (at < self->n_series &&
           (self->series[at].measure != measure || strcmp(self->series[at].category, category) != 0)) {
        at++;
    }
    return at;
}

/* Whether a team has posts by then, 0 if its structure does not name it; of `all`, whether any has. */
static bool has_posts(const workload_plan *self, const char *category, size_t month)
{
    const work_teams *teams = &self->teams;
    bool any = false;

    for (size_t at = 0; at < teams->n_team; at++) {
        any |= (strcmp(category, "all") == 0 || strcmp(category, teams->team[at].name) == 0) &&
               isfinite(teams->team[at].posts[month]);
    }
    return any;
}

bool workload_known(const workload_plan *self, size_t series, size_t month)
{
    const char *category = self->series[series].category;
    bool all = strcmp(category, "all") == 0;

    switch (self->series[series].measure) {
    case PC_WORKLOAD_STAFF_COST:
    case PC_WORKLOAD_UNFUNDED:
        return has_posts(self, category, month) || (all && isfinite(self->teams.whole_cost[month]));
    case PC_WORKLOAD_POSTS:
        return has_posts(self, category, month) || (all && isfinite(self->teams.whole_posts[month]));
    case PC_WORKLOAD_GAP:
    case PC_WORKLOAD_IN_POST:
    case PC_WORKLOAD_AGENCY:
    case PC_WORKLOAD_AGENCY_RATE:
    case PC_WORKLOAD_STARTERS:
    case PC_WORKLOAD_LEAVERS:
    case PC_WORKLOAD_CASE_LOAD:
    case PC_WORKLOAD_OVER_TARGET:
    case PC_WORKLOAD_OVER_TARGET_STAFFED:
    case PC_WORKLOAD_OVER_GUARANTEE:
        return has_posts(self, category, month);
    case PC_WORKLOAD_RECRUITMENT:
    case PC_WORKLOAD_RETENTION:
    case PC_WORKLOAD_LEAVER_COST:
    case PC_WORKLOAD_NEW:
    case PC_WORKLOAD_ENDED:
    case PC_WORKLOAD_OPEN:
    case PC_WORKLOAD_REVIEWS:
    case PC_WORKLOAD_NEEDED:
    case PC_N_WORKLOAD:
        break;
    }
    return true;
}

bool workload_known_in_year(const workload_plan *self, size_t series, size_t year)
{
    bool sums = pc_workload_sums(self->series[series].measure), any = false, last = false;

    for (size_t month = 0; month < self->n_month; month++) {
        if (self->year_of_month[month] == year) {
            last = workload_known(self, series, month);
            any |= last;
        }
    }
    return sums ? any : last;
}

static pc_status make_months(workload_plan *self)
{
    const pc_plan *plan = self->plan;

    self->n_month = plan->n_period - plan->first_reported;
    self->month_first = pc_new(self->n_month, sizeof *self->month_first);
    self->month_end = pc_new(self->n_month, sizeof *self->month_end);
    self->year = pc_new(self->n_month, sizeof *self->year);
    self->year_of_month = pc_new(self->n_month, sizeof *self->year_of_month);
    self->last_day = pc_new(self->n_month, sizeof *self->last_day);
    self->days = pc_new(self->n_month, sizeof *self->days);
    if (self->month_first == NULL || self->month_end == NULL || self->year == NULL ||
        self->year_of_month == NULL || self->last_day == NULL || self->days == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t month = 0; month < self->n_month; month++) {
        const plan_period *period = &plan->period[plan->first_reported + month];

        self->month_first[month] = period->first;
        self->month_end[month] = period->end;
        self->days[month] = period->end - period->first;
        self->last_day[month] = plan->origin + period->end - 1;
        self->year[month] = period->financial_year;
        self->n_year += month == 0 || self->year[month - 1] != period->financial_year;
        self->year_of_month[month] = self->n_year - 1;
    }
    return PC_OK;
}

pc_status workload_plan_make(workload_plan *self, const pc_workforce *of, const pc_plan *plan)
{
    pc_status status;

    *self = (workload_plan){.of = of, .plan = plan};
    status = make_months(self);
    status = status != PC_OK ? status : funnel_plan_make(&self->funnel, of, self->n_month, self->year);
    status = status != PC_OK ? status : work_teams_make(&self->teams, of, self->n_month, self->last_day);
    status = status != PC_OK ? status : scenario_workload_series(of, &self->n_series, &self->series);
    for (size_t at = 0; at < self->n_series; at++) {
        self->n_money += pc_workload_is_money(self->series[at].measure);
    }
    self->n_cell = self->n_series * (self->n_month + self->n_year);
    if (status != PC_OK) {
        workload_plan_free(self);
    }
    return status;
}

void workload_plan_free(workload_plan *self)
{
    if (self == NULL) {
        return;
    }
    funnel_plan_free(&self->funnel);
    work_teams_free(&self->teams);
    free(self->month_first);
    free(self->month_end);
    free(self->year);
    free(self->year_of_month);
    free(self->last_day);
    free(self->days);
    free(self->series);
    memset(self, 0, sizeof *self);
}

bool workload_plans_match(const workload_plan *a, const workload_plan *b)
{
    bool same = a->n_series == b->n_series && a->n_month == b->n_month && a->n_year == b->n_year;

    for (size_t at = 0; same && at < a->n_series; at++) {
        same = a->series[at].measure == b->series[at].measure &&
               strcmp(a->series[at].category, b->series[at].category) == 0;
    }
    return same;
}
