/* forecast_csv.c - forecast.csv, annual.csv and exits.csv, and the differences of a comparison in the same
 * form. Columns: docs/outputs.md. */
#include "report/forecast_writer.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "placecast/mtfs.h"

/* Writes the rows of one forecast. `extra` is what the table needs besides. */
typedef void (*put_rows)(forecast_writer *self, const pc_forecast *forecast, const double *const *extra);

/* One table of one or more forecasts. `extra` [n][2], or NULL. */
static pc_status write_table(size_t n, const pc_forecast *forecast, const char *name, const char *columns,
                             const char *more, put_rows put, const double *(*extra)[2], const char *folder,
                             pc_diagnostics *diagnostics)
{
    forecast_writer self;
    pc_status status = forecast_writer_open(&self, forecast, folder, name, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    forecast_writer_header(&self, columns, more);
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = forecast_writer_scenario(&self, forecast[at].scenario);
        if (status == PC_OK) {
            put(&self, &forecast[at], extra == NULL ? NULL : extra[at]);
            status = self.no_memory ? PC_ERR_NO_MEMORY : PC_OK;
        }
    }
    if (status != PC_OK) {
        forecast_writer_abandon(&self);
        return status;
    }
    return forecast_writer_close(&self, diagnostics);
}

/* p_fewer and p_more stand on the rows of all children and are blank on the others. */
static void put_chances(forecast_writer *self, const double *const *chances, size_t row, bool here)
{
    for (size_t which = 0; chances != NULL && which < 2; which++) {
        report_table_char(self->table, ',');
        if (here) {
            report_table_number(self->table, chances[which][row], FORECAST_MOST_DECIMALS, 1);
        }
    }
}

/* months, and then the three columns of the budget, which stay blank where there is none; or the chances of a
 * difference. */
static void put_year_end(forecast_writer *self, int months, const pc_mtfs_year *budget,
                         const double *const *chances, size_t row, bool here)
{
    report_table_char(self->table, ',');
    report_table_whole(self->table, months);
    if (chances == NULL) {
        report_table_char(self->table, ',');
        report_table_number(
            self->table,
            budget != NULL && budget->has_budget ? (double)budget->budget_pence / 100.0 : (double)NAN, 2, 0);
        report_table_char(self->table, ',');
        report_table_number(self->table, budget != NULL ? budget->gap_gbp : (double)NAN, 2, 0);
        report_table_char(self->table, ',');
        report_table_number(self->table, budget != NULL ? budget->p_over : (double)NAN,
                            FORECAST_MOST_DECIMALS, 1);
    }
    put_chances(self, chances, row, here);
    report_table_char(self->table, '\n');
}

/* The rows of the workforce, of all authorities together. `months` 0: no year. */
static void put_workload(forecast_writer *self, const pc_forecast *forecast, const char *when,
                         const pc_statistics *row, size_t n, size_t at, int months,
                         const double *const *chances)
{
    const pc_workload_result *from = &forecast->workload;

    for (size_t series = 0; series < from->n_series; series++) {
        int decimals = pc_workload_decimals(from->measure[series]);
        char *category = report_field(from->category[series]);

        if (category == NULL) {
            self->no_memory = true;
            return;
        }
        forecast_writer_key(self, forecast->n_la - 1, when, pc_workload_name(from->measure[series]),
                            category);
        free(category);
        forecast_writer_statistics(self, &row[series * n + at],
                                   decimals > 0 ? decimals : FORECAST_MOST_DECIMALS, decimals);
        if (months > 0) {
            put_year_end(self, months, NULL, chances, 0, false);
        } else {
            put_chances(self, chances, 0, false);
            report_table_char(self->table, '\n');
        }
    }
}

static void put_months(forecast_writer *self, const pc_forecast *forecast, const double *const *chances)
{
    for (size_t row = 0; row < forecast->n_la * forecast->n_month; row++) {
        size_t la = row / forecast->n_month, month = row % forecast->n_month;
        char date[PC_DAY_TEXT_SIZE];

        pc_day_format(forecast->month_end[month], date);
        for (int m = 0; m < PC_N_MEASURE; m++) {
            pc_measure measure = (pc_measure)m;

            for (size_t category = 0; forecast->has[measure] && category <= forecast->n_category;
                 category++) {
                forecast_writer_key(self, la, date, pc_measure_name(measure), self->category[category]);
                forecast_writer_measure(self, pc_forecast_monthly(forecast, la, measure, category, month),
                                        measure);
                put_chances(self, chances, row,
                            measure == PC_MEASURE_CHILDREN && category == forecast->n_category);
                report_table_char(self->table, '\n');
            }
        }
        if (la + 1 == forecast->n_la) {
            put_workload(self, forecast, date, forecast->workload.monthly, forecast->n_month, month, 0,
                         chances);
        }
    }
}

/* Index in [la][month] of the last month of a year. */
static size_t last_row(const pc_forecast *forecast, size_t la, size_t year)
{
    size_t month = 0;

    for (size_t y = 0; y <= year; y++) {
        month += (size_t)forecast->year[y].months;
    }
    return la * forecast->n_month + month - 1;
}

static void put_year(forecast_writer *self, const pc_forecast *forecast, size_t la, size_t year,
                     const double *const *chances)
{
    size_t n_row = forecast->n_category + 1, row = last_row(forecast, la, year);
    int months = forecast->year[year].months;
    char name[PC_DAY_TEXT_SIZE];
    const pc_mtfs *mtfs = la + 1 == forecast->n_la ? forecast->mtfs : NULL; /* of all authorities */
    const pc_mtfs_year *budget = mtfs == NULL ? NULL : pc_mtfs_at(mtfs, mtfs->n_holder - 1, year);

    pc_financial_year_format(forecast->year[year].year, name);
    for (int m = 0; m < PC_N_MEASURE; m++) {
        pc_measure measure = (pc_measure)m;

        for (size_t category = 0; forecast->has[measure] && category < n_row; category++) {
            forecast_writer_key(self, la, name, pc_measure_name(measure), self->category[category]);
            forecast_writer_measure(self, pc_forecast_annual(forecast, la, measure, category, year), measure);
            put_year_end(self, months, measure == PC_MEASURE_COST && category + 1 == n_row ? budget : NULL,
                         chances, row, measure == PC_MEASURE_CHILDREN && category + 1 == n_row);
        }
    }
    for (size_t category = 0; category < n_row; category++) {
        forecast_writer_key(self, la, name, "children_average", self->category[category]);
        forecast_writer_statistics(
            self, &forecast->children_average[(la * n_row + category) * forecast->n_year + year],
            FORECAST_MOST_DECIMALS, FORECAST_MOST_DECIMALS);
        put_year_end(self, months, NULL, chances, row, false);
    }
    if (budget != NULL && budget->has_outturn) {
        forecast_writer_key(self, la, name, "outturn_gbp", "all");
        forecast_writer_statistics(self, &budget->outturn, 2, 2);
        put_year_end(self, months, budget, chances, row, false);
    }
    if (la + 1 == forecast->n_la) {
        put_workload(self, forecast, name, forecast->workload.annual, forecast->n_year, year, months,
                     chances);
    }
}

static void put_years(forecast_writer *self, const pc_forecast *forecast, const double *const *chances)
{
    for (size_t la = 0; la < forecast->n_la; la++) {
        for (size_t year = 0; year < forecast->n_year; year++) {
            put_year(self, forecast, la, year, chances);
        }
    }
}

static void put_exits(forecast_writer *self, const pc_forecast *forecast, const double *const *none)
{
    (void)none;
    for (size_t row = 0; row < forecast->n_la * forecast->n_month; row++) {
        size_t la = row / forecast->n_month, month = row % forecast->n_month;
        char date[PC_DAY_TEXT_SIZE];

        pc_day_format(forecast->month_end[month], date);
        for (int cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
            forecast_writer_key(self, la, date, pc_exit_cause_name((pc_exit_cause)cause), NULL);
            forecast_writer_statistics(
                self, &forecast->exits[(la * PC_N_EXIT_CAUSE + (size_t)cause) * forecast->n_month + month],
                FORECAST_MOST_DECIMALS, 0);
            report_table_char(self->table, '\n');
        }
    }
}

static pc_status write_forecasts(size_t n, const pc_forecast *forecast, const char *folder,
                                 pc_diagnostics *diagnostics)
{
    return write_table(n, forecast, "forecast.csv", "date,measure,category", "", put_months, NULL, folder,
                       diagnostics);
}

static pc_status write_annual(size_t n, const pc_forecast *forecast, const char *folder,
                              pc_diagnostics *diagnostics)
{
    return write_table(n, forecast, "annual.csv", "year,measure,category",
                       ",months,budget_gbp,gap_gbp,p_over_budget", put_years, NULL, folder, diagnostics);
}

static pc_status write_exits(size_t n, const pc_forecast *forecast, const char *folder,
                             pc_diagnostics *diagnostics)
{
    return write_table(n, forecast, "exits.csv", "date,cause", "", put_exits, NULL, folder, diagnostics);
}

pc_status pc_report_forecast(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics)
{
    return write_forecasts(1, forecast, folder, diagnostics);
}

pc_status pc_report_annual(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics)
{
    return write_annual(1, forecast, folder, diagnostics);
}

pc_status pc_report_exits(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics)
{
    return write_exits(1, forecast, folder, diagnostics);
}

/* The reference differs from itself by nothing: it has no rows. */
static pc_status write_differences(const pc_comparison *of, const char *folder, pc_diagnostics *diagnostics)
{
    const pc_forecast *difference = &of->difference[1];
    size_t n = of->n - 1, n_cell = difference->n_la * difference->n_month;
    const double *(*chances)[2] = pc_new_zero(n, sizeof *chances);
    pc_status status = PC_OK;

    if (chances == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        chances[at][0] = of->p_fewer + (at + 1) * n_cell;
        chances[at][1] = of->p_more + (at + 1) * n_cell;
    }
    status = write_table(n, difference, "differences.csv", "date,measure,category", ",p_fewer,p_more",
                         put_months, chances, folder, diagnostics);
    if (status == PC_OK) {
        status = write_table(n, difference, "annual_differences.csv", "year,measure,category",
                             ",months,p_fewer,p_more", put_years, chances, folder, diagnostics);
    }
    free(chances);
    return status;
}

pc_status pc_report_comparison(const pc_comparison *comparison, const char *folder,
                               pc_diagnostics *diagnostics)
{
    size_t n = comparison->n;
    pc_status status = write_forecasts(n, comparison->forecast, folder, diagnostics);

    status = status != PC_OK ? status : write_annual(n, comparison->forecast, folder, diagnostics);
    status = status != PC_OK ? status : write_exits(n, comparison->forecast, folder, diagnostics);
    return status != PC_OK ? status : write_differences(comparison, folder, diagnostics);
}
