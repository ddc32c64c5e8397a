/* starts.c - starts a year by single year of age, first placements, and over-dispersion of a month's starts.
 */
#include "estimate/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define DISPERSION_MIN 0.05
#define DISPERSION_MAX 1000.0 /* above it a gamma factor is not worth drawing: sd below 3% */

bool estimate_shares(double *share, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        sum += share[i];
    }
    for (size_t i = 0; sum > 0 && i < n; i++) {
        share[i] /= sum;
    }
    return sum > 0;
}

/* One start, spread by the years of age in a band; unaccompanied children are 10 and over. */
double estimate_start_prior(pc_stream stream, int age_band)
{
    int first_band = stream == PC_STREAM_UASC ? 3 : 0;
    int first = pc_age_band_first_year[first_band];

    if (age_band < first_band) {
        return 0;
    }
    return (double)(pc_age_band_first_year[age_band + 1] - pc_age_band_first_year[age_band]) /
           (PC_N_AGE_YEAR - first);
}

/* Months of the window, each with its starts and its share of a whole month's weight. */
typedef struct month_counts {
    size_t n;
    double *starts[PC_N_STREAM];
    double *days;   /* within the window */
    double *weight; /* of the month in the likelihood */
} month_counts;

static void months_free(month_counts *self)
{
    free(self->days);
    self->days = NULL;
}

static pc_status months_new(const estimate_window *window, month_counts *self)
{
    int first = pc_month_of_day(window->from);

    self->n = (size_t)(pc_month_of_day(window->to) - first) + 1;
    self->days = pc_new_zero(self->n * (2 + PC_N_STREAM), sizeof *self->days);
    if (self->days == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->weight = self->days + self->n;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        self->starts[stream] = self->days + (2 + stream) * self->n;
    }
    for (size_t m = 0; m < self->n; m++) {
        pc_day from = pc_month_first_day(first + (int)m), end = pc_month_first_day(first + (int)m + 1);

        from = from > window->from ? from : window->from;
        end = end <= window->to ? end : window->to + 1;
        self->days[m] = (double)(end - from);
        self->weight[m] = estimate_window_days(window, from, end) / self->days[m];
    }
    return PC_OK;
}

typedef struct dispersion {
    const month_counts *months;
    const double *starts;
    double per_day;
} dispersion;

static double dispersion_likelihood(double shape, void *context)
{
    const dispersion *self = context;
    double sum = 0;

    for (size_t m = 0; m < self->months->n; m++) {
        double mean = self->per_day * self->months->days[m], n = self->starts[m];

        /* Less the Poisson likelihood, so that 0 is "no over-dispersion". */
        sum += self->months->weight[m] *
               (estimate_log_rising(shape, n) - (shape + n) * log1p(mean / shape) - n * log(shape) + mean);
    }
    return sum;
}

/* Shape of the gamma factor that a month's starts of all ages share (negative binomial, maximum likelihood).
 */
static double fit_dispersion(const month_counts *months, const double *starts, double *inflation)
{
    dispersion self = {.months = months, .starts = starts};
    double events = 0, days = 0, shape;

    for (size_t m = 0; m < months->n; m++) {
        events += months->weight[m] * starts[m];
        days += months->weight[m] * months->days[m];
    }
    *inflation = 1;
    if (!(events > 0)) {
        return HUGE_VAL;
    }
    self.per_day = events / days;
    shape = estimate_maximise(dispersion_likelihood, &self, DISPERSION_MIN, DISPERSION_MAX, NULL);
    if (shape >= DISPERSION_MAX || !(dispersion_likelihood(shape, &self) > 0)) {
        return HUGE_VAL;
    }
    *inflation = 1 + self.per_day * PC_DAYS_PER_YEAR / 12 / shape;
    return shape;
}

static void count_starts(const pc_episodes *episodes, estimate_rows rows, const estimate_window *window,
                         pc_posterior *posterior, month_counts *months)
{
    int first_month = pc_month_of_day(window->from);

    for (size_t r = rows.first; r < rows.end; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_child_record *child = &episodes->child[row->child];
        estimate_starts *starts = &posterior->starts[child->stream];
        size_t n_category = episodes->codes.n_category;
        double weight;
        int age;

        if (row->transition != PC_TRANSITION_START || child->birth == PC_DAY_NONE ||
            row->start < window->from || row->start > window->to || row->start < child->birth) {
            continue;
        }
        age = pc_age_years(child->birth, row->start);
        if (age >= PC_N_AGE_YEAR) {
            continue;
        }
        weight = estimate_window_weight(window, row->start);
        starts->events[age] += weight;
        starts->total += weight;
        starts->first_events[(size_t)pc_age_band_of_years(age) * n_category + row->category] += weight;
        months->starts[child->stream][pc_month_of_day(row->start) - first_month] += 1;
    }
}

/* Dirichlet-multinomial likelihood of the ages within their bands, each year of age with prior weight
 * `shape`. */
static double age_likelihood(double shape, void *context)
{
    const estimate_starts *self = context;
    double sum = 0;

    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        double events = 0, width = pc_age_band_first_year[band + 1] - pc_age_band_first_year[band];

        for (int age = pc_age_band_first_year[band]; age < pc_age_band_first_year[band + 1]; age++) {
            events += self->events[age];
            sum += estimate_log_rising(shape, self->events[age]);
        }
        sum -= estimate_log_rising(width * shape, events);
    }
    return sum;
}

static void mean_starts(const estimate_starts *self, pc_stream stream, bool shrink, double *rate)
{
    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        int first = pc_age_band_first_year[band], end = pc_age_band_first_year[band + 1];
        double events = 0, share;

        for (int age = first; age < end; age++) {
            events += self->events[age];
        }
        share = (events + estimate_start_prior(stream, band)) / (self->total + 1);
        for (int age = first; age < end; age++) {
            double within =
                (self->age_shape + self->events[age]) / ((end - first) * self->age_shape + events);

            rate[age] = shrink ? estimate_round(self->total / self->years * share * within)
                               : estimate_round(self->events[age] / self->years);
        }
    }
}

typedef struct first_context {
    const estimate_starts *starts;
    size_t n_category;
    double *share; /* [age][category]; pooled shares among what is possible at the age */
} first_context;

/* Dirichlet-multinomial likelihood of first placements by age band around the pooled shares. */
static double first_likelihood(double shape, void *context)
{
    const first_context *self = context;
    double sum = 0;

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double events = 0;

        for (size_t c = 0; c < self->n_category; c++) {
            double n = self->starts->first_events[age * self->n_category + c];

            events += n;
            if (n > 0) {
                sum += estimate_log_rising(shape * self->share[age * self->n_category + c], n);
            }
        }
        sum -= estimate_log_rising(shape, events);
    }
    return sum;
}

/* Pooled shares where they are possible at each age; all of them when none is. */
static void spread_pooled(const double *pooled, const double *support, size_t n_category, double *share)
{
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double *own = share + age * n_category;

        for (size_t c = 0; c < n_category; c++) {
            own[c] = pooled[c] * support[age * n_category + c];
        }
        if (!estimate_shares(own, n_category)) {
            memcpy(own, pooled, n_category * sizeof *own);
            (void)estimate_shares(own, n_category);
        }
    }
}

/* Sum over age bands of first placements, each band times its credibility weight (1 for the raw sum). */
static void pool_first(estimate_starts *self, size_t n_category)
{
    memset(self->pooled, 0, n_category * sizeof *self->pooled);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        const double *own = self->first_events + age * n_category;
        double events = 0, weight;

        for (size_t c = 0; c < n_category; c++) {
            events += own[c];
        }
        weight = self->first_shape / (self->first_shape + events);
        for (size_t c = 0; c < n_category; c++) {
            self->pooled[c] += weight * own[c];
        }
    }
}

static void fit_first(estimate_starts *self, const pc_fit_options *options, size_t n_category, double *share)
{
    first_context context = {.starts = self, .n_category = n_category, .share = share};

    self->first_shape = SHAPE_MAX;
    for (int round = 0; round < 3 && self->total > 0; round++) {
        pool_first(self, n_category);
        spread_pooled(self->pooled, self->support, n_category, share);
        self->first_shape = options->fixed_shape > 0
                                ? options->fixed_shape
                                : estimate_maximise(first_likelihood, &context, SHAPE_MIN, SHAPE_MAX, NULL);
    }
    spread_pooled(self->pooled, self->support, n_category, share);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double *own = share + age * n_category;

        for (size_t c = 0; c < n_category; c++) {
            double prior = options->shrink ? self->first_shape * own[c] : 1e-9 * own[c];

            own[c] = prior + self->first_events[age * n_category + c];
        }
        (void)estimate_shares(own, n_category);
        for (size_t c = 0; c < n_category; c++) {
            own[c] = estimate_round(own[c]);
        }
    }
}

static void set_support(const pc_codes *codes, const double *observed, double *support)
{
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        for (size_t c = 0; c < codes->n_category; c++) {
            size_t at = age * codes->n_category + c;

            support[at] = observed[at] > 0 || estimate_destination_possible(codes, c, (int)age) ? 1.0 : 0.0;
        }
    }
}

/* A stream without starts takes the first placements of all, and these, if there are none, where children
 * live. */
static void borrow_first(pc_posterior *posterior, size_t n_category)
{
    const estimate_table *exits = &posterior->family[FAMILY_EXIT];
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category * PC_N_BAND;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        estimate_starts *self = &posterior->starts[stream];
        const estimate_starts *other = &posterior->starts[PC_N_STREAM - 1 - stream];

        if (self->total > 0) {
            continue;
        }
        memset(self->pooled, 0, n_category * sizeof *self->pooled);
        for (size_t i = 0; other->total > 0 && i < PC_N_AGE_BAND * n_category; i++) {
            self->pooled[i % n_category] += other->first_events[i];
        }
        for (size_t cell = 0; !(other->total > 0) && cell < n_cell; cell++) {
            self->pooled[cell / PC_N_BAND % n_category] += exits->years[cell];
        }
    }
}

pc_status estimate_starts_fit(const pc_episodes *episodes, estimate_rows rows, const estimate_window *window,
                              const pc_fit_options *options, pc_posterior *posterior, pc_authority_model *out)
{
    size_t n_category = episodes->codes.n_category;
    month_counts months = {0};
    pc_status status = months_new(window, &months);

    if (status != PC_OK) {
        return status;
    }
    count_starts(episodes, rows, window, posterior, &months);
    borrow_first(posterior, n_category);
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        estimate_starts *self = &posterior->starts[stream];

        self->years = estimate_window_days(window, window->from, window->to + 1) / PC_DAYS_PER_YEAR;
        out->start_dispersion[stream] = fit_dispersion(&months, months.starts[stream], &self->inflation);
        self->age_shape = options->fixed_shape > 0 ? options->fixed_shape
                          : self->total > 0
                              ? estimate_maximise(age_likelihood, self, SHAPE_MIN, SHAPE_MAX, NULL)
                              : SHAPE_MAX;
        mean_starts(self, (pc_stream)stream, options->shrink, out->mean.starts + stream * PC_N_AGE_YEAR);
        set_support(&episodes->codes, self->first_events, self->support);
        fit_first(self, options, n_category, out->mean.first + stream * PC_N_AGE_BAND * n_category);
    }
    months_free(&months);
    return PC_OK;
}
