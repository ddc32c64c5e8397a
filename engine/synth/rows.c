/* rows.c - a life as episode rows: a new row wherever the placement, the legal status or both change.
 *
 * 1. place codes of each stay; 2. the course of legal statuses; 3. a change of carer status only (a foster
 * placement becomes long-term) and temporary absences, laid where nothing else happens; 4. rows between all
 * these days, with the reason for the new episode (RNE) from what changed; 5. the reason on the row that
 * ends.
 */
#include "synth/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define LONG_TERM_CHANCE 0.75
#define ABSENCES_PER_YEAR 0.06
#define LIST_CHANGE 20179 /* 2025-04-01 */

static const char *const temporary_code[] = {"T1", "T1", "T0", "T2", "T3", "T4"};
static const int temporary_days[] = {14, 5,  7,
                                     10, 14, 7}; /* longest; T4 at most 7, T3 at most 21, T1 at most 42 */

/* What happens inside one stay besides its start. */
typedef struct overlay {
    pc_day long_term;  /* PC_DAY_OPEN: never */
    pc_day away, back; /* temporary absence [away, back); PC_DAY_OPEN: none */
    const char *absence;
} overlay;

typedef struct builder {
    synth_rows *rows;
    const synth_population *population;
    const synth_period *period;
    const synth_stay *stay;     /* [period->n_stay] */
    synth_placement *placement; /* [period->n_stay] */
    overlay *over;              /* [period->n_stay] */
    synth_legal legal;
    pc_day birth, first_day;
} builder;

pc_status synth_rows_init(synth_rows *self)
{
    memset(self, 0, sizeof *self);
    self->rng = pc_gsl_rng_new(pc_random_key_make(0, 0), 0, PC_PURPOSE_SYNTH);
    return self->rng == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

void synth_rows_free(synth_rows *self)
{
    if (self != NULL) {
        if (self->rng != NULL) {
            gsl_rng_free(self->rng);
        }
        free(self->row);
        memset(self, 0, sizeof *self);
    }
}

static bool legal_change_within(const synth_legal *legal, pc_day from, pc_day to)
{
    for (size_t at = 0; at < legal->n; at++) {
        if (legal->day[at] >= from && legal->day[at] <= to) {
            return true;
        }
    }
    return false;
}

static const char *legal_on(const synth_legal *legal, pc_day day)
{
    const char *code = legal->code[0];

    for (size_t at = 1; at < legal->n && legal->day[at] <= day; at++) {
        code = legal->code[at];
    }
    return code;
}

/* The stay lasts until `end`, the horizon when it is open. Always the same number of draws, whatever comes of
 * them. */
static void choose_overlay(builder *self, size_t number, pc_day end)
{
    gsl_rng *rng = self->rows->rng;
    const synth_stay *stay = &self->stay[number];
    overlay *over = &self->over[number];
    double match = gsl_rng_uniform(rng), match_day = gsl_rng_uniform(rng), absent = gsl_rng_uniform(rng);
    double absent_day = gsl_rng_uniform(rng), absent_days = gsl_rng_uniform(rng);
    size_t kind = gsl_rng_uniform_int(rng, sizeof temporary_days / sizeof temporary_days[0]);
    pc_day day = stay->start + 250 + (pc_day)(match_day * 400);
    double years = (double)(end - stay->start) / PC_DAYS_PER_YEAR;

    *over = (overlay){PC_DAY_OPEN, PC_DAY_OPEN, PC_DAY_OPEN, temporary_code[kind]};
    if (synth_long_term_code(self->placement[number].place) != NULL && match < LONG_TERM_CHANCE &&
        day < end) {
        over->long_term = day;
    }
    if (stay->category != SYNTH_ADOPTION && stay->category != SYNTH_SECURE && stay->category != SYNTH_OTHER &&
        absent < -expm1(-ABSENCES_PER_YEAR * years)) {
        pc_day away = stay->start + 1 + (pc_day)(absent_day * (double)(end - stay->start));
        pc_day back = away + 1 + (pc_day)(absent_days * temporary_days[kind]);
        bool over_first = away < self->first_day && back >= self->first_day;
        /* H5 is K3 from the return of 2025/26 on: the place before and after would seem two */
        bool over_list = away < LIST_CHANGE && back >= LIST_CHANGE && stay->category == SYNTH_SUPPORTED;
        bool near_match = over->long_term >= away && over->long_term <= back;

        if (back < end && !over_first && !over_list && !near_match &&
            !legal_change_within(&self->legal, away, back)) {
            over->away = away;
            over->back = back;
        }
    }
}

static synth_row *add_row(builder *self, pc_day day, const char *reason_started,
                          const synth_placement *placement)
{
    synth_rows *rows = self->rows;
    synth_row *row;

    if (pc_grow(&rows->row, &rows->capacity, rows->n + 1, sizeof *rows->row) != PC_OK) {
        return NULL;
    }
    row = &rows->row[rows->n++];
    *row = (synth_row){.start = day,
                       .end = PC_DAY_OPEN,
                       .reason_started = reason_started,
                       .need = "",
                       .reason_ended = "",
                       .reason_change = "",
                       .placement = *placement};
    row->legal_status = legal_on(&self->legal, day);
    return row;
}

/* The first day after `day` on which a row of this stay begins, PC_DAY_OPEN when none. */
static pc_day next_change(const builder *self, const overlay *over, pc_day day)
{
    pc_day candidate[] = {over->long_term, over->away, over->back}, next = PC_DAY_OPEN;

    for (size_t at = 0; at < 3; at++) {
        next = candidate[at] > day && candidate[at] < next ? candidate[at] : next;
    }
    for (size_t at = 0; at < self->legal.n; at++) {
        next = self->legal.day[at] > day && self->legal.day[at] < next ? self->legal.day[at] : next;
    }
    return next;
}

static pc_status add_stay_rows(builder *self, size_t number)
{
    const synth_stay *stay = &self->stay[number];
    const overlay *over = &self->over[number];
    synth_placement now = self->placement[number];
    bool legal = number > 0 && legal_change_within(&self->legal, stay->start, stay->start);
    const char *reason = number == 0                              ? "S"
                         : stay->transition == PC_TRANSITION_MOVE ? legal ? "B" : "P"
                         : legal                                  ? "U"
                                                                  : "T";

    if (add_row(self, stay->start, reason, &now) == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (pc_day day = next_change(self, over, stay->start);
         day < stay->end && day < self->population->horizon; day = next_change(self, over, day)) {
        synth_placement shown;

        legal = legal_change_within(&self->legal, day, day);
        reason = legal ? "L" : "P"; /* P: away for a while, and back */
        if (day == over->long_term) {
            now.place = synth_long_term_code(now.place);
            reason = legal ? "U" : "T";
        }
        shown = now;
        if (day == over->away) {
            shown.place = over->absence;
            shown.provider = "";
        }
        if (add_row(self, day, reason, &shown) == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

static const char *reason_between(gsl_rng *rng, const synth_row *row, const synth_row *next)
{
    if (next->reason_started[0] == 'L') {
        return "";
    }
    if (next->reason_started[0] == 'T' || next->reason_started[0] == 'U') {
        return "PLACE";
    }
    if (row->placement.place[0] == 'T' || next->placement.place[0] == 'T') {
        return "OTHER"; /* away for a while, or back */
    }
    return synth_choose_change_reason(rng, next->placement.place);
}

/* Ends each row where the next begins, and says why there. */
static void close_rows(builder *self)
{
    synth_rows *rows = self->rows;
    const synth_period *period = self->period;
    const char *need = synth_choose_need(rows->rng, period->stream);

    for (size_t at = 0; at < rows->n; at++) {
        synth_row *row = &rows->row[at];
        const synth_row *next = at + 1 < rows->n ? &rows->row[at + 1] : NULL;

        row->need = need;
        if (next == NULL) {
            row->end = period->end;
            row->reason_ended = synth_choose_end_reason(
                rows->rng, period->cause, period->stream, self->stay[period->n_stay - 1].category,
                pc_age_years(self->birth, period->end == PC_DAY_OPEN ? row->start : period->end));
        } else {
            row->end = next->start;
            row->reason_ended = "X1";
            row->reason_change = reason_between(rows->rng, row, next);
        }
    }
}

static pc_status build(builder *self)
{
    const synth_period *period = self->period;
    gsl_rng *rng = self->rows->rng;
    pc_status status = PC_OK;

    self->rows->home_postcode = (uint32_t)gsl_rng_uniform_int(rng, 40000);
    for (size_t at = 0; at < period->n_stay; at++) {
        self->placement[at] = at > 0 ? self->placement[at - 1] : (synth_placement){0};
        synth_choose_place(rng, &self->stay[at], pc_age_years(self->birth, self->stay[at].start), at == 0,
                           &self->placement[at]);
    }
    synth_choose_legal(rng, period, self->stay, self->placement, pc_age_years(self->birth, period->start),
                       &self->legal);
    for (size_t at = 0; at < period->n_stay; at++) {
        pc_day end = self->stay[at].end;

        choose_overlay(self, at, end < self->population->horizon ? end : self->population->horizon);
    }
    for (size_t at = 0; status == PC_OK && at < period->n_stay; at++) {
        status = add_stay_rows(self, at);
    }
    if (status == PC_OK) {
        close_rows(self);
    }
    return status;
}

pc_status synth_rows_make(synth_rows *self, const synth_population *population, size_t number,
                          pc_random_key key, pc_day first_day)
{
    const synth_period *period = &population->period[number];
    builder make = {.rows = self, .population = population, .period = period, .first_day = first_day};
    pc_status status = PC_ERR_NO_MEMORY;

    self->n = 0;
    pc_gsl_rng_point(self->rng, key, SYNTH_ENTITY_ROWS + number, PC_PURPOSE_SYNTH);
    make.stay = &population->stay[period->first_stay];
    make.birth = population->person[period->person].birth;
    make.placement = pc_new(period->n_stay, sizeof *make.placement);
    make.over = pc_new(period->n_stay, sizeof *make.over);
    if (make.placement != NULL && make.over != NULL) {
        status = build(&make);
    }
    free(make.placement);
    free(make.over);
    return status;
}
