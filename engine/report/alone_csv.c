/* alone_csv.c - alone.csv: what each intervention does by itself and all together. Columns: docs/outputs.md.
 */
#include <math.h>
#include <stdlib.h>

#include "report/forecast_writer.h"

/* The mean of the sum of the parts: what the whole would be if interventions did not meet. Nothing more is
 * known of it. */
static pc_statistics sum_of_parts(const pc_alone *of, pc_alone_measure measure, size_t year)
{
    pc_statistics sum = {.sd = (double)NAN};

    for (size_t part = 0; part < of->n; part++) {
        sum.mean += pc_alone_difference(of, part, measure, year)->mean;
    }
    for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
        sum.quantile[quantile] = (double)NAN;
    }
    return sum;
}

/* Part n is the sum of the parts, part n + 1 all together. */
static void put_part(forecast_writer *self, const pc_alone *of, size_t part, const char *name)
{
    for (size_t year = 0; year < of->n_year; year++) {
        char text[PC_DAY_TEXT_SIZE];

        pc_financial_year_format(of->year[year].year, text);
        for (int m = 0; m < PC_N_ALONE; m++) {
            pc_alone_measure measure = (pc_alone_measure)m;
            bool money = measure == PC_ALONE_COST;
            pc_statistics value = part == of->n  ? sum_of_parts(of, measure, year)
                                  : part > of->n ? *pc_alone_difference(of, of->n, measure, year)
                                                 : *pc_alone_difference(of, part, measure, year);

            if (money && !of->has_cost) {
                continue;
            }
            forecast_writer_key(self, 0, text, name, pc_alone_measure_name(measure));
            forecast_writer_statistics(self, &value, money ? 2 : FORECAST_MOST_DECIMALS, money ? 2 : 0);
            report_table_char(self->table, ',');
            report_table_whole(self->table, of->replicates);
            report_table_char(self->table, '\n');
        }
    }
}

static pc_status put_scenario(forecast_writer *self, const pc_alone *of)
{
    pc_status status = of->n == 0 ? PC_OK : forecast_writer_scenario(self, of->scenario);

    for (size_t part = 0; of->n > 0 && part < of->n + 2 && status == PC_OK; part++) {
        char *name = report_field(part < of->n    ? of->name[part]
                                  : part == of->n ? "sum of the parts"
                                                  : "all together");

        status = name == NULL ? PC_ERR_NO_MEMORY : PC_OK;
        if (status == PC_OK) {
            put_part(self, of, part, name);
        }
        free(name);
    }
    return status;
}

pc_status pc_report_alone(size_t n, const pc_alone *alone, const char *folder, pc_diagnostics *diagnostics)
{
    const pc_forecast all_together = {0}; /* no column la: of all authorities */
    forecast_writer self;
    pc_status status = forecast_writer_open(&self, &all_together, folder, "alone.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    forecast_writer_header(&self, "year,intervention,measure", ",replicates");
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = put_scenario(&self, &alone[at]);
    }
    if (status != PC_OK) {
        forecast_writer_abandon(&self);
        return status;
    }
    return forecast_writer_close(&self, diagnostics);
}
