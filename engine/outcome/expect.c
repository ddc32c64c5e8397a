#include "outcome/expect.h"

#include <math.h>

#include "outcome/money.h"
#include "simulate/expected.h"

/* Mean pounds of a category and month from its mean place-days. */
static double pounds(const outcome_case *self, const money *prices, pc_measure measure, size_t category,
                     size_t month, double days)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): asked for only where there are prices */
    double cost = days * prices->pence_a_day[category * self->shape.n_month + month] / 100.0;
    int year = prices->plan->period[self->shape.first_period + month].financial_year;
    double income = 0.0;

    if (measure == PC_MEASURE_COST) {
        return cost;
    }
    if (measure == PC_MEASURE_COST_REAL) {
        return cost / money_growth(prices, category, prices->start_year, year);
    }
    for (size_t source = 0; source < self->prices->n_source; source++) {
        income += money_mean_income(prices, source, category, month, days, cost);
    }
    return measure == PC_MEASURE_INCOME ? income : cost - income;
}

/* Grants that belong to no category. */
static void add_grants(const outcome_case *self, const money *prices, size_t la, pc_forecast *out)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): income is counted only where there are prices */
    for (size_t at = 0; at < self->prices->n_source * self->shape.n_month; at++) {
        size_t month = at % self->shape.n_month, all = self->shape.n_category;
        double grant = money_mean_income(prices, at / self->shape.n_month, all, month, 0.0, 0.0);

        pc_forecast_monthly(out, la, PC_MEASURE_INCOME, all, month)->mean += grant;
        pc_forecast_monthly(out, la, PC_MEASURE_NET_COST, all, month)->mean -= grant;
    }
}

/* Adds the means of one authority to row `la`, of which the means are numbers already. */
static void add_expected(const outcome_case *self, const pc_expected *expected, const money *prices,
                         size_t la, pc_forecast *out)
{
    const grid *shape = &self->shape;
    const double *series[PC_N_MEASURE] = {
        [PC_MEASURE_CHILDREN] = expected->children, [PC_MEASURE_PLACE_DAYS] = expected->place_days,
        [PC_MEASURE_STARTS] = expected->starts,     [PC_MEASURE_CEASES] = expected->ceases,
        [PC_MEASURE_MOVES] = expected->moves,       [PC_MEASURE_STATUS_CHANGES] = expected->status_changes,
        [PC_MEASURE_COST] = expected->place_days,   [PC_MEASURE_COST_REAL] = expected->place_days,
        [PC_MEASURE_INCOME] = expected->place_days, [PC_MEASURE_NET_COST] = expected->place_days};

    for (size_t at = 0; at < PC_N_MEASURE * shape->n_category * shape->n_month; at++) {
        pc_measure measure = (pc_measure)(at / (shape->n_category * shape->n_month));
        size_t category = at / shape->n_month % shape->n_category, month = at % shape->n_month;
        double value;

        if (!shape->has[measure] || series[measure] == NULL) {
            continue;
        }
        value = series[measure][category * expected->n_period + shape->first_period + month];
        if (pc_measure_is_money(measure)) {
            value = pounds(self, prices, measure, category, month, value);
        }
        pc_forecast_monthly(out, la, measure, category, month)->mean += value;
        pc_forecast_monthly(out, la, measure, shape->n_category, month)->mean += value;
    }
    if (shape->has[PC_MEASURE_INCOME]) {
        add_grants(self, prices, la, out);
    }
    for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
        for (size_t month = 0; month < shape->n_month; month++) {
            out->exits[(la * PC_N_EXIT_CAUSE + cause) * shape->n_month + month].mean +=
                expected->exits[cause * expected->n_period + shape->first_period + month];
        }
    }
}

/* Process variance is all of the variance only when no layer is on. Kept in `sd` as a variance until all is
 * added. */
static void add_expected_variance(const outcome_case *self, const pc_expected *expected, size_t la,
                                  pc_forecast *out)
{
    const pc_uncertainty *on = &self->scenario->uncertainty;

    if (on->parameters || on->year_effects || on->starts_overdispersion) {
        return;
    }
    for (size_t category = 0; category <= self->shape.n_category; category++) {
        for (size_t month = 0; month < self->shape.n_month; month++) {
            double *sd = &pc_forecast_monthly(out, la, PC_MEASURE_CHILDREN, category, month)->sd;
            double variance =
                expected->children_variance[category * expected->n_period + self->shape.first_period + month];

            *sd = isfinite(*sd) ? *sd + variance : variance;
        }
    }
}

static void zero_means(const outcome_case *self, size_t la, pc_forecast *out)
{
    const grid *shape = &self->shape;

    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        for (size_t at = 0; shape->has[measure] && at < (shape->n_category + 1) * shape->n_month; at++) {
            pc_forecast_monthly(out, la, (pc_measure)measure, 0, 0)[at].mean = 0.0;
        }
    }
    for (size_t at = 0; at < PC_N_EXIT_CAUSE * shape->n_month; at++) {
        out->exits[la * PC_N_EXIT_CAUSE * shape->n_month + at].mean = 0.0;
    }
}

/* Years from months, and standard deviations from variances. */
static void finish_expected(const outcome_case *self, size_t la, pc_forecast *out)
{
    static const bool annual_sum[PC_N_MEASURE] = {
#define ANNUAL_SUM(name, text, sum, decimals) [PC_MEASURE_##name] = sum,
        PC_MEASURE_LIST(ANNUAL_SUM)
#undef ANNUAL_SUM
    };
    const grid *shape = &self->shape;

    for (size_t at = 0; at < PC_N_MEASURE * (shape->n_category + 1); at++) {
        pc_measure measure = (pc_measure)(at / (shape->n_category + 1));
        size_t category = at % (shape->n_category + 1);

        for (size_t month = 0; shape->has[measure] && month < shape->n_month; month++) {
            const pc_statistics *from = pc_forecast_monthly(out, la, measure, category, month);
            pc_statistics *to = pc_forecast_annual(out, la, measure, category, shape->year_of_month[month]);

            to->mean = annual_sum[measure] && isfinite(to->mean) ? to->mean + from->mean : from->mean;
        }
        for (size_t year = 0; measure == PC_MEASURE_PLACE_DAYS && year < shape->n_year; year++) {
            out->children_average[(la * (shape->n_category + 1) + category) * shape->n_year + year].mean =
                pc_forecast_annual(out, la, measure, category, year)->mean / shape->year_days[year];
        }
        for (size_t month = 0; measure == PC_MEASURE_CHILDREN && month < shape->n_month; month++) {
            pc_statistics *of = pc_forecast_monthly(out, la, measure, category, month);

            of->sd = isfinite(of->sd) ? sqrt(of->sd) : of->sd;
            pc_forecast_annual(out, la, measure, category, shape->year_of_month[month])->sd = of->sd;
        }
    }
}

pc_status expect_forecast(const outcome_case *self, int threads, pc_forecast *out)
{
    money prices = {0};
    pc_status status = PC_OK;

    for (size_t la = 0; la < out->n_la; la++) {
        zero_means(self, la, out);
    }
    for (size_t at = 0; at < self->n_plan && status == PC_OK; at++) {
        pc_expected expected = {0};

        status = expected_solve(&self->plan[at], 0, threads, &expected);
        if (status == PC_OK && self->prices != NULL) {
            status = money_init(&prices, self->prices, &self->plan[at]);
        }
        if (status == PC_OK) {
            if (self->prices != NULL) {
                money_set_mean(&prices);
            }
            add_expected(self, &expected, &prices, at, out);
            add_expected_variance(self, &expected, at, out);
            if (out->several) {
                add_expected(self, &expected, &prices, self->n_plan, out);
                add_expected_variance(self, &expected, self->n_plan, out);
            }
        }
        money_free(&prices);
        expected_free(&expected);
    }
    for (size_t la = 0; la < out->n_la && status == PC_OK; la++) {
        finish_expected(self, la, out);
    }
    return status;
}
