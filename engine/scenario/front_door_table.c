/* front_door.csv: published figures of the front door, and the stages that they make. Method:
 * docs/workforce.md. */
#include "scenario/front_door_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "scenario/price_rows.h"

enum { YEAR, STAGE, MEASURE, FIGURE, N_COLUMN };

static const price_column columns[N_COLUMN] = {[YEAR] = {"YEAR", true, false, NULL},
                                               [STAGE] = {"STAGE", true, false, NULL},
                                               [MEASURE] = {"MEASURE", true, false, NULL},
                                               [FIGURE] = {"FIGURE", true, false, NULL}};

enum { NEW, ENDED, OPEN, RETURNS, STAY_DAYS, N_MEASURE };
static const char *const measure_name[N_MEASURE] = {"new", "ended", "open", "returns", "stay_days"};

/* The first and last year that a table may speak of. */
enum { FIRST_YEAR = 1990, N_YEAR = 210 };
/* Decisions on contacts and referrals are due within one working day (Working together to safeguard
 * children), so they need no figure of how many are open. */
#define DECIDED_DAYS 1.0
/* A year's spread needs as many figures of new cases: one more than its changes. */
enum { LEAST_FOR_SPREAD = 4 };

typedef struct door_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    pc_workforce *out;
    double (*figure)[N_MEASURE][N_YEAR]; /* [PC_N_STAGE]; NaN: none */
    size_t n_row, n_kept_back;
} door_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static bool is_mark(const char *text)
{
    static const char *const marks[] = {"", "c", "x", "k", "z", "u", "..", ".", ":", "NA", "low"};

    for (size_t at = 0; at < sizeof marks / sizeof marks[0]; at++) {
        if (strcmp(text, marks[at]) == 0) {
            return true;
        }
    }
    return false;
}

static int word_of(const char *text, const char *(*name)(int), int n)
{
    for (int at = 0; at < n; at++) {
        if (strcmp(text, name(at)) == 0) {
            return at;
        }
    }
    return -1;
}

static const char *stage_word(int at)
{
    return pc_case_kind_name((pc_case_kind)at);
}

static const char *measure_word(int at)
{
    return measure_name[at];
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    door_reader *self = context;
    price_table *table = &self->table;
    const char *stage = price_field(table, field, STAGE), *measure = price_field(table, field, MEASURE);
    int s = word_of(stage, stage_word, PC_N_STAGE), m = word_of(measure, measure_word, N_MEASURE), year = 0;
    bool ok = price_year(table, row, field, YEAR, &year), mark = is_mark(price_field(table, field, FIGURE));
    double figure = (double)NAN, *to;

    if (s < 0) {
        price_wrong(table, row, STAGE,
                    "found %.60s, expected contacts, referrals, assessments, "
                    "children_in_need, protection_plans or court_work",
                    stage[0] == '\0' ? "nothing" : stage);
    }
    if (m < 0) {
        price_wrong(table, row, MEASURE, "found %.60s, expected new, ended, open, returns or stay_days",
                    measure[0] == '\0' ? "nothing" : measure);
    }
    ok = (mark || price_number(table, row, field, FIGURE, 0.0, 1e7,
                               ", or a mark (c, x, k, z, u, `:`) for a figure kept back", &figure)) &&
         ok && s >= 0 && m >= 0;
    if (ok && (year < FIRST_YEAR || year >= FIRST_YEAR + N_YEAR)) {
        price_wrong(table, row, YEAR, "found a year far from now, expected one from 1990/91 on");
        ok = false;
    }
    if (!ok) {
        return PC_OK;
    }
    self->n_row++;
    self->n_kept_back += mark;
    to = &self->figure[s][m][year - FIRST_YEAR];
    if (!mark && isfinite(*to)) {
        price_wrong(table, row, FIGURE, "found %s of %s in that year again, expected it once", measure,
                    stage);
    } else if (!mark) {
        *to = figure;
    }
    return PC_OK;
}

/* The last year with new cases; -1: none. */
static int last_known(const door_reader *self, int stage)
{
    int year = N_YEAR - 1;

    while (year >= 0 && !isfinite(self->figure[stage][NEW][year])) {
        year--;
    }
    return year;
}

/* Good and bad years: half the variance of the yearly changes of the logarithm. */
static double spread_of(const door_reader *self, int stage, int last)
{
    double sum = 0.0, squares = 0.0, n = 0.0;

    for (int year = 1; year <= last; year++) {
        double before = self->figure[stage][NEW][year - 1], now = self->figure[stage][NEW][year];

        if (before > 0.0 && now > 0.0) {
            double change = log(now / before);

            sum += change;
            squares += change * change;
            n += 1.0;
        }
    }
    return n + 1.0 < LEAST_FOR_SPREAD ? 0.0
                                      : fmin(sqrt(fmax(squares - sum * sum / n, 0.0) / (n - 1.0) / 2.0), 2.0);
}

/* Mean stay: as given; or, by Little's law, open cases over the cases that pass in a year. NaN: not known. */
static double stay_of(const door_reader *self, int stage, int year, double open)
{
    double given = self->figure[stage][STAY_DAYS][year], fresh = self->figure[stage][NEW][year];
    double ended = self->figure[stage][ENDED][year];
    double passing = isfinite(ended) ? (fresh + ended) / 2.0 : fresh;

    if (isfinite(given)) {
        return given;
    }
    if (!isfinite(open)) {
        return stage <= PC_CASE_REFERRALS ? DECIDED_DAYS : (double)NAN;
    }
    return passing > 0.0 ? 365.25 * open / passing : (double)NAN;
}

static pc_status add_stage(door_reader *self, int stage, int year)
{
    pc_workforce *out = self->out;
    size_t capacity = out->n_stage;
    double fresh = self->figure[stage][NEW][year], open = self->figure[stage][OPEN][year];
    double plans = self->figure[PC_CASE_PROTECTION_PLANS][OPEN][year], spread, stay;
    double returns = self->figure[stage][RETURNS][year];
    pc_place place = {.file = self->table.file};
    char name[PC_DAY_TEXT_SIZE], days[PC_NUMBER_TEXT_SIZE];

    pc_financial_year_format(FIRST_YEAR + year, name);
    /* Children with a plan are children in need as published; here a child counts in one stage. */
    if (stage == PC_CASE_CHILDREN_IN_NEED && isfinite(plans)) {
        open = fmax(open - plans, 0.0);
    }
    stay = stay_of(self, stage, year, open);
    if (!(stay >= 0.0 && stay <= 10000.0) || !(returns <= 0.95 * fresh || !isfinite(returns))) {
        pc_diagnostics_add(self->table.diagnostics, PC_WARNING, place, "%s of %s are left out: %s",
                           stage_word(stage), name,
                           returns > 0.95 * fresh ? "more of them return than the stage can have"
                                                  : "neither the open ones nor stay_days are known");
        return PC_OK;
    }
    if (pc_grow(&out->stage, &capacity, out->n_stage + 1, sizeof *out->stage) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    spread = spread_of(self, stage, year);
    out->stage[out->n_stage] =
        (pc_stage){.kind = (pc_case_kind)stage,
                   .from = (int)out->n_stage - 1,
                   .has_volume = true,
                   .volume = {fresh, fresh, fresh},
                   .year_spread = spread,
                   .returns = isfinite(returns) && fresh > 0.0 ? returns / fresh : 0.0,
                   .returns_months = 12.0,
                   .open = open,
                   .stay = {.days = stay, .spread = stage <= PC_CASE_REFERRALS ? 0.0 : 1.0},
                   .file = pc_copy_text(self->table.file)};
    if (out->stage[out->n_stage++].file == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    pc_diagnostics_add(
        self->table.diagnostics, PC_ASSUMPTION, place,
        "%s: %.0f new in %s as published, %.0f%% of them returns, %s days on average, good and "
        "bad years of %.0f%%%s",
        stage_word(stage), fresh, name, 100.0 * out->stage[out->n_stage - 1].returns,
        pc_number_format(stay, 1, days), 100.0 * spread,
        stage == PC_CASE_CHILDREN_IN_NEED && isfinite(plans)
            ? "; those with a plan are taken off the open ones"
            : "");
    return PC_OK;
}

static pc_status make_stages(door_reader *self)
{
    pc_status status = PC_OK;

    for (int stage = 0; stage < PC_N_STAGE && status == PC_OK; stage++) {
        int year = last_known(self, stage);

        status = year < 0 ? PC_OK : add_stage(self, stage, year);
    }
    if (self->n_kept_back > 0) {
        pc_diagnostics_add(self->table.diagnostics, PC_ASSUMPTION, (pc_place){.file = self->table.file},
                           "%zu of %zu figures are kept back or not known: nothing stands in for them",
                           self->n_kept_back, self->n_row);
    }
    if (status == PC_OK && self->out->n_stage == 0) {
        pc_diagnostics_add(
            self->table.diagnostics, PC_ERROR, (pc_place){.file = self->table.file},
            "no stage of it can be followed, expected for one at least the new cases of a year "
            "and those open or stay_days");
        status = PC_ERR_INPUT;
    }
    return status;
}

pc_status workforce_read_front_door(const char *path, pc_workforce *out, pc_diagnostics *diagnostics)
{
    door_reader self = {
        .table = {.file = path, .diagnostics = diagnostics, .column = columns, .n_column = N_COLUMN},
        .out = out};
    pc_status status;

    self.figure = pc_new(PC_N_STAGE, sizeof *self.figure);
    if (self.figure == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < (size_t)PC_N_STAGE * N_MEASURE * N_YEAR; at++) {
        (&self.figure[0][0][0])[at] = (double)NAN;
    }
    status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    status = status == PC_OK && self.table.n_error > 0 ? PC_ERR_INPUT : status;
    status = status == PC_OK ? make_stages(&self) : status;
    free(self.figure);
    return status;
}
