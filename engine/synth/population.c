/* population.c - who starts, on which day, who of them was in care before, and what becomes of them. */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "synth/synth_impl.h"

/* One start of care, before it is known whose. */
typedef struct start {
    pc_day day;
    uint8_t stream, age;
    uint32_t number; /* in its stream and age */
} start;

/* A start is a re-entry with this chance when a child of that age who went home is found. Starts by age stay
 * Poisson, as the truth says; only the identity is an old one. About one start in eighteen, so that about one
 * in five who go home returns within a year (Goldacre and others 2022, British Journal of Social Work 52(8)).
 */
#define REENTRY_CHANCE 0.09
#define REENTRY_PROBES 60
#define REENTRY_DAYS (3 * 365)  /* the longest absence */
#define REENTRY_HALF_DAYS 240.0 /* the chance of a return halves in this time */

/* People who went home at some time, by year of birth, so that one of a wanted age is found quickly. */
typedef struct home_list {
    uint32_t *period;
    size_t n, capacity;
} home_list;

typedef struct maker {
    gsl_rng *rng;
    pc_random_key key;
    synth_hazards hazards;
    start *start;
    size_t n_start, start_capacity;
    home_list *home; /* [n_home]; by year of birth from first_year */
    size_t n_home;
    int first_year;
    uint32_t *last_period; /* [person] */
    size_t last_capacity;
} maker;

static int compare_starts(const void *a, const void *b)
{
    const start *x = a, *y = b;

    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    if (x->stream != y->stream) {
        return x->stream < y->stream ? -1 : 1;
    }
    if (x->age != y->age) {
        return x->age < y->age ? -1 : 1;
    }
    return x->number < y->number ? -1 : x->number > y->number;
}

static pc_status draw_starts(maker *self, const pc_rates *rates, pc_day from, pc_day horizon)
{
    double days = (double)(horizon - from);

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            double mean = rates->starts[stream * PC_N_AGE_YEAR + age] * days / PC_DAYS_PER_YEAR;
            uint32_t n;
            pc_status status;

            pc_gsl_rng_point(self->rng, self->key, SYNTH_ENTITY_STARTS + stream * PC_N_AGE_YEAR + age,
                             PC_PURPOSE_SYNTH);
            n = gsl_ran_poisson(self->rng, mean);
            status = pc_grow(&self->start, &self->start_capacity, self->n_start + n, sizeof(start));
            if (status != PC_OK) {
                return status;
            }
            for (uint32_t number = 0; number < n; number++) {
                self->start[self->n_start++] = (start){from + (pc_day)(gsl_rng_uniform(self->rng) * days),
                                                       (uint8_t)stream, (uint8_t)age, number};
            }
        }
    }
    qsort(self->start, self->n_start, sizeof(start), compare_starts);
    return PC_OK;
}

/* A child who went home and may return by this start, or PC_NAME_NONE. Uses its own draws, so that lives stay
 * the same. */
static uint32_t find_returner(maker *self, const synth_population *out, const start *who, size_t number)
{
    int year = pc_date_from_day(who->day).year - who->age - (int)(self->first_year);
    double chance;

    pc_gsl_rng_point(self->rng, self->key, SYNTH_ENTITY_IDENTITY + number, PC_PURPOSE_SYNTH);
    chance = gsl_rng_uniform(self->rng);
    if (who->stream != PC_STREAM_LOCAL || chance >= REENTRY_CHANCE) {
        return PC_NAME_NONE;
    }
    for (int probe = 0; probe < REENTRY_PROBES; probe++) {
        int born = year - (gsl_rng_uniform(self->rng) < 0.5 ? 1 : 0);
        const home_list *list = born >= 0 && (size_t)born < self->n_home ? &self->home[born] : NULL;
        double at = gsl_rng_uniform(self->rng), accept = gsl_rng_uniform(self->rng);
        const synth_period *last;
        pc_day away;

        if (list == NULL || list->n == 0) {
            continue;
        }
        last = &out->period[list->period[(size_t)(at * (double)list->n)]];
        away = who->day - last->end;
        if (away > 0 && away <= REENTRY_DAYS && accept < exp2(-(double)away / REENTRY_HALF_DAYS) &&
            &out->period[self->last_period[last->person]] == last &&
            pc_age_years(out->person[last->person].birth, who->day) == who->age) {
            return last->person;
        }
    }
    return PC_NAME_NONE;
}

static pc_status remember_home(maker *self, const synth_population *out, uint32_t number)
{
    const synth_period *period = &out->period[number];
    int year = pc_date_from_day(out->person[period->person].birth).year - self->first_year;
    home_list *list;
    pc_status status;

    if (period->cause != PC_EXIT_HOME || year < 0 || (size_t)year >= self->n_home) {
        return PC_OK;
    }
    list = &self->home[year];
    status = pc_grow(&list->period, &list->capacity, list->n + 1, sizeof(uint32_t));
    if (status == PC_OK) {
        list->period[list->n++] = number;
    }
    return status;
}

static pc_status add_period(maker *self, synth_population *out, const start *who, size_t number)
{
    uint32_t person = find_returner(self, out, who, number);
    synth_period period = {.stream = who->stream};
    pc_status status = pc_grow(&out->period, &out->period_capacity, out->n_period + 1, sizeof *out->period);

    pc_gsl_rng_point(self->rng, self->key, number, PC_PURPOSE_SYNTH);
    if (status == PC_OK && person == PC_NAME_NONE) {
        person = (uint32_t)out->n_person;
        status = pc_grow(&out->person, &out->person_capacity, out->n_person + 1, sizeof *out->person);
        if (status == PC_OK) {
            status = pc_grow(&self->last_period, &self->last_capacity, out->n_person + 1, sizeof(uint32_t));
        }
        if (status == PC_OK) {
            out->person[out->n_person++] =
                (synth_person){synth_birth(self->rng, who->day, who->age), who->stream};
        }
    }
    if (status != PC_OK) {
        return status;
    }
    period.person = person;
    status = synth_life(&self->hazards, self->rng, out->person[person].birth, who->day, &period, out);
    if (status == PC_OK) {
        self->last_period[person] = (uint32_t)out->n_period;
        out->period[out->n_period++] = period;
        status = remember_home(self, out, (uint32_t)out->n_period - 1);
    }
    return status;
}

static void maker_free(maker *self)
{
    if (self->rng != NULL) {
        gsl_rng_free(self->rng);
    }
    for (size_t year = 0; self->home != NULL && year < self->n_home; year++) {
        free(self->home[year].period);
    }
    free(self->home);
    free(self->last_period);
    free(self->start);
    synth_hazards_free(&self->hazards);
}

pc_status synth_population_make(const pc_rates *rates, pc_random_key key, pc_day from, pc_day horizon,
                                synth_population *out)
{
    maker self = {.key = key, .first_year = pc_date_from_day(from).year - PC_N_AGE_YEAR - 1};
    pc_status status;

    memset(out, 0, sizeof *out);
    out->horizon = horizon;
    self.n_home = (size_t)(pc_date_from_day(horizon).year - self.first_year) + 1;
    self.home = pc_new_zero(self.n_home, sizeof(home_list));
    self.rng = pc_gsl_rng_new(key, 0, PC_PURPOSE_SYNTH);
    status =
        self.home == NULL || self.rng == NULL ? PC_ERR_NO_MEMORY : synth_hazards_init(&self.hazards, rates);
    if (status == PC_OK) {
        status = draw_starts(&self, rates, from, horizon);
    }
    for (size_t number = 0; status == PC_OK && number < self.n_start; number++) {
        status = add_period(&self, out, &self.start[number], number);
    }
    maker_free(&self);
    if (status != PC_OK) {
        synth_population_free(out);
    }
    return status;
}

size_t synth_population_children_on(const synth_population *self, pc_day day)
{
    size_t n = 0;

    for (size_t period = 0; period < self->n_period; period++) {
        n += self->period[period].start <= day && day < self->period[period].end;
    }
    return n;
}

void synth_population_free(synth_population *self)
{
    if (self != NULL) {
        free(self->person);
        free(self->period);
        free(self->stay);
        memset(self, 0, sizeof *self);
    }
}
