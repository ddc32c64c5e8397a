#include "outcome/statistics.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

#include "base/memory.h"
#include "outcome/money.h"

/* All months and years of one measure and category. */
static void take_row(const grid *shape, const tally *from, pc_measure measure, size_t category,
                     uint64_t *scratch, size_t la, pc_forecast *out)
{
    double unit = pc_measure_is_money(measure) ? 100.0 : 1.0;
    size_t n_row = shape->n_category + 1;

    for (size_t month = 0; month < shape->n_month; month++) {
        tally_statistics(from, grid_monthly(shape, measure, category, month), unit, scratch,
                         pc_forecast_monthly(out, la, measure, category, month));
    }
    for (size_t year = 0; year < shape->n_year; year++) {
        size_t cell = grid_annual(shape, measure, category, year);

        tally_statistics(from, cell, unit, scratch, pc_forecast_annual(out, la, measure, category, year));
        if (measure == PC_MEASURE_PLACE_DAYS) {
            tally_statistics(from, cell, shape->year_days[year], scratch,
                             &out->children_average[(la * n_row + category) * shape->n_year + year]);
        }
    }
}

static void take_treated(const grid *shape, const tally *from, size_t row, uint64_t *scratch, size_t la,
                         pc_forecast *out)
{
    size_t n_row = shape->n_intervention * 2;

    for (size_t month = 0; month < shape->n_month; month++) {
        tally_statistics(from, shape->treated_at + row * shape->n_month + month, 1.0, scratch,
                         &out->treated_monthly[(la * n_row + row) * shape->n_month + month]);
    }
    for (size_t year = 0; year < shape->n_year; year++) {
        tally_statistics(from, shape->treated_annual_at + row * shape->n_year + year, 1.0, scratch,
                         &out->treated_annual[(la * n_row + row) * shape->n_year + year]);
    }
}

static double unit_of(pc_money_kind kind)
{
    return kind == PC_MONEY_DEAREST_SHARE ? MONEY_SHARE_UNIT : kind == PC_MONEY_PROCESS_EVENTS ? 1.0 : 100.0;
}

/* The ten dearest placements of each authority are not the ten dearest of all. */
static bool is_unknown(const pc_forecast *forecast, size_t la, size_t row)
{
    return forecast->several && la + 1 == forecast->n_la &&
           (forecast->money_row[row].kind == PC_MONEY_DEAREST ||
            forecast->money_row[row].kind == PC_MONEY_DEAREST_SHARE);
}

pc_status statistics_take(const grid *shape, const tally *from, int threads, size_t la, pc_forecast *out)
{
    size_t n_row = shape->n_category + 1;
    int failed = 0;

#pragma omp parallel num_threads(threads > 0 ? threads : omp_get_max_threads())
    {
        uint64_t *scratch = pc_new(2 * from->replicates, sizeof *scratch);

        if (scratch == NULL) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t at = 0; at < PC_N_MEASURE * n_row; at++) {
            if (scratch != NULL && shape->has[at / n_row]) {
                take_row(shape, from, (pc_measure)(at / n_row), at % n_row, scratch, la, out);
            }
        }
#pragma omp for schedule(static)
        for (size_t at = 0; at < PC_N_EXIT_CAUSE * shape->n_month; at++) {
            if (scratch != NULL) {
                tally_statistics(from, shape->exits_at + at, 1.0, scratch,
                                 &out->exits[la * PC_N_EXIT_CAUSE * shape->n_month + at]);
            }
        }
#pragma omp for schedule(static)
        for (size_t row = 0; row < shape->n_intervention * 2; row++) {
            if (scratch != NULL) {
                take_treated(shape, from, row, scratch, la, out);
            }
        }
#pragma omp for schedule(static)
        for (size_t at = 0; at < out->n_money_row * shape->n_year; at++) {
            if (scratch != NULL && shape->n_row > 0 && !is_unknown(out, la, at / shape->n_year)) {
                tally_statistics(from, shape->row_at + at, unit_of(out->money_row[at / shape->n_year].kind),
                                 scratch, &out->money[la * out->n_money_row * shape->n_year + at]);
            }
        }
        free(scratch);
    }
    return failed ? PC_ERR_NO_MEMORY : PC_OK;
}

void statistics_unknown(pc_statistics *out)
{
    *out = (pc_statistics){.mean = (double)NAN, .sd = (double)NAN};
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        out->quantile[q] = (double)NAN;
    }
}
