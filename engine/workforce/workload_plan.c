/* Which numbers the workforce gives: its series and months. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workforce/workload.h"

static const struct {
    const char *text;
    bool sums;
    int unit, decimals;
} measures[PC_N_WORKLOAD] = {
#define WORKLOAD_ROW(name, text, annual_sum, unit, decimals) {text, annual_sum, unit, decimals},
    PC_WORKLOAD_LIST(WORKLOAD_ROW)
#undef WORKLOAD_ROW
};

const char *pc_workload_name(pc_workload_measure measure)
{
    return (unsigned)measure < PC_N_WORKLOAD ? measures[measure].text : "";
}

int pc_workload_unit(pc_workload_measure measure)
{
    return measures[measure].unit;
}

int pc_workload_decimals(pc_workload_measure measure)
{
    return measures[measure].decimals;
}

bool pc_workload_sums(pc_workload_measure measure)
{
    return measures[measure].sums;
}

size_t workload_find(const workload_plan *self, pc_workload_measure measure, const char *category)
{
    size_t at = 0;

    while (at < self->n_series &&
           (self->series[at].measure != measure || strcmp(self->series[at].category, category) != 0)) {
        at++;
    }
    return at;
}

static pc_status add(workload_plan *self, pc_workload_measure measure, const char *category)
{
    size_t capacity = self->n_series;

    if (pc_grow(&self->series, &capacity, self->n_series + 1, sizeof *self->series) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->series[self->n_series++] = (pc_workload_series){.measure = measure, .category = category};
    self->n_money += measure <= PC_WORKLOAD_LEAVER_COST;
    return PC_OK;
}

static pc_status add_stages(workload_plan *self, pc_workload_measure measure)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->of->n_stage && status == PC_OK; at++) {
        status = add(self, measure, pc_case_kind_name(self->of->stage[at].kind));
    }
    return status;
}

static pc_status add_open(workload_plan *self)
{
    const pc_care *care = &self->of->care;
    pc_status status = add_stages(self, PC_WORKLOAD_OPEN);

    for (int kind = PC_N_STAGE; self->of->has_care && kind < PC_N_CASE_KIND && status == PC_OK; kind++) {
        status = add(self, PC_WORKLOAD_OPEN, pc_case_kind_name((pc_case_kind)kind));
    }
    for (size_t at = 0; at < care->n_pathway && status == PC_OK; at++) {
        status = add(self, PC_WORKLOAD_OPEN, care->pathway[at].name);
    }
    return status == PC_OK && self->of->n_stage + self->of->has_care > 0 ? add(self, PC_WORKLOAD_OPEN, "all")
                                                                         : status;
}

/* Every team, and `all` where a sum means something. */
static pc_status add_teams(workload_plan *self, pc_workload_measure measure, bool holders, bool sum)
{
    pc_status status = PC_OK;
    bool any = false;

    for (size_t at = 0; at < self->teams.n_team && status == PC_OK; at++) {
        const work_team *team = &self->teams.team[at];

        if (!holders || team->holds != NULL) {
            status = add(self, measure, team->name);
            any = true;
        }
    }
    return status == PC_OK && any && sum ? add(self, measure, "all") : status;
}

static bool has_guarantee(const work_teams *teams)
{
    bool any = false;

    for (size_t at = 0; at < teams->n_team; at++) {
        any |= teams->team[at].holds != NULL && teams->team[at].holds->guarantee > 0.0;
    }
    return any;
}

static pc_status add_measure(workload_plan *self, pc_workload_measure measure)
{
    const pc_workforce *of = self->of;
    bool structures = of->n_structure > 0, staffed = of->staff.given && structures;
    pc_status status = PC_OK;

    switch (measure) {
    case PC_WORKLOAD_STAFF_COST:
    case PC_WORKLOAD_POSTS:
        return structures ? add_teams(self, measure, false, true) : PC_OK;
    case PC_WORKLOAD_UNFUNDED:
        return structures && of->staff.n_award > 0 ? add(self, measure, "all") : PC_OK;
    case PC_WORKLOAD_RECRUITMENT:
    case PC_WORKLOAD_RETENTION:
    case PC_WORKLOAD_AGENCY_RATE:
        return staffed ? add(self, measure, "all") : PC_OK;
    case PC_WORKLOAD_LEAVER_COST:
        for (size_t at = 0; at < of->care.n_pathway && status == PC_OK; at++) {
            status = add(self, measure, of->care.pathway[at].name);
        }
        return status == PC_OK && of->care.n_pathway > 0 ? add(self, measure, "all") : status;
    case PC_WORKLOAD_NEW:
    case PC_WORKLOAD_ENDED:
        return add_stages(self, measure);
    case PC_WORKLOAD_OPEN:
        return add_open(self);
    case PC_WORKLOAD_REVIEWS:
        return of->has_care ? add(self, measure, "all") : PC_OK;
    case PC_WORKLOAD_NEEDED:
        return add_teams(self, measure, true, true);
    case PC_WORKLOAD_IN_POST:
    case PC_WORKLOAD_AGENCY:
    case PC_WORKLOAD_STARTERS:
    case PC_WORKLOAD_LEAVERS:
        return staffed ? add_teams(self, measure, false, true) : PC_OK;
    case PC_WORKLOAD_CASE_LOAD:
    case PC_WORKLOAD_OVER_TARGET:
        return structures ? add_teams(self, measure, true, false) : PC_OK;
    case PC_WORKLOAD_OVER_TARGET_STAFFED:
        return staffed ? add_teams(self, measure, true, false) : PC_OK;
    case PC_WORKLOAD_OVER_GUARANTEE:
        return structures && has_guarantee(&self->teams) ? add_teams(self, measure, true, false) : PC_OK;
    case PC_N_WORKLOAD:
        break;
    }
    return PC_OK;
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
    for (int measure = 0; measure < PC_N_WORKLOAD && status == PC_OK; measure++) {
        status = add_measure(self, (pc_workload_measure)measure);
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
