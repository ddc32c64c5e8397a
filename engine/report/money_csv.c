/* money_csv.c - income.csv and concentration.csv: money by financial year besides the measures. Columns:
 * docs/outputs.md. */
#include <stdlib.h>

#include "report/forecast_writer.h"

/* What the table is about. */
typedef struct money_table {
    const char *file, *columns;
    pc_money_kind first, last; /* kinds of row in it */
} money_table;

static const char *const what[] = {[PC_MONEY_INCOME] = "income_gbp",
                                   [PC_MONEY_DEAREST] = "ten_dearest_gbp",
                                   [PC_MONEY_DEAREST_SHARE] = "ten_dearest_share",
                                   [PC_MONEY_PROCESS_EVENTS] = "events",
                                   [PC_MONEY_PROCESS_COST] = "cost_gbp",
                                   [PC_MONEY_PROCESS_CHILD_YEAR] = "cost_per_child_year_gbp"};

static bool is_of(const money_table *table, const pc_money_row *row)
{
    return row->kind >= table->first && row->kind <= table->last;
}

static bool is_known(const pc_forecast *forecast, size_t la, const pc_money_row *row)
{
    return (row->kind != PC_MONEY_DEAREST && row->kind != PC_MONEY_DEAREST_SHARE) || !forecast->several ||
           la + 1 < forecast->n_la;
}

/* What stands between year and statistics: a source, nothing, or a process. */
static void put_key(forecast_writer *self, const pc_money_row *row, size_t la, const char *year,
                    const char *name)
{
    char number[12] = "all";

    if (row->kind < PC_MONEY_PROCESS_EVENTS) {
        forecast_writer_key(self, la, year, name == NULL ? what[row->kind] : name,
                            name == NULL ? NULL : what[row->kind]);
        return;
    }
    if (row->number < PC_N_PROCESS) {
        snprintf(number, sizeof number, "%d", row->number + 1);
    }
    forecast_writer_key(self, la, year, number, what[row->kind]);
    report_table_char(self->table, ',');
    report_table_text(self->table, row->number < PC_N_PROCESS ? pc_process_name((pc_process)row->number)
                                                              : "all processes");
}

static void put_row(forecast_writer *self, const pc_forecast *forecast, size_t la, size_t year, size_t number,
                    const char *name)
{
    const pc_money_row *row = &forecast->money_row[number];
    const pc_statistics *value =
        &forecast->money[(la * forecast->n_money_row + number) * forecast->n_year + year];
    char text[PC_DAY_TEXT_SIZE];

    put_key(self, row, la, pc_financial_year_format(forecast->year[year].year, text), name);
    if (row->kind == PC_MONEY_DEAREST_SHARE || row->kind == PC_MONEY_PROCESS_EVENTS) {
        forecast_writer_statistics(self, value, FORECAST_MOST_DECIMALS,
                                   row->kind == PC_MONEY_PROCESS_EVENTS ? 0 : FORECAST_MOST_DECIMALS);
    } else {
        forecast_writer_statistics(self, value, 2, 2);
    }
    report_table_char(self->table, ',');
    report_table_whole(self->table, forecast->year[year].months);
    report_table_char(self->table, '\n');
}

static pc_status put_forecast(forecast_writer *self, const money_table *table, const pc_forecast *forecast)
{
    pc_status status = forecast_writer_scenario(self, forecast->scenario);

    for (size_t at = 0; at < forecast->n_money_row * forecast->n_la * forecast->n_year && status == PC_OK;
         at++) {
        size_t la = at / forecast->n_year / forecast->n_money_row,
               year = at / forecast->n_money_row % forecast->n_year;
        const pc_money_row *row = &forecast->money_row[at % forecast->n_money_row];
        char *name = row->name == NULL ? NULL : report_field(row->name);

        if (row->name != NULL && name == NULL) {
            status = PC_ERR_NO_MEMORY;
        } else if (is_of(table, row) && is_known(forecast, la, row)) {
            put_row(self, forecast, la, year, at % forecast->n_money_row, name);
        }
        free(name);
    }
    return status;
}

static pc_status write_table(const money_table *table, size_t n, const pc_forecast *forecast,
                             const char *folder, pc_diagnostics *diagnostics)
{
    forecast_writer self;
    pc_status status = forecast_writer_open(&self, forecast, folder, table->file, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    forecast_writer_header(&self, table->columns, ",months");
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = put_forecast(&self, table, &forecast[at]);
    }
    if (status != PC_OK) {
        forecast_writer_abandon(&self);
        return status;
    }
    return forecast_writer_close(&self, diagnostics);
}

static const money_table tables[] = {
    {"income.csv", "year,source,measure", PC_MONEY_INCOME, PC_MONEY_INCOME},
    {"concentration.csv", "year,measure", PC_MONEY_DEAREST, PC_MONEY_DEAREST_SHARE},
    {"processes.csv", "year,process,measure,name", PC_MONEY_PROCESS_EVENTS, PC_MONEY_PROCESS_CHILD_YEAR},
};
enum { N_TABLE = sizeof tables / sizeof tables[0] };

static bool has_table(size_t table, size_t n, const pc_forecast *forecast)
{
    for (size_t at = 0; at < n; at++) {
        for (size_t row = 0; row < forecast[at].n_money_row; row++) {
            if (is_of(&tables[table], &forecast[at].money_row[row])) {
                return true;
            }
        }
    }
    return false;
}

pc_status pc_report_money(size_t n, const pc_forecast *forecast, const char *folder,
                          pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t table = 0; table < N_TABLE && status == PC_OK; table++) {
        if (has_table(table, n, forecast)) {
            status = write_table(&tables[table], n, forecast, folder, diagnostics);
        }
    }
    return status;
}

size_t pc_report_money_list(size_t n, const pc_forecast *forecast, const char **output)
{
    size_t listed = 0;

    for (size_t table = 0; table < N_TABLE; table++) {
        if (has_table(table, n, forecast)) {
            output[listed++] = tables[table].file;
        }
    }
    return listed;
}
