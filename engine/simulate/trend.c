/* Drift and mix, found once for a model (docs/model.md, section 5).
 *
 * Rates do not change with the calendar, so the stock that starters build up depends only on how long they
 * have been arriving: F(t) children after t days of starts at the fitted rate. Starts that are m(j) times as
 * many in period j leave, at day T, the sum of m(j) (F(T - first(j)) - F(T - end(j))). So one solution for
 * the children in care now and one for starters give every path of the multiplier, and the knots are found
 * one after the other, each by a division. */
#include "placecast/trend.h"

#include <math.h>
#include <string.h>

#include "simulate/layers.h"
#include "simulate/trend.h"
#include "simulate/trend_path.h"

/* Beyond these a multiplier says that the fit is wrong, not that starts change. */
#define LEAST_STARTS 0.5
#define MOST_STARTS 2.0
#define LEAST_HOMES 0.25
#define MOST_HOMES 4.0
#define TRIAL_HOMES 1.25 /* by how much the way into homes is widened to see what it does */

/* Local children alone; the plan keeps those in care now. */
static void keep_local(pc_plan *plan)
{
    size_t n = 0;

    for (size_t child = 0; child < plan->n_child; child++) {
        if (plan->child[child].stream == PC_STREAM_LOCAL) {
            plan->child[n++] = plan->child[child];
        }
    }
    plan->n_child = n;
    for (size_t at = 0; at < plan->n_period * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        if (at / PC_N_AGE_YEAR % PC_N_STREAM != PC_STREAM_LOCAL) {
            plan->start_multiplier[at] = 0.0;
        }
    }
}

double pc_trend_starts(const pc_trend *self, double years)
{
    int before = (int)floor(years);
    double from, to;

    if (!self->found || !(years > 0.0)) {
        return 1.0;
    }
    if (years >= (double)PC_N_KNOT) {
        return self->starts[PC_N_KNOT - 1];
    }
    from = before == 0 ? 1.0 : self->starts[before - 1];
    to = self->starts[before];
    return from + (to - from) * (years - before);
}

/* Years since the origin, so that each birthday of the origin is a whole number. */
static double years_at(pc_day origin, double day)
{
    int year = (int)(day / PC_DAYS_PER_YEAR);
    double first, next;

    while (pc_birthday(origin, year + 1) - origin <= day) {
        year++;
    }
    while (year > 0 && pc_birthday(origin, year) - origin > day) {
        year--;
    }
    first = pc_birthday(origin, year) - origin;
    next = pc_birthday(origin, year + 1) - origin;
    return year + (day - first) / (next - first);
}

/* The mean of the multiplier over a period, which lies within a straight piece or nearly so. */
static double multiplier_of(const pc_trend *self, const pc_plan *plan, size_t period)
{
    double middle = 0.5 * (plan->period[period].first + plan->period[period].end);

    return pc_trend_starts(self, years_at(plan->origin, middle));
}

/* What starters leave at `day` under the multipliers of `self`. */
static double built_up(const pc_trend *self, const pc_plan *plan, const trend_path *starters,
                       const double *value, double day)
{
    double sum = 0.0;

    for (size_t period = 0; period < plan->n_period && plan->period[period].first < day; period++) {
        sum += multiplier_of(self, plan, period) *
               (trend_path_at(starters, value, day - plan->period[period].first) -
                trend_path_at(starters, value, day - plan->period[period].end));
    }
    return sum;
}

static double bounded(double value, double low, double high, bool *met)
{
    *met |= !(value >= low && value <= high);
    return value >= low ? (value <= high ? value : high) : low;
}

/* Each knot's multiplier so that its aim is met, the knots before it being settled. */
static void find_starts(pc_trend *self, const pc_plan *plan, const trend_path *present,
                        const trend_path *starters)
{
    self->found = true;
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        double day = pc_birthday(plan->origin, knot + 1) - plan->origin, zero, one;

        self->starts[knot] = 0.0;
        zero = built_up(self, plan, starters, starters->children, day);
        self->starts[knot] = 1.0;
        one = built_up(self, plan, starters, starters->children, day);
        self->starts[knot] = bounded(
            (self->aim_mean[knot] - trend_path_at(present, present->children, day) - zero) / (one - zero),
            LEAST_STARTS, MOST_STARTS, &self->bounded);
        self->starts[knot] = layers_round(self->starts[knot]);
    }
}

/* What happens in each year under the multipliers, for rates that are drawn. */
static void set_years(pc_trend *self, const pc_plan *plan, const trend_path *present,
                      const trend_path *starters)
{
    double year_end = pc_birthday(plan->origin, 1) - plan->origin, a_day = 0.0;

    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        a_day += plan->mean->starts[PC_STREAM_LOCAL * PC_N_AGE_YEAR + age] / PC_DAYS_PER_YEAR;
    }
    for (size_t period = 0; period < plan->n_period; period++) {
        const plan_period *span = &plan->period[period];

        if (span->effect_year < PC_N_KNOT) {
            self->year[span->effect_year].starts +=
                multiplier_of(self, plan, period) * a_day * (span->end - span->first);
        }
    }
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        self->year[knot].kept = trend_path_at(starters, starters->children, year_end) / (a_day * year_end);
        self->year[knot].stayed = trend_path_at(present, present->children, year_end) / self->now;
    }
}

static void set_aims(pc_trend *self, const pc_plan *plan, const pc_trend_factors *factors,
                     const trend_path *present, const trend_path *starters, double birthday_leavers)
{
    self->now = present->children[0];
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        double day = pc_birthday(plan->origin, knot + 1) - plan->origin;
        double settled, birthdays = trend_path_at(present, present->birthdays, day) +
                                    trend_path_at(starters, starters->birthdays, day);

        self->share[knot] = factors->share[knot];
        self->birthdays[knot] = isfinite(birthday_leavers) ? birthday_leavers * (knot + 1) - birthdays : 0.0;
        self->implied[knot] =
            trend_path_at(present, present->children, day) + trend_path_at(starters, starters->children, day);
        self->birthdays_share[knot] = factors->birthdays[knot];
        settled = self->now + self->birthdays_share[knot] * self->birthdays[knot];
        self->aim[knot] = settled + self->share[knot] * (self->implied[knot] - settled);
        self->aim[knot] = self->aim[knot] > 0.0 ? self->aim[knot] : 0.0;
        self->aim_mean[knot] =
            self->aim[knot] * exp(factors->skew_shared[knot] + factors->skew_single[knot] / self->now);
    }
}

/* The mean rates with a wider way into homes. */
static pc_status widen(const pc_plan *plan, pc_rates *out)
{
    const pc_rates *from = plan->mean;
    size_t n = plan->n_category, n_row = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n * PC_N_BAND;
    pc_status status = pc_rates_init(out, n);

    if (status != PC_OK) {
        return status;
    }
    memcpy(out->exit, from->exit, n_row * PC_N_EXIT_HAZARD * sizeof(double));
    memcpy(out->status, from->status, n_row * n * sizeof(double));
    memcpy(out->starts, from->starts, (size_t)PC_N_STREAM * PC_N_AGE_YEAR * sizeof(double));
    for (size_t at = 0; at < n_row * n; at++) {
        out->move[at] = from->move[at] * (plan->residential[at % n] ? TRIAL_HOMES : 1.0);
    }
    for (size_t group = 0; group < (size_t)PC_N_STREAM * PC_N_AGE_BAND; group++) {
        double sum = 0.0;

        for (size_t to = 0; to < n; to++) {
            out->first[group * n + to] =
                from->first[group * n + to] * (plan->residential[to] ? TRIAL_HOMES : 1.0);
            sum += out->first[group * n + to];
        }
        for (size_t to = 0; to < n && sum > 0.0; to++) {
            out->first[group * n + to] /= sum;
        }
    }
    return PC_OK;
}

static double homes_at(const pc_trend *self, const pc_plan *plan, const trend_path *present,
                       const trend_path *starters, int knot)
{
    double day = pc_birthday(plan->origin, knot + 1) - plan->origin;

    return trend_path_at(present, present->homes, day) + built_up(self, plan, starters, starters->homes, day);
}

/* On the logarithm the children in homes answer nearly in proportion to the way in, and a year's widening
 * wears off as time goes by. A widening that lasts shows both: response[k] after k + 1 years of it. */
static void find_homes(pc_trend *self, const double response[PC_N_KNOT])
{
    double log_scale[PC_N_KNOT];

    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        double wanted = log(self->homes_aim[knot] / self->homes_implied[knot]);
        bool met = false;

        for (int year = 0; year < knot; year++) {
            wanted -= log_scale[year] * (response[knot - year] - response[knot - year - 1]);
        }
        self->homes[knot] = layers_round(bounded(exp(wanted / response[0]), LEAST_HOMES, MOST_HOMES, &met));
        log_scale[knot] = log(self->homes[knot]);
    }
}

static pc_status find_mix(pc_trend *self, pc_plan *plan, const pc_trend_factors *factors, int threads,
                          const trend_path *present, const trend_path *starters)
{
    const pc_rates *mean = plan->mean;
    double response[PC_N_KNOT], growth = 1.0;
    trend_path wide_present = {0}, wide_starters = {0};
    pc_rates wide = {0};
    pc_status status;
    bool any = true;

    self->homes_now = present->homes[0];
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        growth *= 1.0 + factors->homes_growth[knot];
        self->homes[knot] = 1.0;
        self->homes_growth[knot] = growth - 1.0;
        self->homes_implied[knot] = homes_at(self, plan, present, starters, knot);
        self->homes_aim[knot] = self->homes_implied[knot];
        any = any && self->homes_now > 0.0 && self->homes_implied[knot] > 0.0;
    }
    if (!any) {
        return PC_OK;
    }
    status = widen(plan, &wide);
    plan->mean = &wide;
    status = status == PC_OK ? trend_paths_solve(plan, threads, &wide_present, &wide_starters, NULL) : status;
    plan->mean = mean;
    for (int knot = 0; knot < PC_N_KNOT && status == PC_OK; knot++) {
        response[knot] =
            log(homes_at(self, plan, &wide_present, &wide_starters, knot) / self->homes_implied[knot]) /
            log(TRIAL_HOMES);
        self->homes_aim[knot] = self->homes_now *
                                pow(self->homes_implied[knot] / self->homes_now, self->share[knot]) *
                                (1.0 + self->homes_growth[knot]);
    }
    if (status == PC_OK && response[0] > 1e-3) { /* else nobody comes into homes: nothing can be widened */
        find_homes(self, response);
    }
    trend_path_free(&wide_present);
    trend_path_free(&wide_starters);
    pc_rates_free(&wide);
    return status;
}

static pc_status find_one(pc_model *model, size_t number, const pc_trend_factors *factors, int threads,
                          pc_diagnostics *diagnostics)
{
    pc_authority_model *authority = &model->authority[number];
    pc_trend *self = &authority->trend;
    /* A month more where the extract lies within one. */
    pc_scenario reference = {.start = model->extract + 1, .months = 12 * PC_N_KNOT + 1};
    trend_path present = {0}, starters = {0};
    pc_plan plan;
    pc_status status;

    memset(self, 0, sizeof *self);
    status = plan_make(model, number, &reference, &plan, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    keep_local(&plan);
    status = trend_paths_solve(&plan, threads, &present, &starters, self->year);
    if (status == PC_OK && present.children[0] > 0.0 && starters.children[starters.n - 1] > 0.0) {
        set_aims(self, &plan, factors, &present, &starters, authority->birthday_leavers);
        find_starts(self, &plan, &present, &starters);
        set_years(self, &plan, &present, &starters);
        status = find_mix(self, &plan, factors, threads, &present, &starters);
    }
    trend_path_free(&present);
    trend_path_free(&starters);
    plan_free(&plan);
    return status;
}

pc_status pc_model_find_trend(pc_model *self, const pc_trend_factors *factors, int threads,
                              pc_diagnostics *diagnostics)
{
    pc_trend_factors use;
    pc_status status = PC_OK;

    if (factors == NULL) {
        status = pc_trend_factors_shipped(&use, diagnostics);
    } else {
        use = *factors;
    }
    for (int knot = 0; knot < PC_N_KNOT && status == PC_OK; knot++) {
        if (!(use.share[knot] >= 0.0 && use.share[knot] <= 1.0 && use.birthdays[knot] >= 0.0 &&
              use.birthdays[knot] <= 1.0 && use.homes_growth[knot] >= -0.5 && use.homes_growth[knot] <= 1.0 &&
              use.skew_shared[knot] >= 0.0 && use.skew_shared[knot] <= 0.1 && use.skew_single[knot] >= 0.0 &&
              use.skew_single[knot] <= 5.0)) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                               "drift share %g, birthdays share %g, growth of homes %g, skewness shared %g, "
                               "single %g, expected 0 to 1, 0 to 1, -0.5 to 1, 0 to 0.1 and 0 to 5",
                               use.share[knot], use.birthdays[knot], use.homes_growth[knot],
                               use.skew_shared[knot], use.skew_single[knot]);
            status = PC_ERR_RANGE;
        }
    }
    for (size_t at = 0; at < self->n_authority && status == PC_OK; at++) {
        status = find_one(self, at, &use, threads, diagnostics);
    }
    return status;
}

void trend_follow(pc_plan *self, const pc_trend *trend, const pc_scenario *scenario)
{
    for (int year = 0; year < PC_N_KNOT; year++) {
        self->homes[year] = scenario->trend.mix && trend->found ? trend->homes[year] : 1.0;
    }
    self->mix_trend = scenario->trend.mix && trend->found;
    self->drift = scenario->trend.drift && trend->found ? trend : NULL;
    for (size_t period = 0; period < self->n_period && scenario->trend.drift && trend->found; period++) {
        double multiplier = layers_round(multiplier_of(trend, self, period));

        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            self->start_multiplier[(period * PC_N_STREAM + PC_STREAM_LOCAL) * PC_N_AGE_YEAR + age] *=
                multiplier;
        }
    }
}
