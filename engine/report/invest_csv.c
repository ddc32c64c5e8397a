/* invest_csv.c - invest_to_save.csv. Columns: docs/outputs.md. */
#include <math.h>
#include <stdlib.h>

#include "placecast/invest.h"
#include "report/forecast_writer.h"

/* Everything that a row begins with after its scenario. */
typedef struct row_key {
    char *against, *name, *funding; /* quoted */
    const char *basis;
} row_key;

static void put_key(forecast_writer *self, const row_key *key, const char *year, const char *measure)
{
    const char *const field[] = {key->name, key->against, key->basis};

    forecast_writer_key(self, 0, year, field[0], field[1]);
    report_table_char(self->table, ',');
    report_table_text(self->table, field[2]);
    report_table_char(self->table, ',');
    report_table_text(self->table, measure);
}

/* What stands on some rows only; NaN and no day: blank. */
static void put_end(forecast_writer *self, const pc_invest *of, const row_key *key, double p_paid_back,
                    pc_day payback, double break_even)
{
    char day[PC_DAY_TEXT_SIZE];

    report_table_char(self->table, ',');
    report_table_number(self->table, p_paid_back, FORECAST_MOST_DECIMALS, 1);
    report_table_char(self->table, ',');
    report_table_text(self->table, pc_day_format(payback, day));
    report_table_char(self->table, ',');
    report_table_number(self->table, break_even, FORECAST_MOST_DECIMALS, 1);
    report_table_char(self->table, ',');
    report_table_text(self->table, key->funding);
    report_table_char(self->table, ',');
    report_table_whole(self->table, of->replicates);
    report_table_char(self->table, '\n');
}

static void put_part(forecast_writer *self, const pc_invest *of, const pc_invest_part *part,
                     const row_key *key)
{
    for (size_t year = 0; year <= of->n_year; year++) {
        bool whole = year == of->n_year;
        char name[PC_DAY_TEXT_SIZE];

        for (int m = 0; m < PC_N_INVEST; m++) {
            pc_invest_measure measure = (pc_invest_measure)m;
            bool money = measure != PC_INVEST_AVOIDED, cumulative = measure == PC_INVEST_CUMULATIVE;

            if (whole && cumulative) {
                continue; /* that of the last year */
            }
            put_key(self, key, whole ? "all" : pc_financial_year_format(of->year[year].year, name),
                    pc_invest_measure_name(measure));
            forecast_writer_statistics(self, pc_invest_value(of, part, measure, year),
                                       money ? 2 : FORECAST_MOST_DECIMALS,
                                       money ? 2 : FORECAST_MOST_DECIMALS);
            put_end(self, of, key, !whole && cumulative ? part->p_paid_back[year] : (double)NAN, PC_DAY_NONE,
                    (double)NAN);
        }
    }
    put_key(self, key, "all", "net_present_value_gbp");
    forecast_writer_statistics(self, &part->npv, 2, 2);
    put_end(self, of, key, (double)NAN, part->payback, part->break_even);
}

static pc_status put_invest(forecast_writer *self, const pc_invest *of)
{
    pc_status status = PC_OK;

    for (size_t at = 0; of != NULL && at < of->n && status == PC_OK; at++) {
        const pc_invest_part *part = &of->part[at];
        row_key key = {.against = report_field(of->against),
                       .name = report_field(part->name),
                       .funding = report_field(part->funding),
                       .basis = part->stated ? "stated" : "bill"};

        status = key.against == NULL || key.name == NULL || key.funding == NULL
                     ? PC_ERR_NO_MEMORY
                     : forecast_writer_scenario(self, of->scenario);
        if (status == PC_OK) {
            put_part(self, of, part, &key);
        }
        free(key.against);
        free(key.name);
        free(key.funding);
    }
    return status;
}

pc_status pc_report_invest(const pc_comparison *comparison, const pc_alone *alone, const char *folder,
                           pc_diagnostics *diagnostics)
{
    const pc_forecast all_together = {0}; /* no column la: of all authorities */
    forecast_writer self;
    pc_status status = forecast_writer_open(&self, &all_together, folder, "invest_to_save.csv", diagnostics);

    if (status != PC_OK) {
        return status;
    }
    forecast_writer_header(&self, "year,intervention,against,basis,measure",
                           ",p_paid_back,payback,break_even,funding,replicates");
    for (size_t at = 0; at < comparison->n && status == PC_OK; at++) {
        status = put_invest(&self, alone[at].invest);
    }
    for (size_t at = 1; at < comparison->n && comparison->invest != NULL && status == PC_OK; at++) {
        status = put_invest(&self, &comparison->invest[at]);
    }
    if (status != PC_OK) {
        forecast_writer_abandon(&self);
        return status;
    }
    return forecast_writer_close(&self, diagnostics);
}

bool pc_report_has_invest(const pc_comparison *comparison, const pc_alone *alone)
{
    bool any = comparison->invest != NULL;

    for (size_t at = 0; at < comparison->n; at++) {
        any |= alone[at].invest != NULL;
    }
    return any;
}
