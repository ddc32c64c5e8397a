/* targets_csv.c - targets.csv: how likely each target is met. Columns: docs/outputs.md. */
#include <stdlib.h>

#include "report/forecast_writer.h"

static void put_target(forecast_writer *self, const pc_target_result *target, const char *name,
                       const char *category)
{
    char by[PC_DAY_TEXT_SIZE], date[PC_DAY_TEXT_SIZE], met[PC_DAY_TEXT_SIZE];
    report_table *table = self->table;

    forecast_writer_key(self, 0, pc_day_format(target->date, date), name, pc_target_result_measure(target));
    report_table_char(table, ',');
    report_table_text(table, category);
    report_table_char(table, ',');
    report_table_text(table, pc_day_format(target->by, by));
    report_table_char(table, ',');
    if (target->at_most) {
        report_table_number(table, target->value, FORECAST_MOST_DECIMALS, 1);
    }
    report_table_char(table, ',');
    if (!target->at_most) {
        report_table_number(table, target->value, FORECAST_MOST_DECIMALS, 1);
    }
    if (target->of_workforce) {
        int decimals = pc_workload_decimals(target->workload);

        forecast_writer_statistics(self, &target->reached, decimals > 0 ? decimals : FORECAST_MOST_DECIMALS,
                                   decimals);
    } else {
        forecast_writer_measure(self, &target->reached, target->measure);
    }
    report_table_char(table, ',');
    report_table_number(table, target->probability, FORECAST_MOST_DECIMALS, 1);
    report_table_char(table, ',');
    report_table_text(table, pc_day_format(target->first_met, met));
    report_table_char(table, '\n');
}

static pc_status put_forecast(forecast_writer *self, const pc_forecast *forecast)
{
    pc_status status = forecast_writer_scenario(self, forecast->scenario);

    for (size_t at = 0; at < forecast->n_target && status == PC_OK; at++) {
        const pc_target_result *target = &forecast->target[at];
        char *name = report_field(target->name);
        char *category = report_field(target->category_name);

        status = name == NULL || category == NULL ? PC_ERR_NO_MEMORY : PC_OK;
        if (status == PC_OK) {
            put_target(self, target, name, category);
        }
        free(name);
        free(category);
    }
    return status;
}

pc_status pc_report_targets(size_t n, const pc_forecast *forecast, const char *folder,
                            pc_diagnostics *diagnostics)
{
    const pc_forecast all_together = {0}; /* no column la: of all authorities */
    forecast_writer self;
    pc_status status = forecast_writer_open(&self, &all_together, folder, "targets.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    forecast_writer_header(&self, "date,target,measure,category,by,at_most,at_least",
                           ",probability,first_met");
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        status = put_forecast(&self, &forecast[at]);
    }
    if (status != PC_OK) {
        forecast_writer_abandon(&self);
        return status;
    }
    return forecast_writer_close(&self, diagnostics);
}
