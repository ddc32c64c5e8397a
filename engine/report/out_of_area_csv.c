/* out_of_area.csv - place-days and average children out of area, by financial year: share x forecast.
 * Columns: docs/outputs.md. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "placecast/report.h"
#include "report/table_line.h"

enum { DECIMALS = 6 };

typedef struct writer {
    report_table *table;
    const pc_forecast *forecast;
    const pc_out_of_area *shares;
} writer;

/* `all` has one share only when all categories have the same. */
static double share_of(const writer *self, size_t category, pc_out_of_area_definition definition, int year)
{
    const pc_forecast *forecast = self->forecast;
    double share = pc_out_of_area_share(
        self->shares, forecast->category[category < forecast->n_category ? category : 0], definition, year);

    for (size_t c = 1; category == forecast->n_category && c < forecast->n_category; c++) {
        double other = pc_out_of_area_share(self->shares, forecast->category[c], definition, year);

        share = other < share || other > share || isnan(other) ? (double)NAN : share;
    }
    return share;
}

/* Quantiles of a sum are not sums of quantiles: with several shares only the mean of `all` is known. */
static pc_statistics out_of_area(const writer *self, const pc_statistics *by_category, size_t stride,
                                 size_t category, pc_out_of_area_definition definition, int year)
{
    const pc_forecast *forecast = self->forecast;
    double share = share_of(self, category, definition, year), sum = 0.0;
    pc_statistics value = by_category[category * stride];

    value.mean *= share;
    value.sd *= share;
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        value.quantile[q] *= share;
    }
    for (size_t c = 0; category == forecast->n_category && isnan(share) && c < forecast->n_category; c++) {
        double own = share_of(self, c, definition, year);

        sum += isnan(own) ? 0.0 : own * by_category[c * stride].mean;
        value.mean = sum;
    }
    return value;
}

static void put_row(const writer *self, const char *const *key, size_t n_key, const pc_statistics *value,
                    double share)
{
    for (size_t k = 0; k < n_key; k++) {
        report_table_text(self->table, key[k]);
        report_table_char(self->table, ',');
    }
    report_table_number(self->table, value->mean, DECIMALS, 1);
    report_table_char(self->table, ',');
    report_table_number(self->table, value->sd, DECIMALS, 1);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        report_table_char(self->table, ',');
        report_table_number(self->table, value->quantile[q], DECIMALS, 1);
    }
    report_table_char(self->table, ',');
    report_table_number(self->table, share, DECIMALS, 1);
    report_table_char(self->table, '\n');
}

/* All rows of one authority, year and definition. `field` are its beginnings, quoted; the last three are
 * filled here. */
static pc_status put_block(const writer *self, size_t la, size_t year, pc_out_of_area_definition definition,
                           const char **key, size_t n_key)
{
    static const char *const measure[2] = {"place_days", "children_average"};
    const pc_forecast *forecast = self->forecast;
    int financial = forecast->year[year].year;

    for (int m = 0; m < 2; m++) {
        const pc_statistics *value =
            m == 0 ? pc_forecast_annual(forecast, la, PC_MEASURE_PLACE_DAYS, 0, year)
                   : &forecast->children_average[la * (forecast->n_category + 1) * forecast->n_year + year];

        for (size_t category = 0; category <= forecast->n_category; category++) {
            bool all = category == forecast->n_category;
            double share = share_of(self, category, definition, financial);
            char *field;
            pc_statistics row;

            if (!all && isnan(share)) {
                continue; /* not known: check has said so */
            }
            field = report_field(all ? "all" : forecast->category[category]);
            if (field == NULL) {
                return PC_ERR_NO_MEMORY;
            }
            row = out_of_area(self, value, forecast->n_year, category, definition, financial);
            key[n_key - 2] = measure[m];
            key[n_key - 1] = field;
            put_row(self, key, n_key, &row, share);
            free(field);
        }
    }
    return PC_OK;
}

static pc_status put_authority(const writer *self, size_t la, const char *scenario, const char *name)
{
    const pc_forecast *forecast = self->forecast;
    pc_status status = PC_OK;

    for (size_t year = 0; year < forecast->n_year; year++) {
        for (unsigned d = 0; d < PC_N_OUT_OF_AREA && status == PC_OK; d++) {
            pc_out_of_area_definition definition = (pc_out_of_area_definition)d;
            const char *key[6];
            char text[PC_DAY_TEXT_SIZE];
            size_t n = 0;

            if (!pc_out_of_area_has(self->shares, definition)) {
                continue;
            }
            key[n++] = scenario;
            if (forecast->several) {
                key[n++] = name;
            }
            key[n++] = pc_financial_year_format(forecast->year[year].year, text);
            key[n++] = pc_out_of_area_name(definition);
            status = put_block(self, la, year, definition, key, n + 2);
        }
    }
    return status;
}

static pc_status put_all(const writer *self)
{
    const pc_forecast *forecast = self->forecast;
    char *scenario = report_field(forecast->scenario);
    pc_status status = scenario == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t la = 0; la < forecast->n_la && status == PC_OK; la++) {
        char *name = report_field(forecast->la[la]);

        status = name == NULL ? PC_ERR_NO_MEMORY : put_authority(self, la, scenario, name);
        free(name);
    }
    free(scenario);
    return status;
}

pc_status pc_report_out_of_area(size_t n, const pc_forecast *forecast, const pc_out_of_area *const *shares,
                                const char *folder, pc_diagnostics *diagnostics)
{
    writer self = {0};
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, "out_of_area.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    self.table = pc_new(1, sizeof *self.table);
    if (self.table == NULL) {
        pc_out_abandon(&file);
        return PC_ERR_NO_MEMORY;
    }
    self.table->stream = file.stream;
    self.table->n = 0;
    report_table_text(self.table, forecast->several ? "scenario,la," : "scenario,");
    report_table_text(self.table, "year,definition,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,"
                                  "p975,share\n");
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        self.forecast = &forecast[at];
        self.shares = shares[at];
        status = put_all(&self);
    }
    report_table_flush(self.table);
    free(self.table);
    if (status == PC_OK) {
        return pc_out_commit(&file, diagnostics);
    }
    pc_out_abandon(&file);
    return status;
}
