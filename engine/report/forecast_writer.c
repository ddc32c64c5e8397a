#include "report/forecast_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static int measure_decimals(pc_measure measure)
{
    static const int decimals[] = {
#define MEASURE_DECIMALS(name, text, annual_sum, decimals) decimals,
        PC_MEASURE_LIST(MEASURE_DECIMALS)
#undef MEASURE_DECIMALS
    };

    return decimals[measure];
}

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

void forecast_writer_abandon(forecast_writer *self)
{
    pc_out_abandon(&self->file);
    free(self->table);
    free(self->scenario);
    fields_free(self->la, self->n_la);
    fields_free(self->category, self->n_category + 1);
    memset(self, 0, sizeof *self);
}

pc_status forecast_writer_open(forecast_writer *self, const pc_forecast *shape, const char *folder,
                               const char *name, pc_diagnostics *diagnostics)
{
    pc_status status = PC_ERR_NO_MEMORY;

    *self = (forecast_writer){.table = pc_new(1, sizeof *self->table),
                              .several = shape->several,
                              .n_la = shape->n_la,
                              .n_category = shape->n_category,
                              .la = fields_of(shape->la, shape->n_la, NULL),
                              .category = fields_of(shape->category, shape->n_category, "all")};
    if (self->table != NULL && self->la != NULL && self->category != NULL) {
        status = pc_out_open(&self->file, folder, name, 0644, diagnostics);
    }
    if (status != PC_OK) {
        forecast_writer_abandon(self);
        return status;
    }
    self->table->stream = self->file.stream;
    self->table->n = 0;
    return PC_OK;
}

pc_status forecast_writer_scenario(forecast_writer *self, const char *scenario)
{
    free(self->scenario);
    self->scenario = report_field(scenario);
    return self->scenario == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

pc_status forecast_writer_close(forecast_writer *self, pc_diagnostics *diagnostics)
{
    pc_status status;

    report_table_flush(self->table);
    status = pc_out_commit(&self->file, diagnostics);
    forecast_writer_abandon(self);
    return status;
}

void forecast_writer_header(forecast_writer *self, const char *columns, const char *more)
{
    report_table_text(self->table, self->several ? "scenario,la," : "scenario,");
    report_table_text(self->table, columns);
    report_table_text(self->table, ",mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975");
    report_table_text(self->table, more);
    report_table_char(self->table, '\n');
}

void forecast_writer_key(forecast_writer *self, size_t la, const char *when, const char *what,
                         const char *category)
{
    report_table_text(self->table, self->scenario);
    report_table_char(self->table, ',');
    if (self->several) {
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

void forecast_writer_statistics(forecast_writer *self, const pc_statistics *value, int mean_decimals,
                                int quantile_decimals)
{
    int trim = mean_decimals == FORECAST_MOST_DECIMALS;

    report_table_char(self->table, ',');
    report_table_number(self->table, value->mean, mean_decimals, trim);
    report_table_char(self->table, ',');
    report_table_number(self->table, value->sd, mean_decimals, trim);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        report_table_char(self->table, ',');
        report_table_number(self->table, value->quantile[q], quantile_decimals,
                            quantile_decimals == FORECAST_MOST_DECIMALS);
    }
}

void forecast_writer_measure(forecast_writer *self, const pc_statistics *value, pc_measure measure)
{
    int decimals = measure_decimals(measure);

    forecast_writer_statistics(self, value, decimals > 0 ? decimals : FORECAST_MOST_DECIMALS, decimals);
}
