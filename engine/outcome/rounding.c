#include "outcome/rounding.h"

#include <math.h>

#include "placecast/invest.h"

double pc_round_to(double value, int to)
{
    return to < 2 || !isfinite(value) ? value : round(value / to) * to + 0.0;
}

long pc_round_count(long value, int to)
{
    return to < 2 ? value : (long)pc_round_to((double)value, to);
}

/* `days`: 1 for a number of children, else the days of the period. */
static void round_statistics(pc_statistics *value, double days, int to)
{
    rounding_statistics(value, 0.0, days, to);
}

void rounding_all(pc_statistics *value, size_t n, int to)
{
    for (size_t v = 0; value != NULL && v < n; v++) {
        round_statistics(&value[v], 1.0, to);
    }
}

/* Days full are days of a category, whoever is in it. */
static bool is_count(pc_measure measure)
{
    return !pc_measure_is_money(measure) && measure != PC_MEASURE_DAYS_FULL;
}

static bool is_days(pc_measure measure)
{
    return measure == PC_MEASURE_PLACE_DAYS || measure == PC_MEASURE_UNMET_DAYS;
}

static double month_days(const pc_forecast *self, pc_day start, size_t month)
{
    pc_day before = month == 0 ? start - 1 : self->month_end[month - 1];

    return self->month_end[month] > before ? (double)(self->month_end[month] - before) : 1.0;
}

static double year_days(const pc_forecast *self, pc_day start, size_t year)
{
    double days = 0;

    for (size_t month = 0; month < self->n_month; month++) {
        if (pc_financial_year(self->month_end[month]) == self->year[year].year) {
            days += month_days(self, start, month);
        }
    }
    return days > 0 ? days : 1.0;
}

static void round_measure(pc_forecast *self, size_t la, pc_measure measure, pc_day start, int to)
{
    bool days = is_days(measure);

    for (size_t category = 0; category <= self->n_category; category++) {
        for (size_t month = 0; month < self->n_month; month++) {
            round_statistics(pc_forecast_monthly(self, la, measure, category, month),
                             days ? month_days(self, start, month) : 1.0, to);
        }
        for (size_t year = 0; year < self->n_year; year++) {
            round_statistics(pc_forecast_annual(self, la, measure, category, year),
                             days ? year_days(self, start, year) : 1.0, to);
        }
    }
}

static void round_money_rows(pc_forecast *self, int to)
{
    for (size_t la = 0; self->money != NULL && la < self->n_la; la++) {
        for (size_t r = 0; r < self->n_money_row; r++) {
            if (self->money_row[r].kind == PC_MONEY_PROCESS_EVENTS) {
                rounding_all(self->money + (la * self->n_money_row + r) * self->n_year, self->n_year, to);
            }
        }
    }
}

void pc_forecast_round(pc_forecast *self, pc_day start, int to)
{
    size_t n_cell = self->n_la * (self->n_category + 1);

    for (size_t la = 0; la < self->n_la; la++) {
        for (int measure = 0; measure < PC_N_MEASURE; measure++) {
            if (self->has[measure] && is_count((pc_measure)measure)) {
                round_measure(self, la, (pc_measure)measure, start, to);
            }
        }
    }
    rounding_all(self->children_average, n_cell * self->n_year, to);
    rounding_all(self->exits, self->n_la * PC_N_EXIT_CAUSE * self->n_month, to);
    rounding_all(self->treated_monthly, self->n_la * self->n_intervention * 2 * self->n_month, to);
    rounding_all(self->treated_annual, self->n_la * self->n_intervention * 2 * self->n_year, to);
    for (size_t cell = 0; self->children_now != NULL && cell < n_cell; cell++) {
        self->children_now[cell] = pc_round_count(self->children_now[cell], to);
    }
    for (size_t t = 0; t < self->n_target; t++) {
        const pc_target_result *target = &self->target[t];

        if (!target->of_workforce && is_count(target->measure) && !is_days(target->measure)) {
            round_statistics(&self->target[t].reached, 1.0, to);
        }
    }
    rounding_workload(self, to);
    round_money_rows(self, to);
}

/* Placement-years avoided: a year of a child each. */
static void round_invest(pc_invest *self, int to)
{
    for (size_t part = 0; self != NULL && part < self->n; part++) {
        if (self->part[part].value != NULL) {
            rounding_all(pc_invest_value(self, &self->part[part], PC_INVEST_AVOIDED, 0), self->n_year + 1,
                         to);
        }
    }
}

void pc_comparison_round(pc_comparison *self, pc_day start, int to)
{
    for (size_t at = 0; at < self->n; at++) {
        round_invest(self->invest == NULL ? NULL : &self->invest[at], to);
        pc_forecast_round(&self->forecast[at], start, to);
        pc_forecast_round(&self->difference[at], start, to);
    }
}

void pc_alone_round(pc_alone *self, int to)
{
    for (size_t part = 0; self->difference != NULL && part <= self->n; part++) {
        rounding_all(pc_alone_difference(self, part, PC_ALONE_CHILDREN, 0), self->n_year, to);
        rounding_all(pc_alone_difference(self, part, PC_ALONE_RESIDENTIAL, 0), self->n_year, to);
    }
    round_invest(self->invest, to);
}

void pc_skill_round(pc_skill *self, int to)
{
    for (size_t r = 0; r < self->n; r++) {
        pc_skill_row *row = &self->row[r];

        row->size = pc_round_to(row->size, to);
        if (is_count(row->measure) && !is_days(row->measure)) {
            row->actual = pc_round_to(row->actual, to);
            row->naive = pc_round_to(row->naive, to);
            row->line = pc_round_to(row->line, to);
            round_statistics(&row->forecast, 1.0, to);
        }
    }
}

void pc_tieout_round(pc_tieout *self, int to)
{
    for (size_t r = 0; r < self->n; r++) {
        pc_tieout_row *row = &self->row[r];

        row->engine = row->engine < 0 ? row->engine : pc_round_count(row->engine, to);
        row->official_rule =
            row->official_rule < 0 ? row->official_rule : pc_round_count(row->official_rule, to);
    }
}
