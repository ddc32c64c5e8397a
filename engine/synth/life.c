/* life.c - one period of care, from its start to its end or the horizon.
 *
 * 1. the days from `day` on which no clock crosses an edge form a segment with constant rates;
 * 2. each day of it has the chance p = (total rate) / 365.25 of an event, which shows on the next day: a unit
 * exponential is spent at -log(1 - p) a day, so the days until the event are geometric;
 * 3. spent within the segment: which event, in proportion to the rates; otherwise the next segment;
 * 4. the 18th birthday ends care whatever was drawn.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "synth/synth_impl.h"

const int synth_band_edge[PC_N_BAND - 1] = {28, 182, 365, 730};

int synth_band_of_days(int days)
{
    int band = 0;

    while (band < PC_N_BAND - 1 && days >= synth_band_edge[band]) {
        band++;
    }
    return band;
}

static double sum(const double *value, size_t n)
{
    double total = 0;

    for (size_t i = 0; i < n; i++) {
        total += value[i];
    }
    return total;
}

pc_status synth_hazards_init(synth_hazards *self, const pc_rates *rates)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * rates->n_category * PC_N_BAND;

    *self = (synth_hazards){.rates = rates};
    self->exit = pc_new(n_cell, sizeof(double));
    self->status = pc_new(n_cell, sizeof(double));
    self->move = pc_new(n_cell, sizeof(double));
    if (self->exit == NULL || self->status == NULL || self->move == NULL) {
        synth_hazards_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t cell = 0; cell < n_cell; cell++) {
        self->exit[cell] = sum(rates->exit + cell * PC_N_EXIT_HAZARD, PC_N_EXIT_HAZARD);
        self->status[cell] = sum(rates->status + cell * rates->n_category, rates->n_category);
        self->move[cell] = sum(rates->move + cell * rates->n_category, rates->n_category);
    }
    return PC_OK;
}

void synth_hazards_free(synth_hazards *self)
{
    if (self != NULL) {
        free(self->exit);
        free(self->status);
        free(self->move);
        *self = (synth_hazards){0};
    }
}

/* The day on which the n-th birthday falls that many years earlier: 29 February counts as 28 February in
 * other years. */
static pc_day years_before(pc_day day, int years)
{
    pc_date date = pc_date_from_day(day);

    date.year -= years;
    if (!pc_date_valid(date)) {
        date.day = 28;
    }
    return pc_day_from_date(date);
}

pc_day synth_birth(gsl_rng *rng, pc_day day, int age)
{
    pc_day first = years_before(day, age + 1) + 1;
    pc_day last = years_before(day, age);

    return first + (pc_day)(gsl_rng_uniform(rng) * (double)(last - first + 1));
}

/* The first day after `day` on which a clock that began on `origin` enters its next band. */
static pc_day next_edge(pc_day origin, pc_day day)
{
    for (int band = 0; band < PC_N_BAND - 1; band++) {
        if (origin + synth_band_edge[band] > day) {
            return origin + synth_band_edge[band];
        }
    }
    return PC_DAY_OPEN;
}

static pc_day earliest(pc_day a, pc_day b)
{
    return a < b ? a : b;
}

/* The number of the first of `n` rates whose running sum passes `at`; the last positive one when rounding
 * leaves it short. */
static size_t pick(const double *rate, size_t n, double at)
{
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        if (rate[i] > 0) {
            last = i;
            if (at < rate[i]) {
                return i;
            }
            at -= rate[i];
        }
    }
    return last;
}

static pc_status add_stay(synth_population *out, pc_day start, size_t category, pc_transition transition)
{
    pc_status status = pc_grow(&out->stay, &out->stay_capacity, out->n_stay + 1, sizeof *out->stay);

    if (status == PC_OK) {
        out->stay[out->n_stay++] = (synth_stay){start, PC_DAY_OPEN, (uint8_t)category, (uint8_t)transition};
    }
    return status;
}

/* The segment that holds `day`: its cells on both clocks and where it ends. */
typedef struct segment {
    size_t care_cell, placement_cell;
    pc_day end;
    double rate; /* 1/child-year */
} segment;

static segment segment_of(const synth_hazards *hazards, const synth_period *period, pc_day birth,
                          pc_day placement, size_t category, pc_day day)
{
    int age = pc_age_band_of_years(pc_age_years(birth, day));
    segment self;

    self.care_cell = pc_rates_cell(hazards->rates, period->stream, (size_t)age, category,
                                   (size_t)synth_band_of_days(day - period->start));
    self.placement_cell = pc_rates_cell(hazards->rates, period->stream, (size_t)age, category,
                                        (size_t)synth_band_of_days(day - placement));
    self.end = earliest(pc_birthday(birth, pc_age_band_first_year[age + 1]),
                        earliest(next_edge(period->start, day), next_edge(placement, day)));
    self.rate =
        hazards->exit[self.care_cell] + hazards->status[self.care_cell] + hazards->move[self.placement_cell];
    return self;
}

/* Which event: exits first, then changes of status, then moves. True when care ends. */
static bool happen(const synth_hazards *hazards, const segment *where, double at, synth_period *period,
                   pc_transition *transition, size_t *category)
{
    const pc_rates *rates = hazards->rates;
    double exits = hazards->exit[where->care_cell], changes = hazards->status[where->care_cell];

    if (at < exits) {
        period->cause =
            (uint8_t)pick(rates->exit + where->care_cell * PC_N_EXIT_HAZARD, PC_N_EXIT_HAZARD, at);
        return true;
    }
    if (at < exits + changes) {
        *transition = PC_TRANSITION_STATUS;
        *category = pick(rates->status + where->care_cell * rates->n_category, rates->n_category, at - exits);
        return false;
    }
    *transition = PC_TRANSITION_MOVE;
    *category = pick(rates->move + where->placement_cell * rates->n_category, rates->n_category,
                     at - exits - changes);
    return false;
}

/* A child on the way through care. */
typedef struct walk {
    const synth_hazards *hazards;
    gsl_rng *rng;
    synth_period *period;
    synth_population *out;
    pc_day birth, adult, day, placement;
    size_t category;
    double left; /* of the unit exponential */
    bool ended;
} walk;

/* An event on `day`: care ends, or another stay begins. */
static pc_status have_event(walk *self, const segment *where)
{
    double at = gsl_rng_uniform(self->rng) * where->rate;
    pc_transition transition = PC_TRANSITION_START;

    self->ended = happen(self->hazards, where, at, self->period, &transition, &self->category);
    if (self->ended || self->day >= self->out->horizon) {
        return PC_OK;
    }
    self->out->stay[self->out->n_stay - 1].end = self->day;
    self->placement = transition == PC_TRANSITION_MOVE ? self->day : self->placement;
    return add_stay(self->out, self->day, self->category, transition);
}

/* To the next event, or to the end of the segment when none comes before it. */
static pc_status go_on(walk *self)
{
    segment where =
        segment_of(self->hazards, self->period, self->birth, self->placement, self->category, self->day);
    double hazard = -log1p(-where.rate / PC_DAYS_PER_YEAR); /* a day */
    double days = hazard > 0 ? ceil(self->left / hazard) : HUGE_VAL;
    bool event = days <= (double)(where.end - self->day);
    pc_status status = PC_OK;

    if (event) {
        self->day += days < 1 ? 1 : (pc_day)days;
    } else {
        self->left -= hazard * (double)(where.end - self->day);
        self->day = where.end;
    }
    if (self->day >= self->adult) {
        self->ended = true;
        self->period->cause = PC_EXIT_AGE_OUT;
    } else if (event) {
        status = have_event(self, &where);
        self->left = -log(gsl_rng_uniform(self->rng));
    }
    return status;
}

pc_status synth_life(const synth_hazards *hazards, gsl_rng *rng, pc_day birth, pc_day start,
                     synth_period *period, synth_population *out)
{
    const pc_rates *rates = hazards->rates;
    walk self = {.hazards = hazards, .rng = rng, .period = period, .out = out, .birth = birth, .day = start};
    size_t age = (size_t)pc_age_band_of_years(pc_age_years(birth, start));
    pc_status status;

    self.adult = pc_birthday(birth, PC_N_AGE_YEAR);
    self.placement = start;
    self.category = pick(rates->first + (period->stream * (size_t)PC_N_AGE_BAND + age) * rates->n_category,
                         rates->n_category, gsl_rng_uniform(rng));
    self.left = -log(gsl_rng_uniform(rng));
    period->start = start;
    period->end = PC_DAY_OPEN;
    period->cause = PC_N_EXIT_CAUSE;
    period->first_stay = out->n_stay;
    status = add_stay(out, start, self.category, PC_TRANSITION_START);
    while (status == PC_OK && !self.ended && self.day < out->horizon) {
        status = go_on(&self);
    }
    if (self.day >= out->horizon) { /* whatever came then is not known */
        period->cause = PC_N_EXIT_CAUSE;
    } else if (self.ended) {
        out->stay[out->n_stay - 1].end = self.day;
        period->end = self.day;
    }
    period->n_stay = out->n_stay - period->first_stay;
    return status;
}
