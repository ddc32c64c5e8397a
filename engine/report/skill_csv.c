/* skill_csv.c - skill.csv and skill_summary.csv: how well past forecasts did. Columns: docs/backtest.md. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "placecast/report.h"
#include "report/table_line.h"

enum { MOST_DECIMALS = 6, MONEY_DECIMALS = 2 };

static const char skill_header[] =
    "origin,horizon_months,measure,category,la,actual,mean,p025,p05,p10,p25,p50,p75,p90,p95,p975,naive,line,"
    "abs_error,naive_abs_error,pinball,crps,naive_crps\n";
static const char summary_header[] =
    "horizon_months,measure,category,size_band,forecasts,mae,naive_mae,line_mae,mae_ratio,mape,naive_mape,"
    "line_mape,bias,held_50,held_80,held_90,held_95,pinball,crps,naive_crps,crps_ratio\n";

typedef struct writer {
    report_table *table;
    pc_out_file file;
} writer;

static pc_status writer_open(writer *self, const char *folder, const char *name, pc_diagnostics *diagnostics)
{
    pc_status status;

    *self = (writer){.table = pc_new(1, sizeof *self->table)};
    if (self->table == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    status = pc_out_open(&self->file, folder, name, 0644, diagnostics);
    if (status != PC_OK) {
        free(self->table);
        return status;
    }
    self->table->stream = self->file.stream;
    self->table->n = 0;
    return PC_OK;
}

static pc_status writer_close(writer *self, pc_status status, pc_diagnostics *diagnostics)
{
    if (status == PC_OK) {
        report_table_flush(self->table);
        status = pc_out_commit(&self->file, diagnostics);
    } else {
        pc_out_abandon(&self->file);
    }
    free(self->table);
    return status;
}

static void put_number(writer *self, double value, bool money)
{
    report_table_char(self->table, ',');
    report_table_number(self->table, value, money ? MONEY_DECIMALS : MOST_DECIMALS, !money);
}

static pc_status put_text(writer *self, const char *text)
{
    char *field = report_field(text);

    if (field == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    report_table_char(self->table, ',');
    report_table_text(self->table, field);
    free(field);
    return PC_OK;
}

static const char *category_name(const pc_skill *skill, size_t category)
{
    return category < skill->n_category ? skill->category[category] : "all";
}

static pc_status put_row(writer *self, const pc_skill *skill, const pc_skill_row *row)
{
    bool money = row->measure == PC_MEASURE_COST;
    const double after[] = {row->naive,   row->line, row->abs_error, row->naive_abs_error,
                            row->pinball, row->crps, row->naive_crps};
    char day[PC_DAY_TEXT_SIZE];
    pc_status status;

    report_table_text(self->table, pc_day_format(row->origin, day));
    report_table_char(self->table, ',');
    report_table_whole(self->table, row->horizon);
    status = put_text(self, pc_measure_name(row->measure));
    status = status == PC_OK ? put_text(self, category_name(skill, row->category)) : status;
    status = status == PC_OK ? put_text(self, skill->la[row->la]) : status;
    put_number(self, row->actual, money);
    put_number(self, row->forecast.mean, money);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        put_number(self, row->forecast.quantile[q], money);
    }
    for (size_t at = 0; at < sizeof after / sizeof after[0]; at++) {
        put_number(self, after[at], money);
    }
    report_table_char(self->table, '\n');
    return status;
}

pc_status pc_report_skill(const pc_skill *skill, const char *folder, pc_diagnostics *diagnostics)
{
    writer self;
    pc_status status = writer_open(&self, folder, "skill.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    report_table_text(self.table, skill_header);
    for (size_t r = 0; r < skill->n && status == PC_OK; r++) {
        status = put_row(&self, skill, &skill->row[r]);
    }
    return writer_close(&self, status, diagnostics);
}

pc_status pc_report_panel_estimates(const pc_panel_estimates *estimates, const char *folder,
                                    pc_diagnostics *diagnostics)
{
    writer self;
    pc_status status = writer_open(&self, folder, "panel_estimates.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    report_table_text(self.table, "year,estimate,horizon_months,size_band,value,past_forecasts\n");
    for (size_t r = 0; r < estimates->n && status == PC_OK; r++) {
        const pc_panel_estimate *row = &estimates->row[r];

        report_table_whole(self.table, row->year);
        status = put_text(&self, row->what);
        report_table_char(self.table, ',');
        if (row->horizon > 0 || strcmp(row->what, "half_life_error") == 0) {
            report_table_whole(self.table, row->horizon);
        }
        status = status == PC_OK ? put_text(&self, pc_size_band_name((pc_size_band)row->size_band)) : status;
        put_number(&self, row->value, false);
        report_table_char(self.table, ',');
        report_table_whole(self.table, (long)row->n);
        report_table_char(self.table, '\n');
    }
    return writer_close(&self, status, diagnostics);
}

static pc_status put_summary(writer *self, const pc_skill *skill, const pc_skill_summary_row *row)
{
    bool money = row->measure == PC_MEASURE_COST;
    pc_status status;

    report_table_whole(self->table, row->horizon);
    status = put_text(self, pc_measure_name(row->measure));
    status = status == PC_OK ? put_text(self, category_name(skill, row->category)) : status;
    status = status == PC_OK ? put_text(self, pc_size_band_name(row->band)) : status;
    report_table_char(self->table, ',');
    report_table_whole(self->table, (long)row->n);
    put_number(self, row->mae, money);
    put_number(self, row->naive_mae, money);
    put_number(self, row->line_mae, money);
    put_number(self, row->mae_ratio, false);
    put_number(self, row->mape, false);
    put_number(self, row->naive_mape, false);
    put_number(self, row->line_mape, false);
    put_number(self, row->bias, money);
    for (size_t cover = 0; cover < PC_N_COVER; cover++) {
        put_number(self, row->held[cover], false);
    }
    put_number(self, row->pinball, money);
    put_number(self, row->crps, money);
    put_number(self, row->naive_crps, money);
    put_number(self, row->crps_ratio, false);
    report_table_char(self->table, '\n');
    return status;
}

pc_status pc_report_skill_summary(const pc_skill *skill, const char *folder, pc_diagnostics *diagnostics)
{
    pc_skill_summary summary;
    writer self;
    pc_status status = pc_skill_summarise(skill, &summary);

    if (status != PC_OK) {
        return status;
    }
    status = writer_open(&self, folder, "skill_summary.csv", diagnostics);
    if (status == PC_OK) {
        report_table_text(self.table, summary_header);
        for (size_t r = 0; r < summary.n && status == PC_OK; r++) {
            status = put_summary(&self, skill, &summary.row[r]);
        }
        status = writer_close(&self, status, diagnostics);
    }
    pc_skill_summary_free(&summary);
    return status;
}
