#include "workforce/funnel.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workforce/stay.h"

/* What a stream of random numbers is for; part of its key. */
enum { FOR_DRAWS, FOR_YEAR, FOR_START, FOR_ARRIVALS, FOR_STAYS, FOR_ONWARD, FOR_RETURNS };

pc_status funnel_plan_make(funnel_plan *self, const pc_workforce *of, size_t n_month, const int *year)
{
    double leave[STAY_MOST_MONTHS], residual[STAY_MOST_MONTHS];

    *self = (funnel_plan){
        .of = of, .n_month = n_month, .year = year, .stage = pc_new_zero(of->n_stage, sizeof *self->stage)};
    for (size_t at = 0; self->stage != NULL && at < of->n_stage; at++) {
        funnel_stage *stage = &self->stage[at];

        stage->n_bin = stay_months(&of->stage[at].stay, leave, residual);
        stage->mean_days = stay_mean(&of->stage[at].stay);
        stage->leave = pc_new(stage->n_bin, sizeof(double));
        stage->residual = pc_new(stage->n_bin, sizeof(double));
        if (stage->leave == NULL || stage->residual == NULL) {
            funnel_plan_free(self);
            return PC_ERR_NO_MEMORY;
        }
        memcpy(stage->leave, leave, stage->n_bin * sizeof(double));
        memcpy(stage->residual, residual, stage->n_bin * sizeof(double));
    }
    return self->stage == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

void funnel_plan_free(funnel_plan *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->stage != NULL && at < self->of->n_stage; at++) {
        free(self->stage[at].leave);
        free(self->stage[at].residual);
    }
    free(self->stage);
    memset(self, 0, sizeof *self);
}

pc_status funnel_init(funnel *self, const funnel_plan *plan)
{
    size_t n = plan->of->n_stage, cells = n * plan->n_month;

    *self = (funnel){.plan = plan,
                     .start = pc_new_zero(n, sizeof *self->start),
                     .fresh = pc_new_zero(cells, sizeof *self->fresh),
                     .ended = pc_new_zero(cells, sizeof *self->ended),
                     .open = pc_new_zero(cells, sizeof *self->open),
                     .onward = pc_new_zero(cells, sizeof *self->onward),
                     .back = pc_new_zero(cells, sizeof *self->back),
                     .factor = pc_new_zero(cells, sizeof *self->factor),
                     .volume = pc_new_zero(n, sizeof *self->volume),
                     .conversion = pc_new_zero(n, sizeof *self->conversion),
                     .trend = pc_new_zero(n, sizeof *self->trend),
                     .rng = pc_gsl_rng_new(pc_random_key_make(0, 0), 0, PC_PURPOSE_FRONT_DOOR)};
    if (self->start == NULL || self->fresh == NULL || self->ended == NULL || self->open == NULL ||
        self->onward == NULL || self->back == NULL || self->factor == NULL || self->volume == NULL ||
        self->conversion == NULL || self->trend == NULL || self->rng == NULL) {
        funnel_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < cells; at++) {
        self->factor[at] = 1.0;
    }
    return PC_OK;
}

void funnel_free(funnel *self)
{
    if (self == NULL) {
        return;
    }
    free(self->start);
    free(self->fresh);
    free(self->ended);
    free(self->open);
    free(self->onward);
    free(self->back);
    free(self->factor);
    free(self->volume);
    free(self->conversion);
    free(self->trend);
    if (self->rng != NULL) {
        gsl_rng_free(self->rng);
    }
    memset(self, 0, sizeof *self);
}

double funnel_triangular(pc_effect range, double u)
{
    double width = range.high - range.low, left = range.likely - range.low;

    if (!(width > 0.0)) {
        return range.likely;
    }
    return u * width < left ? range.low + sqrt(u * width * left)
                            : range.high - sqrt((1.0 - u) * width * (range.high - range.likely));
}

/* Few cases one by one, many by binomials: both are the multinomial. */
void funnel_spread(gsl_rng *rng, int64_t n, const double *share, size_t n_bin, int64_t *out, size_t n_out)
{
    double left = 1.0;

    if (n <= (int64_t)(4 * n_bin)) {
        for (int64_t each = 0; each < n; each++) {
            double u = gsl_rng_uniform(rng);
            size_t bin = 0;

            while (bin + 1 < n_bin && u >= share[bin]) {
                u -= share[bin++];
            }
            if (bin < n_out) {
                out[bin]++;
            }
        }
        return;
    }
    for (size_t bin = 0; bin < n_bin && n > 0; bin++) {
        double p = bin + 1 == n_bin || !(share[bin] < left) ? 1.0 : share[bin] / left;
        int64_t here = p < 1.0 ? (int64_t)gsl_ran_binomial(rng, p, (unsigned)n) : n;

        if (bin < n_out) {
            out[bin] += here;
        }
        n -= here;
        left -= share[bin];
    }
}

/* A stream of its own for each stage, month and use: a change in one moves no other. */
static void point(funnel *self, pc_random_key key, size_t stage, size_t month, unsigned use)
{
    uint64_t entity =
        (uint64_t)self->plan->of->stage[stage].kind << 40 | (uint64_t)month << 8 | (uint64_t)use;

    pc_gsl_rng_point(self->rng, key, entity, PC_PURPOSE_FRONT_DOOR);
}

/* Step 1. A conversion that is not given is the one that gives the volume, and the other way round. */
static void draw(funnel *self, pc_random_key key)
{
    const pc_workforce *of = self->plan->of;

    for (size_t at = 0; at < of->n_stage; at++) {
        const pc_stage *stage = &of->stage[at];
        double feeder = stage->from < 0 ? 0.0 : self->volume[stage->from], u;

        point(self, key, at, 0, FOR_DRAWS);
        u = gsl_rng_uniform(self->rng);
        self->trend[at] = funnel_triangular(stage->trend, gsl_rng_uniform(self->rng));
        if (stage->has_volume) {
            self->volume[at] = funnel_triangular(stage->volume, u);
            self->conversion[at] = feeder > 0.0 ? self->volume[at] / feeder : 0.0;
        } else {
            self->conversion[at] = funnel_triangular(stage->conversion, u);
            self->volume[at] = self->conversion[at] * feeder;
        }
        if (self->conversion[at] > 1.0) {
            self->conversion[at] = 1.0;
            self->clipped = true;
        }
    }
}

/* The year's level; gamma with mean 1. The same for all months of a financial year. */
static double year_level(funnel *self, pc_random_key key, size_t stage, size_t month)
{
    double spread = self->plan->of->stage[stage].year_spread, shape;

    if (!(spread > 0.0)) {
        return 1.0;
    }
    point(self, key, stage, (size_t)(unsigned)self->plan->year[month], FOR_YEAR);
    shape = 1.0 / (spread * spread);
    return gsl_ran_gamma(self->rng, shape, 1.0 / shape);
}

/* What volume or conversion are in a month, as a multiple of those at the start. */
static double level(funnel *self, pc_random_key key, size_t stage, size_t month)
{
    return pow(1.0 + self->trend[stage], ((double)month + 0.5) / 12.0) * year_level(self, key, stage, month) *
           self->factor[stage * self->plan->n_month + month];
}

/* Step 2. `ended` counts ahead: a case is there in the month in which it will end. */
static void place_open(funnel *self, pc_random_key key, size_t at)
{
    const pc_stage *stage = &self->plan->of->stage[at];
    const funnel_stage *plan = &self->plan->stage[at];

    point(self, key, at, 0, FOR_START);
    self->start[at] = isfinite(stage->open)
                          ? (int64_t)llround(stage->open)
                          : (int64_t)gsl_ran_poisson(self->rng, self->volume[at] * plan->mean_days / 365.25);
    funnel_spread(self->rng, self->start[at], plan->residual, plan->n_bin,
                  self->ended + at * self->plan->n_month, self->plan->n_month);
}

/* Share of those who will be back that are so k months after their case ended, 1 <= k <= w: evenly over w
 * months, but never in the same month. */
static double return_share(size_t k, size_t w)
{
    if (w <= 1) {
        return k == 1 ? 1.0 : 0.0;
    }
    return k < 1 || k > w ? 0.0 : k == 1 ? 1.5 / (double)w : k == w ? 0.5 / (double)w : 1.0 / (double)w;
}

/* Returns of cases that ended before the start. */
static int64_t old_returns(funnel *self, pc_random_key key, size_t at, size_t month)
{
    const pc_stage *stage = &self->plan->of->stage[at];
    size_t w = (size_t)ceil(stage->returns_months);
    double share = 0.0;

    for (size_t k = month + 1; k <= w; k++) {
        share += return_share(k, w);
    }
    if (!(stage->returns > 0.0) || !(share > 0.0)) {
        return 0;
    }
    point(self, key, at, month, FOR_RETURNS);
    return (int64_t)gsl_ran_poisson(self->rng, self->volume[at] / 12.0 * stage->returns * share);
}

/* Step 3 c: of the cases that end, those that go on to each stage that this one feeds, and those that will be
 * back. */
static void send_on(funnel *self, pc_random_key key, size_t at, size_t month)
{
    const pc_workforce *of = self->plan->of;
    size_t n_month = self->plan->n_month;
    int64_t left = self->ended[at * n_month + month];
    double rest = 1.0;

    for (size_t to = at + 1; to < of->n_stage; to++) {
        double share;
        int64_t go;

        if (of->stage[to].from != (int)at) {
            continue;
        }
        share = self->conversion[to] * (1.0 - of->stage[to].returns) * level(self, key, to, month);
        if (share > rest) {
            share = rest;
            self->clipped = true;
        }
        point(self, key, to, month, FOR_ONWARD);
        go = rest > 0.0 ? (int64_t)gsl_ran_binomial(self->rng, fmin(share / rest, 1.0), (unsigned)left) : 0;
        self->onward[to * n_month + month] = go;
        left -= go;
        rest -= share;
    }
    if (of->stage[at].returns > 0.0) {
        size_t w = (size_t)ceil(of->stage[at].returns_months);
        double share[64];
        int64_t back;

        point(self, key, at, month + n_month, FOR_RETURNS);
        back = (int64_t)gsl_ran_binomial(self->rng, of->stage[at].returns,
                                         (unsigned)self->ended[at * n_month + month]);
        for (size_t k = 1; k <= w; k++) {
            share[k - 1] = return_share(k, w);
        }
        if (month + 1 < n_month) {
            funnel_spread(self->rng, back, share, w, self->back + at * n_month + month + 1,
                          n_month - month - 1);
        }
    }
}

/* Steps 3 a and b. */
static void take_in(funnel *self, pc_random_key key, size_t at, size_t month)
{
    const pc_stage *stage = &self->plan->of->stage[at];
    const funnel_stage *plan = &self->plan->stage[at];
    size_t n_month = self->plan->n_month, cell = at * n_month + month;

    self->back[cell] += old_returns(self, key, at, month);
    self->fresh[cell] = self->onward[cell] + self->back[cell];
    if (stage->from < 0) {
        double rate = self->volume[at] / 12.0 * (1.0 - stage->returns) * level(self, key, at, month);

        point(self, key, at, month, FOR_ARRIVALS);
        self->fresh[cell] += (int64_t)gsl_ran_poisson(self->rng, rate);
    }
    point(self, key, at, month, FOR_STAYS);
    funnel_spread(self->rng, self->fresh[cell], plan->leave, plan->n_bin, self->ended + cell,
                  n_month - month);
    self->open[cell] = (month == 0 ? self->start[at] : self->open[cell - 1]) + self->fresh[cell];
    self->open[cell] -= self->ended[cell];
}

void funnel_run(funnel *self, pc_random_key key)
{
    size_t n_stage = self->plan->of->n_stage, cells = n_stage * self->plan->n_month;

    memset(self->ended, 0, cells * sizeof *self->ended);
    memset(self->onward, 0, cells * sizeof *self->onward);
    memset(self->back, 0, cells * sizeof *self->back);
    draw(self, key);
    for (size_t at = 0; at < n_stage; at++) {
        place_open(self, key, at);
    }
    for (size_t month = 0; month < self->plan->n_month; month++) {
        for (size_t at = 0; at < n_stage; at++) {
            take_in(self, key, at, month);
            send_on(self, key, at, month);
        }
    }
}
