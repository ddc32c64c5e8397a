/* interventions_csv.c - interventions.csv: how many children each intervention treated and changed. Columns:
 * docs/outputs.md. */
#include <stdlib.h>

#include "report/forecast_writer.h"
#include "report/summary_parts.h"

static void put_year(forecast_writer *self, const pc_forecast *forecast, size_t la, size_t year, size_t which,
                     const char *name)
{
    static const char *const measure[] = {"treated", "changed"};
    char text[PC_DAY_TEXT_SIZE];

    pc_financial_year_format(forecast->year[year].year, text);
    for (size_t changed = 0; changed < 2; changed++) {
        size_t row = (la * forecast->n_intervention + which) * 2 + changed;

        forecast_writer_key(self, la, text, name, forecast->intervention_kind[which]);
        report_table_char(self->table, ',');
        report_table_text(self->table, measure[changed]);
        forecast_writer_statistics(self, &forecast->treated_annual[row * forecast->n_year + year],
                                   FORECAST_MOST_DECIMALS, 0);
        report_table_char(self->table, ',');
        report_table_whole(self->table, forecast->year[year].months);
        report_table_char(self->table, '\n');
    }
}

static pc_status put_forecast(forecast_writer *self, const pc_forecast *forecast)
{
    pc_status status = forecast_writer_scenario(self, forecast->scenario);

    for (size_t which = 0; which < forecast->n_intervention && status == PC_OK; which++) {
        char *name = report_field(forecast->intervention[which]);

        status = name == NULL ? PC_ERR_NO_MEMORY : PC_OK;
        for (size_t row = 0; status == PC_OK && summary_treats_children(forecast->intervention_kind[which]) &&
                             row < forecast->n_la * forecast->n_year;
             row++) {
            put_year(self, forecast, row / forecast->n_year, row % forecast->n_year, which, name);
        }
        free(name);
    }
    return status;
}

pc_status pc_report_interventions(size_t n, const pc_forecast *forecast, const char *folder,
                                  pc_diagnostics *diagnostics)
{
    forecast_writer self;
    pc_status status = forecast_writer_open(&self, forecast, folder, "interventions.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    forecast_writer_header(&self, "year,intervention,kind,measure", ",months");
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = put_forecast(&self, &forecast[at]);
    }
    if (status != PC_OK) {
        forecast_writer_abandon(&self);
        return status;
    }
    return forecast_writer_close(&self, diagnostics);
}
