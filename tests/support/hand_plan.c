#include "hand_plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pc_test.h"

static void *zeroed(size_t n, size_t size)
{
    void *memory = calloc(n, size);
    assert_non_null(memory);
    return memory;
}

static void make_periods(pc_plan *plan, int months)
{
    plan->n_period = (size_t)months;
    plan->period = zeroed(plan->n_period, sizeof *plan->period);
    const int first_month = pc_month_of_day(plan->origin);
    for (int month = 0; month < months; month++) {
        plan_period *period = &plan->period[month];
        period->first = pc_month_first_day(first_month + month) - plan->origin;
        period->end = pc_month_first_day(first_month + month + 1) - plan->origin;
        period->reported = true;
        period->month = first_month + month;
        period->financial_year = pc_financial_year(plan->origin + period->first);
        period->effect_year = month / 12;
        plan->n_day = period->end;
    }
    plan->period_of_day = zeroed((size_t)plan->n_day, sizeof *plan->period_of_day);
    for (int month = 0; month < months; month++)
        for (int day = plan->period[month].first; day < plan->period[month].end; day++)
            plan->period_of_day[day] = (int16_t)month;
}

void hand_plan_make(hand_plan *self, size_t n_category, int months)
{
    static const int edge[PC_N_BAND - 1] = {28, 182, 365, 730};
    memset(self, 0, sizeof *self);
    const size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * n_category;
    self->rates.n_category = n_category;
    self->rates.exit = zeroed(n_cell * PC_N_BAND * PC_N_EXIT_HAZARD, sizeof(double));
    self->rates.status = zeroed(n_cell * PC_N_BAND * n_category, sizeof(double));
    self->rates.move = zeroed(n_cell * PC_N_BAND * n_category, sizeof(double));
    self->rates.starts = zeroed((size_t)PC_N_STREAM * PC_N_AGE_YEAR, sizeof(double));
    self->rates.first = zeroed(n_cell, sizeof(double));
    pc_plan *plan = &self->plan;
    plan->n_category = n_category;
    plan->origin = pc_day_from_date((pc_date){2024, 4, 1});
    make_periods(plan, months);
    for (size_t band = 0; band < PC_N_BAND - 1; band++)
        plan->care_edge[band] = plan->placement_edge[band] = edge[band];
    plan->mean = &self->rates;
    const size_t n_multiplier = plan->n_period * PC_N_STREAM * PC_N_AGE_YEAR;
    plan->start_multiplier = zeroed(n_multiplier, sizeof(double));
    for (size_t cell = 0; cell < n_multiplier; cell++)
        plan->start_multiplier[cell] = 1.0;
    plan->dispersion[0] = plan->dispersion[1] = (double)INFINITY;
    plan->capacity = zeroed(n_category, sizeof *plan->capacity);
}

void hand_plan_add_child(hand_plan *self, size_t stream, double age, size_t category, double care_start,
                         double placement_start, bool whole_days)
{
    pc_plan *plan = &self->plan;
    if (plan->n_child == self->child_capacity) {
        self->child_capacity = 2 * self->child_capacity + 16;
        plan->child = realloc(plan->child, self->child_capacity * sizeof *plan->child);
        assert_non_null(plan->child);
    }
    plan_child *child = &plan->child[plan->n_child++];
    memset(child, 0, sizeof *child);
    child->stream = (uint8_t)stream;
    child->category = (uint8_t)category;
    child->care_start = care_start;
    child->placement_start = placement_start;
    child->age_band = isinf(age) ? 2 : 0;
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        const double edge = (pc_age_band_first_year[band + 1] - age) * PC_DAYS_PER_YEAR;
        child->age_edge[band] = whole_days ? floor(edge + 0.5) : edge;
        if (!isinf(age) && child->age_edge[band] <= 0.0)
            child->age_band = (uint8_t)(band + 1);
    }
}

void hand_plan_free(hand_plan *self)
{
    free(self->rates.exit);
    free(self->rates.status);
    free(self->rates.move);
    free(self->rates.starts);
    free(self->rates.first);
    free(self->plan.period);
    free(self->plan.period_of_day);
    free(self->plan.child);
    free(self->plan.start_multiplier);
    free(self->plan.capacity);
    memset(self, 0, sizeof *self);
}

double *hand_plan_exit(hand_plan *self, size_t stream, size_t age, size_t category, size_t care, size_t cause)
{
    return &self->rates
                .exit[pc_rates_cell(&self->rates, stream, age, category, care) * PC_N_EXIT_HAZARD + cause];
}

double *hand_plan_status(hand_plan *self, size_t stream, size_t age, size_t from, size_t care, size_t to)
{
    return &self->rates
                .status[pc_rates_cell(&self->rates, stream, age, from, care) * self->rates.n_category + to];
}

double *hand_plan_move(hand_plan *self, size_t stream, size_t age, size_t from, size_t placement, size_t to)
{
    return &self->rates
                .move[pc_rates_cell(&self->rates, stream, age, from, placement) * self->rates.n_category +
                      to];
}

double *hand_plan_first(hand_plan *self, size_t stream, size_t age, size_t category)
{
    return &self->rates.first[(stream * PC_N_AGE_BAND + age) * self->rates.n_category + category];
}

double *hand_plan_starts(hand_plan *self, size_t stream, size_t age_year)
{
    return &self->rates.starts[stream * PC_N_AGE_YEAR + age_year];
}

double hand_plan_random(uint64_t *state)
{
    /* splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void random_shares(hand_plan *self, size_t stream, size_t age, uint64_t *state)
{
    double sum = 0.0;
    for (size_t category = 0; category < self->rates.n_category; category++)
        sum += *hand_plan_first(self, stream, age, category) = 0.1 + hand_plan_random(state);
    for (size_t category = 0; category < self->rates.n_category; category++)
        *hand_plan_first(self, stream, age, category) /= sum;
}

void hand_plan_random_rates(hand_plan *self, uint64_t seed)
{
    const size_t n = self->rates.n_category;
    uint64_t state = seed;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++)
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            random_shares(self, stream, age, &state);
            for (size_t from = 0; from < n; from++)
                for (size_t band = 0; band < PC_N_BAND; band++) {
                    const double early = 2.5 / (1.0 + (double)band); /* hazards fall with time */
                    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++)
                        *hand_plan_exit(self, stream, age, from, band, cause) =
                            0.2 * early * hand_plan_random(&state);
                    for (size_t to = 0; to < n; to++) {
                        *hand_plan_move(self, stream, age, from, band, to) =
                            1.5 * early * hand_plan_random(&state) / (double)n;
                        if (to != from)
                            *hand_plan_status(self, stream, age, from, band, to) =
                                0.3 * hand_plan_random(&state) / (double)n;
                    }
                }
        }
    self->plan.care_bands = self->plan.placement_bands = true;
}

/* LAC-600 */

enum { LAC_CATEGORY = 8, LAC_MONTHS = 60 };
/* Hazards fall with time in care and in the placement; made up, with a mean near 1 for those in care. */
static const double lac_care_factor[PC_N_BAND] = {2.6, 1.5, 1.1, 0.9, 0.7};
static const double lac_placement_factor[PC_N_BAND] = {3.0, 1.6, 1.0, 0.8, 0.6};

static FILE *open_table(const char *folder, const char *name)
{
    char *path = pc_test_path(folder, name);
    FILE *file = fopen(path, "r");
    free(path);
    char header[200];
    if (file != NULL)
        assert_non_null(fgets(header, sizeof header, file));
    return file;
}

static void set_lac_rate(hand_plan *self, size_t age, size_t from, size_t to, double per_year, bool bands)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++)
        for (size_t band = 0; band < PC_N_BAND; band++) {
            if (to == LAC_CATEGORY) /* one total, split so that every cause is used */
                for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++)
                    *hand_plan_exit(self, stream, age, from, band, cause) =
                        per_year * (double)(cause + 1) / 15.0 * (bands ? lac_care_factor[band] : 1.0);
            else
                *hand_plan_move(self, stream, age, from, band, to) =
                    per_year * (bands ? lac_placement_factor[band] : 1.0);
        }
}

static void read_lac_rates(hand_plan *self, const char *folder, bool bands)
{
    FILE *file = open_table(folder, "rates.csv");
    assert_non_null(file);
    unsigned age, from, to;
    double rate;
    while (fscanf(file, "%u,%u,%u,%lf", &age, &from, &to, &rate) == 4)
        set_lac_rate(self, age, from, to, rate * 12.0, bands);
    (void)fclose(file);
}

static void read_lac_entrants(hand_plan *self, const char *folder)
{
    FILE *file = open_table(folder, "entrants.csv");
    assert_non_null(file);
    unsigned age, category;
    double rate, total[PC_N_AGE_BAND] = {0};
    while (fscanf(file, "%u,%u,%lf", &age, &category, &rate) == 3) {
        *hand_plan_first(self, 0, age, category) = rate;
        total[age] += rate;
    }
    (void)fclose(file);
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        const int first = pc_age_band_first_year[band], end = pc_age_band_first_year[band + 1];
        for (int year = first; year < end; year++)
            *hand_plan_starts(self, 0, (size_t)year) = total[band] * 12.0 / (end - first);
        for (size_t to = 0; to < LAC_CATEGORY; to++) {
            *hand_plan_first(self, 0, band, to) /= total[band];
            *hand_plan_first(self, 1, band, to) = *hand_plan_first(self, 0, band, to);
        }
    }
}

bool hand_plan_lac600(hand_plan *self, const char *folder, bool bands)
{
    FILE *file = open_table(folder, "initial.csv");
    if (file == NULL)
        return false;
    hand_plan_make(self, LAC_CATEGORY, LAC_MONTHS);
    unsigned number, age_months, category;
    uint64_t state = 600;
    while (fscanf(file, "%u,%u,%u", &number, &age_months, &category) == 3) {
        /* Time in care so far: up to six years, and never longer than the child's life. */
        const double care = floor(fmin(age_months * 30.4375, 2192.0 * pow(hand_plan_random(&state), 2.0)));
        const double placement = floor(care * hand_plan_random(&state));
        hand_plan_add_child(self, 0, age_months / 12.0, category, -care, -placement, true);
    }
    (void)fclose(file);
    read_lac_rates(self, folder, bands);
    read_lac_entrants(self, folder);
    self->plan.care_bands = self->plan.placement_bands = bands;
    return true;
}
