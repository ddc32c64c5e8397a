#include "workforce/workload.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/interventions.h"

pc_status workload_init(workload *self, const workload_plan *plan)
{
    pc_status status;

    *self = (workload){.plan = plan, .cell = pc_new_zero(plan->n_cell, sizeof *self->cell)};
    status = self->cell == NULL ? PC_ERR_NO_MEMORY : funnel_init(&self->funnel, &plan->funnel);
    status = status != PC_OK ? status
                             : care_cases_init(&self->care, &plan->of->care, plan->n_month, plan->month_first,
                                               plan->month_end);
    status = status != PC_OK ? status : staff_init(&self->staff, plan->of, &plan->teams);
    if (status != PC_OK) {
        workload_free(self);
    }
    return status;
}

void workload_free(workload *self)
{
    if (self == NULL) {
        return;
    }
    funnel_free(&self->funnel);
    care_cases_free(&self->care);
    staff_free(&self->staff);
    free(self->cell);
    memset(self, 0, sizeof *self);
}

/* What the interventions of kind activity make of each stage's new cases, as a mean over the days of a
 * month. */
static void set_factors(workload *self, const intervention_state *state)
{
    const workload_plan *plan = self->plan;

    for (size_t cell = 0; cell < plan->of->n_stage * plan->n_month; cell++) {
        size_t stage = cell / plan->n_month, month = cell % plan->n_month;
        double factor = 1.0;

        for (size_t at = 0; at < plan->plan->n_intervention; at++) {
            const plan_intervention *one = &plan->plan->intervention[at];
            double ramp = 0.0;

            if (one->kind != PC_INTERVENTION_ACTIVITY ||
                strcmp(one->source->measure, pc_case_kind_name(plan->of->stage[stage].kind)) != 0) {
                continue;
            }
            for (int day = plan->month_first[month]; day < plan->month_end[month]; day++) {
                ramp += interventions_ramp(one, day) / plan->days[month];
            }
            /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a run has its workspaces */
            factor *= fmax(1.0 + state[at].effect * ramp, 0.0);
        }
        self->funnel.factor[cell] = factor;
    }
}

static void put(workload *self, pc_workload_measure measure, const char *category, size_t month, double value)
{
    size_t series = workload_find(self->plan, measure, category);

    if (series < self->plan->n_series) {
        self->cell[workload_monthly(self->plan, series, month)] = llround(value * pc_workload_unit(measure));
    }
}

/* As put, and adds it to the cell of the sum. */
static void put_part(workload *self, pc_workload_measure measure, const char *category, size_t month,
                     double value)
{
    size_t series = workload_find(self->plan, measure, "all");

    put(self, measure, category, month, value);
    if (series < self->plan->n_series) {
        self->cell[workload_monthly(self->plan, series, month)] += llround(value * pc_workload_unit(measure));
    }
}

/* Cases of a month; proceedings and pathways are parts of others. */
static void put_cases(workload *self, size_t month, int64_t open[PC_N_CASE_KIND])
{
    const workload_plan *plan = self->plan;
    const pc_care *care = &plan->of->care;

    memset(open, 0, PC_N_CASE_KIND * sizeof *open);
    for (size_t at = 0; at < plan->of->n_stage; at++) {
        size_t cell = at * plan->n_month + month;
        const char *name = pc_case_kind_name(plan->of->stage[at].kind);

        open[plan->of->stage[at].kind] = self->funnel.open[cell];
        put(self, PC_WORKLOAD_NEW, name, month, (double)self->funnel.fresh[cell]);
        put(self, PC_WORKLOAD_ENDED, name, month, (double)self->funnel.ended[cell]);
        put_part(self, PC_WORKLOAD_OPEN, name, month, (double)self->funnel.open[cell]);
    }
    if (!plan->of->has_care) {
        return;
    }
    open[PC_CASE_CHILDREN_IN_CARE] = self->care.children[month];
    open[PC_CASE_CARE_LEAVERS] = self->care.leavers[month];
    open[PC_CASE_PROCEEDINGS] = self->care.proceedings[month];
    put_part(self, PC_WORKLOAD_OPEN, "children_in_care", month, (double)self->care.children[month]);
    put_part(self, PC_WORKLOAD_OPEN, "care_leavers", month, (double)self->care.leavers[month]);
    put(self, PC_WORKLOAD_OPEN, "proceedings", month, (double)self->care.proceedings[month]);
    put(self, PC_WORKLOAD_REVIEWS, "all", month, (double)self->care.reviews[month]);
    for (size_t at = 0; at < care->n_pathway; at++) {
        double persons = (double)self->care.pathway[at * plan->n_month + month];

        put(self, PC_WORKLOAD_OPEN, care->pathway[at].name, month, persons);
        put_part(self, PC_WORKLOAD_LEAVER_COST, care->pathway[at].name, month,
                 persons * care->pathway[at].weekly_gbp * plan->days[month] / 7.0);
    }
}

/* A team's month: posts needed, and how case-loads come out with its posts filled and as they are staffed. */
static void put_load(workload *self, size_t at, size_t month, const int64_t open[PC_N_CASE_KIND])
{
    const work_team *team = &self->plan->teams.team[at];
    const pc_team *holds = team->holds;
    double posts = team->posts[month], cases, full, staffed, load;

    if (holds == NULL) {
        return;
    }
    cases = work_team_cases(holds, open);
    put_part(self, PC_WORKLOAD_NEEDED, team->name, month, work_team_needed(holds, cases));
    if (!isfinite(posts)) {
        return; /* no structure yet */
    }
    full = work_team_workers(holds, posts);
    staffed = self->plan->of->staff.given && posts > 0.0 ? full * self->staff.team[at].at_work[month] / posts
                                                         : full;
    load = work_team_case_load(holds, cases, staffed);
    put_part(self, PC_WORKLOAD_GAP, team->name, month, posts - work_team_needed(holds, cases));
    put(self, PC_WORKLOAD_CASE_LOAD, team->name, month, fmin(load, 10000.0));
    put(self, PC_WORKLOAD_OVER_TARGET, team->name, month,
        work_team_case_load(holds, cases, full) > holds->case_load * (1.0 + 1e-12));
    put(self, PC_WORKLOAD_OVER_TARGET_STAFFED, team->name, month, load > holds->case_load * (1.0 + 1e-12));
    put(self, PC_WORKLOAD_OVER_GUARANTEE, team->name, month,
        isfinite(holds->guarantee) && load > holds->guarantee * (1.0 + 1e-12));
}

/* The share of pay that is paid as retention in a month. */
static double retention_share(const pc_staff *from, pc_day last)
{
    double share = 0.0;

    for (size_t at = 0; at < from->n_retention; at++) {
        const pc_retention *one = &from->retention[at];

        share += isfinite(one->share_of_pay) && (one->from == PC_DAY_NONE || one->from <= last)
                     ? one->share_of_pay
                     : 0.0;
    }
    return share;
}

static void put_staff(workload *self, size_t at, size_t month)
{
    const workload_plan *plan = self->plan;
    const pc_staff *from = &plan->of->staff;
    const work_team *team = &plan->teams.team[at];
    double posts = isfinite(team->posts[month]) ? team->posts[month] : 0.0, award = plan->teams.award[month];
    double each = isfinite(team->cost_per_post[month]) ? team->cost_per_post[month] : 0.0;
    double in_post = posts, agency = 0.0, extra = team->premium[month] / 12.0, retention, recruitment;
    size_t all = workload_find(plan, PC_WORKLOAD_UNFUNDED, "all");

    put_part(self, PC_WORKLOAD_POSTS, team->name, month, posts);
    if (from->given) {
        const staff_team *now = &self->staff.team[at];

        in_post = (double)now->in_post[month];
        agency = now->agency[month];
        recruitment = (double)now->starters[month] * from->recruitment_payment;
        retention =
            retention_share(from, plan->last_day[month]) * from->pay_share * in_post * each * award / 12.0;
        extra = agency * from->agency_premium / 12.0 + recruitment + retention;
        put_part(self, PC_WORKLOAD_IN_POST, team->name, month, in_post);
        put_part(self, PC_WORKLOAD_AGENCY, team->name, month, agency);
        put_part(self, PC_WORKLOAD_STARTERS, team->name, month, (double)now->starters[month]);
        put_part(self, PC_WORKLOAD_LEAVERS, team->name, month, (double)now->leavers[month]);
        self->cell[workload_monthly(plan, workload_find(plan, PC_WORKLOAD_RECRUITMENT, "all"), month)] +=
            llround(recruitment * 100.0);
        self->cell[workload_monthly(plan, workload_find(plan, PC_WORKLOAD_RETENTION, "all"), month)] +=
            llround(retention * 100.0);
    }
    put_part(self, PC_WORKLOAD_STAFF_COST, team->name, month,
             (in_post + agency) * each * award / 12.0 + extra);
    if (all < plan->n_series) {
        self->cell[workload_monthly(plan, all, month)] +=
            llround((in_post + agency) * each * plan->teams.unfunded[month] / 12.0 * 100.0);
    }
}

/* Sums that fall due on 1 April of a year, for those who are still there: paid in that month, by nobody's
 * team. */
static void put_liabilities(workload *self, pc_random_key key)
{
    const workload_plan *plan = self->plan;
    const pc_staff *from = &plan->of->staff;
    size_t cost = workload_find(plan, PC_WORKLOAD_STAFF_COST, "all");
    size_t paid = workload_find(plan, PC_WORKLOAD_RETENTION, "all");

    for (size_t at = 0; at < from->n_retention && paid < plan->n_series; at++) {
        const pc_retention *one = &from->retention[at];
        pc_day due = pc_financial_year_first_day(one->year);
        size_t month = 0;
        int64_t pence;

        while (month < plan->n_month && plan->last_day[month] < due) {
            month++;
        }
        if (!isfinite(one->sum) || month == plan->n_month ||
            plan->plan->origin + plan->month_first[month] > due) {
            continue;
        }
        pence = llround(100.0 * one->sum *
                        (double)staff_survivors(&self->staff, key, at, one->staff, (int)month));
        self->cell[workload_monthly(plan, paid, month)] += pence;
        self->cell[workload_monthly(plan, cost, month)] += pence;
    }
}

/* A structure of which only totals are known: its true cost, by nobody's team. */
static void put_whole(workload *self, size_t month)
{
    const workload_plan *plan = self->plan;
    size_t cost = workload_find(plan, PC_WORKLOAD_STAFF_COST, "all");
    size_t posts = workload_find(plan, PC_WORKLOAD_POSTS, "all");
    size_t unfunded = workload_find(plan, PC_WORKLOAD_UNFUNDED, "all");

    if (isfinite(plan->teams.whole_cost[month]) && cost < plan->n_series) {
        self->cell[workload_monthly(plan, cost, month)] +=
            llround(plan->teams.whole_cost[month] * plan->teams.award[month] / 12.0 * 100.0);
    }
    if (isfinite(plan->teams.whole_cost[month]) && unfunded < plan->n_series) {
        self->cell[workload_monthly(plan, unfunded, month)] +=
            llround(plan->teams.whole_cost[month] * plan->teams.unfunded[month] / 12.0 * 100.0);
    }
    if (isfinite(plan->teams.whole_posts[month]) && posts < plan->n_series) {
        self->cell[workload_monthly(plan, posts, month)] += llround(plan->teams.whole_posts[month] * 100.0);
    }
}

static void put_agency_rate(workload *self, size_t month)
{
    double agency = 0.0, in_post = 0.0;

    for (size_t at = 0; self->plan->of->staff.given && at < self->plan->teams.n_team; at++) {
        agency += self->staff.team[at].agency[month];
        in_post += (double)self->staff.team[at].in_post[month];
    }
    put(self, PC_WORKLOAD_AGENCY_RATE, "all", month, work_agency_rate(agency, in_post));
}

static void fill_years(workload *self)
{
    const workload_plan *plan = self->plan;

    for (size_t series = 0; series < plan->n_series; series++) {
        bool sums = pc_workload_sums(plan->series[series].measure);

        for (size_t month = 0; month < plan->n_month; month++) {
            int64_t value = self->cell[workload_monthly(plan, series, month)];
            int64_t *year = &self->cell[workload_annual(plan, series, plan->year_of_month[month])];

            *year = sums ? *year + value : value;
        }
    }
}

void workload_run(workload *self, const replicate_workspace *by, size_t n, uint32_t replicate)
{
    const workload_plan *plan = self->plan;
    pc_random_key key = pc_random_key_make(plan->plan->seed, replicate);
    int64_t open[PC_N_CASE_KIND];

    memset(self->cell, 0, plan->n_cell * sizeof *self->cell);
    set_factors(self, n > 0 ? by[0].intervention_state : NULL);
    funnel_run(&self->funnel, key);
    care_cases_begin(&self->care, key);
    for (size_t at = 0; at < n; at++) {
        if (by[at].log != NULL) {
            care_cases_add_stays(&self->care, key, by[at].log);
        }
    }
    if (plan->of->staff.given) {
        staff_run(&self->staff, key);
    }
    for (size_t month = 0; month < plan->n_month; month++) {
        put_cases(self, month, open);
        for (size_t at = 0; at < plan->teams.n_team; at++) {
            put_load(self, at, month, open);
            if (plan->of->n_structure > 0) {
                put_staff(self, at, month);
            }
        }
        put_whole(self, month);
        put_agency_rate(self, month);
    }
    if (plan->of->staff.given) {
        put_liabilities(self, key);
    }
    fill_years(self);
}
