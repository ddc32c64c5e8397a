/* seek.c - the smallest lever at which a chance reaches what is asked.
 *
 * 1. A curve over the whole range, from `from` to `to`.
 * 2. The first point of it that reaches the confidence, and the point before: the crossing lies between.
 * 3. Halving, until the two are within the tolerance; the nearer to `to` is the answer, since it meets the
 * target.
 * 4. The same for the two ends of the interval of the chance: where the answer may lie for want of futures.
 *
 * All values share their random numbers, so that the chance is a function of the lever, and nearly always a
 * monotone one; the curve says when it is not.
 */
#include "placecast/seek.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_seek_options pc_seek_options_default(void)
{
    return (pc_seek_options){.confidence = 0.8, .curve = 9, .frontier = 9};
}

/* Which of the three chances of a point is asked. */
typedef enum aspect { ASPECT_SHARE, ASPECT_HIGH, ASPECT_LOW } aspect;

typedef struct seeker {
    pc_seek_try try_lever;
    void *context;
    const pc_seek_lever *lever;
    const pc_seek_options *options;
    int replicates;
    pc_seek_result *out;
    size_t capacity;
    double tolerance;
} seeker;

static bool accept(bool ok, pc_diagnostics *diagnostics, const char *what)
{
    if (!ok) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "seek: expected %s", what);
    }
    return ok;
}

static pc_status check(const pc_seek_lever *lever, const pc_seek_options *options,
                       pc_diagnostics *diagnostics)
{
    bool ok = accept(options->confidence > 0 && options->confidence < 1, diagnostics,
                     "a confidence above 0 and below 1");

    ok &= accept(options->curve >= 3 && options->curve <= 1000, diagnostics,
                 "from 3 to 1000 points of the curve");
    ok &= accept(options->tolerance >= 0 && isfinite(options->tolerance), diagnostics,
                 "a tolerance of 0 or more");
    ok &= accept(isfinite(lever->from) && isfinite(lever->to) && fabs(lever->to - lever->from) > 0,
                 diagnostics, "two different bounds of the lever");
    ok &= accept(lever->step >= 0 && lever->step <= fabs(lever->to - lever->from), diagnostics,
                 "a step of 0 or more, and no longer than the range");
    return ok ? PC_OK : PC_ERR_RANGE;
}

/* The value at the share u of the range; with a step, on its grid. */
static double value_at(const seeker *self, double u)
{
    double from = self->lever->from, width = self->lever->to - from, at = from + width * u;

    if (self->lever->step > 0) {
        double n = floor(fabs(at - from) / self->lever->step + 0.5);

        at = from + copysign(n * self->lever->step, width);
        while (fabs(at - from) > fabs(width) * (1 + 1e-12)) {
            at -= copysign(self->lever->step, width);
        }
    }
    return at;
}

/* Wilson's interval of a share of n. */
static void set_interval(pc_seek_point *point, int n)
{
    const double z = 1.959963984540054;
    double share = point->probability, middle, half;

    if (n <= 0) {
        point->low = point->high = share;
        return;
    }
    middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    point->low = middle - half;
    point->high = middle + half;
}

static bool further(const seeker *self, double a, double b)
{
    return self->lever->to > self->lever->from ? a > b : a < b;
}

/* Tries a value, unless it was tried before. */
static pc_status try_at(seeker *self, double lever, pc_seek_point *out)
{
    pc_seek_result *result = self->out;
    size_t at = 0;
    pc_status status;

    while (at < result->n && further(self, lever, result->point[at].lever)) {
        at++;
    }
    if (at < result->n && !further(self, result->point[at].lever, lever)) {
        *out = result->point[at];
        return PC_OK;
    }
    if (self->options->stop != NULL && *self->options->stop != 0) {
        return PC_ERR_INTERRUPTED;
    }
    *out = (pc_seek_point){.lever = lever, .mean = (double)NAN};
    status = self->try_lever(self->context, lever, out);
    if (status != PC_OK) {
        return status;
    }
    if (!(out->probability >= 0 && out->probability <= 1)) {
        return PC_ERR_INTERNAL;
    }
    set_interval(out, self->replicates);
    if (pc_grow(&result->point, &self->capacity, result->n + 1, sizeof *result->point) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    memmove(result->point + at + 1, result->point + at, (result->n - at) * sizeof *result->point);
    result->point[at] = *out;
    result->n++;
    return PC_OK;
}

static bool reaches(const seeker *self, const pc_seek_point *point, aspect which)
{
    double chance = which == ASPECT_SHARE  ? point->probability
                    : which == ASPECT_HIGH ? point->high
                                           : point->low;

    return chance >= self->options->confidence;
}

/* The first crossing among what was tried, narrowed down. *found: false when none reaches it. */
static pc_status narrow(seeker *self, aspect which, bool *found, pc_seek_point *out)
{
    pc_seek_point before, after, middle;
    size_t at = 0;
    pc_status status = PC_OK;

    while (at < self->out->n && !reaches(self, &self->out->point[at], which)) {
        at++;
    }
    *found = at < self->out->n;
    if (!*found || at == 0) {
        *out = *found ? self->out->point[0] : (pc_seek_point){.lever = (double)NAN};
        return PC_OK;
    }
    before = self->out->point[at - 1];
    after = self->out->point[at];
    while (status == PC_OK && fabs(after.lever - before.lever) > self->tolerance * (1 + 1e-9)) {
        double u =
            ((before.lever + after.lever) / 2 - self->lever->from) / (self->lever->to - self->lever->from);
        double lever = value_at(self, u);

        if (!further(self, lever, before.lever) || !further(self, after.lever, lever)) {
            break; /* neighbours on the grid of steps, or in the numbers of the machine */
        }
        status = try_at(self, lever, &middle);
        if (status == PC_OK && reaches(self, &middle, which)) {
            after = middle;
        } else {
            before = status == PC_OK ? middle : before;
        }
    }
    *out = after;
    return status;
}

static void judge_monotone(pc_seek_result *out)
{
    out->monotone = true;
    for (size_t at = 1; at < out->n; at++) {
        out->monotone = out->monotone && out->point[at].probability >= out->point[at - 1].probability;
    }
}

pc_status pc_seek_function(pc_seek_try try_lever, void *context, int replicates, const pc_seek_lever *lever,
                           const pc_seek_options *options, pc_seek_result *out, pc_diagnostics *diagnostics)
{
    seeker self = {.try_lever = try_lever,
                   .context = context,
                   .lever = lever,
                   .options = options,
                   .replicates = replicates,
                   .out = out};
    pc_seek_point point;
    bool found;
    pc_status status = check(lever, options, diagnostics);

    memset(out, 0, sizeof *out);
    out->replicates = replicates;
    self.tolerance = options->tolerance > 0 ? options->tolerance
                     : lever->step > 0      ? lever->step
                                            : fabs(lever->to - lever->from) / 1000;
    for (int at = 0; at < options->curve && status == PC_OK; at++) { /* 1 */
        status = try_at(&self, value_at(&self, (double)at / (options->curve - 1)), &point);
        if (options->progress != NULL) {
            options->progress(options->context, 0.5 * (at + 1) / options->curve);
        }
    }
    if (status == PC_OK) { /* 2, 3 */
        status = narrow(&self, ASPECT_SHARE, &out->met, &out->smallest);
    }
    if (status == PC_OK) { /* 4 */
        status = narrow(&self, ASPECT_HIGH, &found, &point);
        out->sure_from = found ? point.lever : (double)NAN;
    }
    if (status == PC_OK) {
        status = narrow(&self, ASPECT_LOW, &found, &point);
        out->sure_to = found ? point.lever : (double)NAN;
    }
    if (status == PC_OK) {
        /* What was tried since may have come upon an earlier crossing. */
        status = narrow(&self, ASPECT_SHARE, &out->met, &out->smallest);
        judge_monotone(out);
    }
    if (status != PC_OK) {
        pc_seek_result_free(out);
    } else if (options->progress != NULL) {
        options->progress(options->context, 1);
    }
    return status;
}

void pc_seek_result_free(pc_seek_result *self)
{
    if (self != NULL) {
        free(self->point);
        memset(self, 0, sizeof *self);
    }
}
