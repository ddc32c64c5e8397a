/* half_life.c - how old events are weighed: each year's counts forecast from the years before it.
 *
 * 1. Events and child-years by month, stream and age: starts, exits, moves, from the first return on.
 * 2. For each whole year with at least one before it, and each half-life: the rate of each cell is
 *    Gamma(0.5 + weighted events, weighted child-years) from at most three years before; the year's count is
 *    negative binomial. Its logarithm is added up over cells and years: a half-life that throws evidence away
 *    pays for it by a wider forecast.
 * 3. The best one is taken if it beats no half-life by 3 (a Bayes factor of 20: strong evidence; Kass and
 *    Raftery 1995), else none.
 */
#include "estimate/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const double pc_half_life_months[PC_N_HALF_LIFE] = {0.0, 36.0, 24.0, 12.0, 6.0};

enum { YEAR = 12, TRAIN_MONTHS = 36, MOST_MONTHS = 240, FEWEST_YEARS = 3 };
enum { STARTS, EXITS, MOVES, N_KIND };
#define GAIN_ASKED 3.0
#define PRIOR_EVENTS 0.5 /* Jeffreys */
#define N_CELL ((size_t)PC_N_STREAM * PC_N_AGE_BAND)

typedef struct monthly {
    int first; /* month */
    size_t n;
    double *events,
        *years; /* [n][N_KIND][N_CELL]; years of exits and moves are child-years, of starts time */
} monthly;

static size_t place(size_t month, int kind, size_t cell)
{
    return (month * N_KIND + (size_t)kind) * N_CELL + cell;
}

static size_t cell_on(const pc_child_record *child, pc_day day)
{
    size_t band = 0;

    while (band + 1 < PC_N_AGE_BAND && day >= pc_birthday(child->birth, pc_age_band_first_year[band + 1])) {
        band++;
    }
    return child->stream * PC_N_AGE_BAND + band;
}

static void add_event(monthly *self, int kind, const pc_child_record *child, pc_day day)
{
    int month = pc_month_of_day(day) - self->first;

    if (month >= 0 && (size_t)month < self->n) {
        self->events[place((size_t)month, kind, cell_on(child, day))] += 1.0;
    }
}

static void add_years(monthly *self, const pc_child_record *child, pc_day from, pc_day end)
{
    while (from < end) {
        int month = pc_month_of_day(from);
        pc_day next = pc_month_first_day(month + 1) < end ? pc_month_first_day(month + 1) : end;
        double years = (double)(next - from) / PC_DAYS_PER_YEAR;
        size_t cell = cell_on(child, from);

        self->years[place((size_t)(month - self->first), EXITS, cell)] += years;
        self->years[place((size_t)(month - self->first), MOVES, cell)] += years;
        from = next;
    }
}

static void count_row(monthly *self, const pc_episode *row, const pc_episode *next,
                      const pc_child_record *child)
{
    pc_day adult = pc_birthday(child->birth, PC_N_AGE_YEAR);
    pc_day first = pc_month_first_day(self->first), last = pc_month_first_day(self->first + (int)self->n);
    pc_day from = row->start > first ? row->start : first, end = row->end < adult ? row->end : adult;

    add_years(self, child, from, end < last ? end : last);
    if (row->transition == PC_TRANSITION_START && row->start < adult) {
        add_event(self, STARTS, child, row->start);
    }
    if (row->end == PC_DAY_OPEN || row->end >= adult) {
        return;
    }
    if (row->exit_cause < PC_N_EXIT_HAZARD) {
        add_event(self, EXITS, child, row->end);
    } else if (next != NULL && next->transition == PC_TRANSITION_MOVE) {
        add_event(self, MOVES, child, row->end);
    }
}

static void count_all(monthly *self, const pc_episodes *episodes, const pc_fit_options *options)
{
    for (size_t r = 0; r < episodes->n; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_child_record *child = &episodes->child[row->child];
        const pc_episode *next =
            r + 1 < episodes->n && episodes->row[r + 1].child == row->child ? row + 1 : NULL;

        if (child->birth != PC_DAY_NONE &&
            estimate_wanted(options, pc_names_text(&episodes->la, child->la))) {
            count_row(self, row, next, child);
        }
    }
    for (size_t month = 0; month < self->n; month++) {
        for (size_t cell = 0; cell < N_CELL; cell++) {
            self->years[place(month, STARTS, cell)] = 1.0 / YEAR;
        }
    }
}

/* ln P(count) when its rate is Gamma(shape, years seen). */
static double log_chance(double count, double years, double shape, double seen)
{
    return estimate_log_rising(shape, count) - estimate_log_rising(1.0, count) +
           shape * log(seen / (seen + years)) + (count > 0.0 ? count * log(years / (seen + years)) : 0.0);
}

/* ln P of the twelve months from `origin` on, from those before it. */
static double score_year(const monthly *self, size_t origin, double half_life)
{
    size_t first = origin > TRAIN_MONTHS ? origin - TRAIN_MONTHS : 0;
    double sum = 0.0;

    for (size_t at = 0; at < N_KIND * N_CELL; at++) {
        double shape = PRIOR_EVENTS, seen = 0.0, count = 0.0, years = 0.0;

        for (size_t month = first; month < origin; month++) {
            double age = (double)(origin - month) - 0.5;
            double weight = half_life > 0.0 ? exp2(-age / half_life) : 1.0;

            shape += weight * self->events[month * N_KIND * N_CELL + at];
            seen += weight * self->years[month * N_KIND * N_CELL + at];
        }
        for (size_t month = origin; month < origin + YEAR; month++) {
            count += self->events[month * N_KIND * N_CELL + at];
            years += self->years[month * N_KIND * N_CELL + at];
        }
        if (seen > 0.0 && years > 0.0) {
            sum += log_chance(count, years, shape, seen);
        }
    }
    return sum;
}

static void choose(const monthly *self, pc_half_life *out)
{
    size_t best = 0;

    out->n_year = (int)(self->n / YEAR) - 1;
    for (size_t at = 0; at < PC_N_HALF_LIFE; at++) {
        out->log_score[at] = 0.0;
        for (size_t back = 1; back <= (size_t)out->n_year; back++) {
            out->log_score[at] += score_year(self, self->n - back * YEAR, pc_half_life_months[at]);
        }
        best = out->log_score[at] > out->log_score[best] ? at : best;
    }
    best = out->log_score[best] > out->log_score[0] + GAIN_ASKED ? best : 0;
    out->months = pc_half_life_months[best];
}

/* Before an authority's first return only those who stayed are known: the latest of the first days. */
static pc_day covered_from(const pc_episodes *episodes, const pc_fit_options *options, pc_day otherwise)
{
    pc_day from = episodes->covered_from != PC_DAY_NONE ? episodes->covered_from : otherwise;

    for (uint32_t la = 0; episodes->la_from != NULL && la < episodes->la.n; la++) {
        if (episodes->la_from[la] != PC_DAY_NONE && episodes->la_from[la] > from &&
            estimate_wanted(options, pc_names_text(&episodes->la, la))) {
            from = episodes->la_from[la];
        }
    }
    return from;
}

pc_status estimate_half_life(const pc_episodes *episodes, const pc_fit_options *options,
                             const estimate_window *window, pc_half_life *out, pc_diagnostics *diagnostics)
{
    pc_day from = covered_from(episodes, options, window->from);
    int end = pc_month_of_day(window->to + 1), first = pc_month_of_day(from - 1) + 1; /* whole months */
    monthly self = {.first = first};
    double *memory;

    memset(out, 0, sizeof *out);
    if (end - first < FEWEST_YEARS * YEAR) {
        return PC_OK; /* too short to tell: no half-life */
    }
    self.first = end - first > MOST_MONTHS ? end - MOST_MONTHS : first;
    self.n = (size_t)(end - self.first);
    memory = pc_new_zero(2 * self.n * N_KIND * N_CELL, sizeof *memory);
    if (memory == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self.events = memory;
    self.years = memory + self.n * N_KIND * N_CELL;
    count_all(&self, episodes, options);
    choose(&self, out);
    free(memory);
    if (out->months > 0.0) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "the rates change: events weigh half as much for every %g months that they are "
                           "old, which forecast the last %d years better (fit.json)",
                           out->months, out->n_year);
    }
    return PC_OK;
}
