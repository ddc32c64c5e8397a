/* forecast_csv.c - forecast.csv, annual.csv and exits.csv. Columns: docs/outputs.md. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "placecast/report.h"
#include "report/table_line.h"

enum { MOST_DECIMALS = 6 };

static const char statistics_header[] = ",mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975";

static int measure_decimals(pc_measure measure)
{
    static const int decimals[] = {
#define MEASURE_DECIMALS(name, text, annual_sum, decimals) decimals,
        PC_MEASURE_LIST(MEASURE_DECIMALS)
#undef MEASURE_DECIMALS
    };

    return decimals[measure];
}

/* One file being written: the fields that all its rows begin with, quoted once. */
typedef struct writer {
    report_table *table;
    pc_out_file file;
    char *scenario;
    char **la;       /* [n_la]; quoted */
    char **category; /* [n_category + 1]; quoted, "all" last */
} writer;

static char **fields_of(char *const *text, size_t n, const char *last)
{
    char **field = pc_new_zero(n + 1, sizeof *field);

    for (size_t f = 0; field != NULL && f < n + (last != NULL); f++) {
        field[f] = report_field(f < n ? text[f] : last);
        if (field[f] == NULL) {
            while (f > 0) {
                free(field[--f]);
            }
            free(field);
            return NULL;
        }
    }
    return field;
}

static void fields_free(char **field, size_t n)
{
    for (size_t f = 0; field != NULL && f < n; f++) {
        free(field[f]);
    }
    free(field);
}

static void writer_free(writer *self, const pc_forecast *forecast)
{
    pc_out_abandon(&self->file);
    free(self->table);
    free(self->scenario);
    fields_free(self->la, forecast->n_la);
    fields_free(self->category, forecast->n_category + 1);
}

static pc_status writer_open(writer *self, const pc_forecast *forecast, const char *folder, const char *name,
                             pc_diagnostics *diagnostics)
{
    pc_status status;

    *self = (writer){.table = pc_new(1, sizeof *self->table),
                     .scenario = report_field(forecast->scenario),
                     .la = fields_of(forecast->la, forecast->n_la, NULL),
                     .category = fields_of(forecast->category, forecast->n_category, "all")};
    if (self->table == NULL || self->scenario == NULL || self->la == NULL || self->category == NULL) {
        writer_free(self, forecast);
        return PC_ERR_NO_MEMORY;
    }
    status = pc_out_open(&self->file, folder, name, 0644, diagnostics);
    if (status != PC_OK) {
        writer_free(self, forecast);
        return status;
    }
    self->table->stream = self->file.stream;
    self->table->n = 0;
    return PC_OK;
}

static pc_status writer_close(writer *self, const pc_forecast *forecast, pc_diagnostics *diagnostics)
{
    pc_status status;

    report_table_flush(self->table);
    status = pc_out_commit(&self->file, diagnostics);
    writer_free(self, forecast);
    return status;
}

static void put_header(writer *self, const pc_forecast *forecast, const char *columns, const char *more)
{
    report_table_text(self->table, forecast->several ? "scenario,la," : "scenario,");
    report_table_text(self->table, columns);
    report_table_text(self->table, statistics_header);
    report_table_text(self->table, more);
    report_table_char(self->table, '\n');
}

/* scenario,[la,]when,what, and the category when there is one */
static void put_key(writer *self, const pc_forecast *forecast, size_t la, const char *when, const char *what,
                    const char *category)
{
    report_table_text(self->table, self->scenario);
    report_table_char(self->table, ',');
    if (forecast->several) {
        report_table_text(self->table, self->la[la]);
        report_table_char(self->table, ',');
    }
    report_table_text(self->table, when);
    report_table_char(self->table, ',');
    report_table_text(self->table, what);
    if (category != NULL) {
        report_table_char(self->table, ',');
        report_table_text(self->table, category);
    }
}

/* A quantile of a count is a count, so it is written without decimals; means and shares with at most six. */
static void put_statistics(writer *self, const pc_statistics *value, int mean_decimals, int quantile_decimals)
{
    int trim = mean_decimals == MOST_DECIMALS;

    report_table_char(self->table, ',');
    report_table_number(self->table, value->mean, mean_decimals, trim);
    report_table_char(self->table, ',');
    report_table_number(self->table, value->sd, mean_decimals, trim);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        report_table_char(self->table, ',');
        report_table_number(self->table, value->quantile[q], quantile_decimals,
                            quantile_decimals == MOST_DECIMALS);
    }
}

static void put_measure(writer *self, const pc_statistics *value, pc_measure measure)
{
    int decimals = measure_decimals(measure);

    put_statistics(self, value, decimals > 0 ? decimals : MOST_DECIMALS, decimals);
}

static void put_month(writer *self, const pc_forecast *forecast, size_t la, size_t month)
{
    char date[PC_DAY_TEXT_SIZE];

    pc_day_format(forecast->month_end[month], date);
    for (int m = 0; m < PC_N_MEASURE; m++) {
        pc_measure measure = (pc_measure)m;

        for (size_t category = 0; forecast->has[measure] && category <= forecast->n_category; category++) {
            put_key(self, forecast, la, date, pc_measure_name(measure), self->category[category]);
            put_measure(self, pc_forecast_monthly(forecast, la, measure, category, month), measure);
            report_table_char(self->table, '\n');
        }
    }
}

pc_status pc_report_forecast(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics)
{
    writer self;
    pc_status status = writer_open(&self, forecast, folder, "forecast.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    put_header(&self, forecast, "date,measure,category", "");
    for (size_t la = 0; la < forecast->n_la; la++) {
        for (size_t month = 0; month < forecast->n_month; month++) {
            put_month(&self, forecast, la, month);
        }
    }
    return writer_close(&self, forecast, diagnostics);
}

/* months, then the three columns of the budget, which stay blank where there is none. */
static void put_year_end(writer *self, int months)
{
    report_table_char(self->table, ',');
    report_table_whole(self->table, months);
    report_table_text(self->table, ",,,\n");
}

static void put_year(writer *self, const pc_forecast *forecast, size_t la, size_t year)
{
    char name[PC_DAY_TEXT_SIZE];
    int months = forecast->year[year].months;

    pc_financial_year_format(forecast->year[year].year, name);
    for (int m = 0; m < PC_N_MEASURE; m++) {
        pc_measure measure = (pc_measure)m;

        for (size_t category = 0; forecast->has[measure] && category <= forecast->n_category; category++) {
            put_key(self, forecast, la, name, pc_measure_name(measure), self->category[category]);
            put_measure(self, pc_forecast_annual(forecast, la, measure, category, year), measure);
            put_year_end(self, months);
        }
    }
    for (size_t category = 0; category <= forecast->n_category; category++) {
        put_key(self, forecast, la, name, "children_average", self->category[category]);
        put_statistics(
            self,
            &forecast
                 ->children_average[(la * (forecast->n_category + 1) + category) * forecast->n_year + year],
            MOST_DECIMALS, MOST_DECIMALS);
        put_year_end(self, months);
    }
}

pc_status pc_report_annual(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics)
{
    writer self;
    pc_status status = writer_open(&self, forecast, folder, "annual.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    put_header(&self, forecast, "year,measure,category", ",months,budget_gbp,gap_gbp,p_over_budget");
    for (size_t la = 0; la < forecast->n_la; la++) {
        for (size_t year = 0; year < forecast->n_year; year++) {
            put_year(&self, forecast, la, year);
        }
    }
    return writer_close(&self, forecast, diagnostics);
}

pc_status pc_report_exits(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics)
{
    writer self;
    pc_status status = writer_open(&self, forecast, folder, "exits.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    put_header(&self, forecast, "date,cause", "");
    for (size_t la = 0; la < forecast->n_la; la++) {
        for (size_t month = 0; month < forecast->n_month; month++) {
            char date[PC_DAY_TEXT_SIZE];

            pc_day_format(forecast->month_end[month], date);
            for (int cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
                const pc_statistics *value =
                    &forecast->exits[(la * PC_N_EXIT_CAUSE + (size_t)cause) * forecast->n_month + month];

                put_key(&self, forecast, la, date, pc_exit_cause_name((pc_exit_cause)cause), NULL);
                put_statistics(&self, value, MOST_DECIMALS, 0);
                report_table_char(self.table, '\n');
            }
        }
    }
    return writer_close(&self, forecast, diagnostics);
}
