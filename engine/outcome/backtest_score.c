/* How well a forecast did, and many of them together. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/backtest.h"

double backtest_pinball(double level, double quantile, double actual)
{
    return (actual - quantile) * (level - (actual < quantile ? 1.0 : 0.0));
}

double backtest_mean_pinball(const double quantile[PC_N_QUANTILE], double actual)
{
    double sum = 0;

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        sum += backtest_pinball(pc_quantile_level[q], quantile[q], actual);
    }
    return sum / PC_N_QUANTILE;
}

/* Continuous ranked probability score: 2 x the integral of the pinball loss over all levels (Gneiting and
 * Raftery 2007, section 4.2). Nine levels stand for all: each for the stretch to the middle between it and
 * its neighbours, the outermost to 0 and 1. */
double backtest_crps(const double quantile[PC_N_QUANTILE], double actual)
{
    double sum = 0, from = 0;

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        double to = q + 1 < PC_N_QUANTILE ? (pc_quantile_level[q] + pc_quantile_level[q + 1]) / 2.0 : 1.0;

        sum += (to - from) * backtest_pinball(pc_quantile_level[q], quantile[q], actual);
        from = to;
    }
    return 2.0 * sum;
}

void backtest_normal(double mean, double sd, double quantile[PC_N_QUANTILE])
{
    /* Standard normal quantiles of pc_quantile_level. */
    static const double z[PC_N_QUANTILE] = {
        -1.959963984540054, -1.6448536269514722, -1.2815515655446004, -0.6744897501960817, 0.0,
        0.6744897501960817, 1.2815515655446004,  1.6448536269514722,  1.959963984540054};

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        quantile[q] = mean + sd * z[q] > 0 ? mean + sd * z[q] : 0;
    }
}

enum { MEDIAN = 4 };

void backtest_score(pc_skill_row *row, double naive_spread)
{
    double rival[PC_N_QUANTILE];

    backtest_normal(row->naive, naive_spread, rival);
    row->abs_error = fabs(row->forecast.quantile[MEDIAN] - row->actual);
    row->naive_abs_error = fabs(row->naive - row->actual);
    row->pinball = backtest_mean_pinball(row->forecast.quantile, row->actual);
    row->crps = backtest_crps(row->forecast.quantile, row->actual);
    row->naive_crps = backtest_crps(rival, row->actual);
}

/* ---- many forecasts together ---- */

static const struct {
    double from;
    const char *name;
} bands[PC_N_SIZE_BAND] = {{0, "0-19"},      {20, "20-199"}, {200, "200-399"},
                           {400, "400-699"}, {700, "700+"},  {(double)INFINITY, "all"}};

const char *pc_size_band_name(pc_size_band band)
{
    return (unsigned)band < PC_N_SIZE_BAND ? bands[band].name : "";
}

pc_size_band pc_size_band_of(double children)
{
    pc_size_band band = PC_SIZE_UNDER_20;

    while (band + 1 < PC_SIZE_ALL && children >= bands[band + 1].from) {
        band++;
    }
    return band;
}

static bool is_sum(const pc_skill *self, const pc_skill_row *row)
{
    return self->n_la > 1 && row->la + 1 == self->n_la;
}

static bool holds(const pc_skill_row *row, size_t cover)
{
    static const size_t low[PC_N_COVER] = {3, 2, 1, 0}; /* p25, p10, p05, p025 */

    return row->forecast.quantile[low[cover]] <= row->actual &&
           row->actual <= row->forecast.quantile[PC_N_QUANTILE - 1 - low[cover]];
}

static void add(pc_skill_summary_row *to, const pc_skill_row *row)
{
    to->n++;
    to->mae += row->abs_error;
    to->naive_mae += row->naive_abs_error;
    to->line_mae += fabs(row->line - row->actual);
    to->bias += row->forecast.quantile[MEDIAN] - row->actual;
    to->pinball += row->pinball;
    to->crps += row->crps;
    to->naive_crps += row->naive_crps;
    for (size_t cover = 0; cover < PC_N_COVER; cover++) {
        to->held[cover] += holds(row, cover);
    }
    if (row->actual > 0) {
        to->n_percent++;
        to->mape += row->abs_error / row->actual;
        to->naive_mape += row->naive_abs_error / row->actual;
        to->line_mape += fabs(row->line - row->actual) / row->actual;
    }
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

/* From sums to means. */
static void finish(pc_skill_summary_row *row)
{
    double *const mean[] = {&row->mae,     &row->naive_mae, &row->line_mae,  &row->bias,
                            &row->pinball, &row->crps,      &row->naive_crps};
    double *const percent[] = {&row->mape, &row->naive_mape, &row->line_mape};

    row->mae_ratio = ratio(row->mae, row->naive_mae);
    row->crps_ratio = ratio(row->crps, row->naive_crps);
    for (size_t at = 0; at < sizeof mean / sizeof mean[0]; at++) {
        *mean[at] /= (double)row->n;
    }
    for (size_t at = 0; at < sizeof percent / sizeof percent[0]; at++) {
        *percent[at] = ratio(*percent[at], (double)row->n_percent);
    }
    for (size_t cover = 0; cover < PC_N_COVER; cover++) {
        row->held[cover] /= (double)row->n;
    }
}

static int by_group(const void *left, const void *right)
{
    const pc_skill_summary_row *a = left, *b = right;

    if (a->horizon != b->horizon) {
        return a->horizon < b->horizon ? -1 : 1;
    }
    if (a->measure != b->measure) {
        return a->measure < b->measure ? -1 : 1;
    }
    if (a->category != b->category) {
        return a->category < b->category ? -1 : 1;
    }
    return a->band < b->band ? -1 : a->band > b->band;
}

/* Two keys for each forecast: its own size band and all. */
static size_t list_groups(const pc_skill *self, pc_skill_summary_row *group)
{
    size_t n = 0, unique = 0;

    for (size_t r = 0; r < self->n; r++) {
        const pc_skill_row *row = &self->row[r];

        if (!is_sum(self, row)) {
            group[n++] = (pc_skill_summary_row){.horizon = row->horizon,
                                                .measure = row->measure,
                                                .category = row->category,
                                                .band = pc_size_band_of(row->size)};
            group[n] = group[n - 1];
            group[n++].band = PC_SIZE_ALL;
        }
    }
    if (n > 0) {
        qsort(group, n, sizeof *group, by_group);
    }
    for (size_t g = 0; g < n; g++) {
        if (unique == 0 || by_group(&group[unique - 1], &group[g]) != 0) {
            group[unique++] = group[g];
        }
    }
    return unique;
}

pc_status pc_skill_summarise(const pc_skill *self, pc_skill_summary *out)
{
    memset(out, 0, sizeof *out);
    out->row = pc_new_zero(2 * self->n, sizeof *out->row);
    if (out->row == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n = list_groups(self, out->row);
    for (size_t r = 0; r < self->n; r++) {
        const pc_skill_row *row = &self->row[r];
        pc_skill_summary_row key = {.horizon = row->horizon,
                                    .measure = row->measure,
                                    .category = row->category,
                                    .band = pc_size_band_of(row->size)};

        if (is_sum(self, row)) {
            continue;
        }
        add(bsearch(&key, out->row, out->n, sizeof key, by_group), row);
        key.band = PC_SIZE_ALL;
        add(bsearch(&key, out->row, out->n, sizeof key, by_group), row);
    }
    for (size_t g = 0; g < out->n; g++) {
        finish(&out->row[g]);
    }
    return PC_OK;
}

void pc_skill_summary_free(pc_skill_summary *self)
{
    if (self != NULL) {
        free(self->row);
        memset(self, 0, sizeof *self);
    }
}

pc_skill_headline pc_skill_headline_of(const pc_skill *self)
{
    pc_skill_summary_row all = {0};
    pc_skill_headline out = {.mape = (double)NAN, .naive_mape = (double)NAN};

    for (size_t r = 0; r < self->n; r++) {
        const pc_skill_row *row = &self->row[r];

        if (row->horizon == 12 && row->measure == PC_MEASURE_CHILDREN && row->category == self->n_category &&
            !is_sum(self, row)) {
            add(&all, row);
            out.held_80 += holds(row, PC_COVER_80);
        }
    }
    if (all.n > 0) {
        finish(&all);
        out.n = all.n;
        out.mape = all.mape;
        out.naive_mape = all.naive_mape;
    }
    return out;
}
