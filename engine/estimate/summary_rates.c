/* summary_rates.c - rates from published years: the national ones, moved to what the years show. */
#include "estimate/summary_fit.h"

#include <math.h>
#include <string.h>

#define MOST_GAP 0.05          /* of the stock a year: a larger one is not a matter of counting */
#define SEED_CHILDREN 2.0      /* of a stream and age band, by the national mix: no category is impossible */
#define DESTINATION_SHAPE 20.0 /* how well the moves to a category are known: to about 22% (judgement) */
#define FIRST_PLACEMENTS 100.0 /* first placements that the mix of an age band is worth (judgement) */
#define START_INFLATION                                                                                      \
    1.5 /* variance of a month's starts over its mean: brothers and sisters (judgement)                      \
         */
#define HALF_A_START 0.5

static double national_exit(const summary_work *self, size_t stream, size_t age, size_t cause)
{
    const pc_rates *rates = &self->priors->rates;

    return rates->exit[pc_rates_cell(rates, stream, age, 0, 0) * PC_N_EXIT_HAZARD + cause];
}

static double national_exits(const summary_work *self, size_t stream, size_t age)
{
    double sum = 0;

    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        sum += national_exit(self, stream, age, cause);
    }
    return sum;
}

/* Ceases a year that close the published stock; says what they differ by. */
static double balanced_ceases(const summary_work *self, double published)
{
    double gap = 0, stock = 0, share;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            stock += summary_stock(self, stream, age, -1);
        }
    }
    if (!(self->n_balance > 0) || !(stock > 0)) {
        return published;
    }
    gap = (self->change - (self->start_total - self->cease_total)) / self->n_balance;
    share = gap / stock;
    if (!(fabs(share) <= MOST_GAP)) {
        pc_diagnostics_add(
            self->diagnostics, PC_WARNING, (pc_place){.file = self->summary->folder},
            "starts less ceases miss the change of the stock by %+.1f children a year (%.1f%% of it): "
            "too many for a way of counting, so ceases are taken as published",
            gap, 100 * share);
        return published;
    }
    pc_diagnostics_add(
        self->diagnostics, PC_ASSUMPTION, (pc_place){.file = self->summary->folder},
        "starts less ceases miss the change of the stock by %+.1f children a year (%.1f%% of it): "
        "%.1f ceases a year are counted instead of %.1f, so that it closes",
        gap, 100 * share, published - gap > 0 ? published - gap : 0.0, published);
    return published - gap > 0 ? published - gap : 0.0;
}

/* The factor of each age on the national exits: what the ages show, shrunk, and all together what closes the
 * stock once the 18th birthdays have been taken out. */
static void find_factors(summary_work *self)
{
    shape_cell cell[PC_N_STREAM * PC_N_AGE_BAND];
    shape_parent country = {.shape = HUGE_VAL, .mean = 1, .factor = 1};
    double chance[N_SHAPE_GRID], k, before_18 = 0, birthdays = 0, published = 0, target, sum = 0, level;
    size_t n = 0, n_cell = 0;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        birthdays += self->years[stream][4] * stationary_ageing(&self->steady[stream], 4);
        for (size_t age = 0; age < PC_SUMMARY_N_AGE; age++) {
            published += self->ceases[stream][age];
            before_18 += age < 6 ? self->ceases[stream][age] : 0.0;
        }
    }
    if (!(self->n_cease_year > 0)) {
        for (size_t i = 0; i < (size_t)PC_N_STREAM * PC_N_AGE_BAND; i++) {
            self->factor[i / PC_N_AGE_BAND][i % PC_N_AGE_BAND] = 1;
            self->weight[i / PC_N_AGE_BAND][i % PC_N_AGE_BAND] = SHAPE_MIN;
        }
        return;
    }
    target = balanced_ceases(self, published / self->n_cease_year) * self->n_cease_year - birthdays;
    target = target > 0.5 * before_18 ? target : 0.5 * before_18;
    target = target > SHAPE_MIN ? target : SHAPE_MIN; /* nobody left: half a child did */
    level = before_18 > 0 ? target / before_18 : 1;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++, n_cell++) {
            double events = self->ceases[stream][age] + (age == 4 ? self->ceases[stream][5] : 0.0);
            double expected = self->years[stream][age] * national_exits(self, stream, age);

            cell[n] = (shape_cell){events * level, expected, 0};
            n += expected > 0;
        }
    }
    k = estimate_shape(cell, n, &country, SHAPE_MIN, chance);
    for (size_t stream = 0, c = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            double expected = self->years[stream][age] * national_exits(self, stream, age), events = 0;

            if (expected > 0) {
                events = cell[c++].events;
            }
            self->factor[stream][age] = (k + events) / (k + expected);
            self->weight[stream][age] = k + events;
            sum += self->factor[stream][age] * expected;
        }
    }
    for (size_t i = 0; sum > 0 && i < (size_t)PC_N_STREAM * PC_N_AGE_BAND; i++) {
        self->factor[i / PC_N_AGE_BAND][i % PC_N_AGE_BAND] *= target / sum;
    }
}

static void set_exits(summary_work *self, pc_authority_model *out)
{
    estimate_table *table = &out->posterior->family[FAMILY_EXIT];
    size_t per_age = self->codes->n_category * PC_N_BAND;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            double all = national_exits(self, stream, age);

            self->leave[stream][age] = all * self->factor[stream][age];
            for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                double rate = national_exit(self, stream, age, cause);
                size_t tree = stream * PC_N_EXIT_HAZARD + cause, step = (tree * N_PROFILE + 0) * N_STEP + age;

                for (size_t c = 0; c < per_age; c++) {
                    size_t at = ((stream * PC_N_AGE_BAND + age) * per_age + c) * PC_N_EXIT_HAZARD + cause;

                    out->mean.exit[at] = estimate_round(rate * self->factor[stream][age]);
                    table->reference[at] = out->mean.exit[at];
                }
                /* Drawn by cause, so that the sum over the causes has the variance of the age's factor. */
                table->profile[step] = rate > 0 ? 1 : 0;
                table->profile_events[step] = rate > 0 ? self->weight[stream][age] * rate / all : 0;
                table->profile_expected[step] = table->profile_events[step];
            }
        }
    }
}

/* The share of each category at an age, with a little of the national mix. */
static void find_mix(const summary_work *self, size_t stream, double mix[PC_N_AGE_BAND][PC_MAX_CATEGORY])
{
    size_t n = self->codes->n_category;

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double seed[PC_MAX_CATEGORY] = {0};
        bool any = false;

        for (size_t from = 0; from < PC_N_STREAM && !any;
             from++) { /* unaccompanied and too young: as the others */
            size_t of = from == 0 ? stream : PC_N_STREAM - 1 - stream;

            for (size_t c = 0; c < n; c++) {
                for (size_t p = 0; p < PC_SUMMARY_N_PROVIDER; p++) {
                    seed[c] += self->seed.stock[of][c][age][p];
                }
            }
            any = estimate_shares(seed, n);
        }
        for (size_t c = 0; c < n; c++) {
            mix[age][c] =
                summary_stock(self, stream, age, (int)c) + SEED_CHILDREN * (any ? seed[c] : 1.0 / (double)n);
        }
        (void)estimate_shares(mix[age], n);
    }
}

/* Where children go, at a start or a move, so that the mix of each age stays as it is: arrivals from the age
 * below bring theirs, and what is missing is made up. */
static void hold_mix(const summary_work *self, size_t stream, double moves,
                     double share[PC_N_AGE_BAND][PC_MAX_CATEGORY])
{
    double mix[PC_N_AGE_BAND][PC_MAX_CATEGORY], from_below = 0;
    size_t n = self->codes->n_category;

    find_mix(self, stream, mix);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double children = summary_stock(self, stream, age, -1), starts = 0;

        for (int year = pc_age_band_first_year[age]; year < pc_age_band_first_year[age + 1]; year++) {
            starts += self->n_start_year > 0 ? self->starts[stream][year] / self->n_start_year : 0.0;
        }
        for (size_t c = 0; c < n; c++) {
            double below = age > 0 ? from_below * mix[age - 1][c] : 0.0;
            double wanted = mix[age][c] * (children * moves + starts + from_below) - below;

            share[age][c] = wanted > 0 ? wanted : 0.0;
        }
        if (!estimate_shares(share[age], n)) {
            memcpy(share[age], mix[age], sizeof mix[age]);
        }
        from_below = children * stationary_ageing(&self->steady[stream], age);
    }
}

static double national_moves(const summary_work *self, size_t stream, size_t age)
{
    const pc_rates *rates = &self->priors->rates;
    double sum = 0;

    for (size_t to = 0; to < rates->n_category; to++) {
        sum += rates->move[pc_rates_cell(rates, stream, age, 0, 0) * rates->n_category + to];
    }
    return sum;
}

static void set_places(const summary_work *self, size_t stream, pc_authority_model *out)
{
    estimate_table *table = &out->posterior->family[FAMILY_MOVE];
    estimate_starts *starts = &out->posterior->starts[stream];
    double share[PC_N_AGE_BAND][PC_MAX_CATEGORY];
    size_t n = self->codes->n_category, per_age = n * PC_N_BAND;

    hold_mix(self, stream, national_moves(self, stream, 3), share);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        for (size_t to = 0; to < n; to++) {
            for (size_t c = 0; c < per_age; c++) {
                size_t at = ((stream * PC_N_AGE_BAND + age) * per_age + c) * n + to;

                out->mean.move[at] = estimate_round(national_moves(self, stream, age) * share[age][to]);
                table->reference[at] = out->mean.move[at];
            }
            out->mean.first[(stream * PC_N_AGE_BAND + age) * n + to] = estimate_round(share[age][to]);
            starts->first_events[age * n + to] = FIRST_PLACEMENTS * share[age][to];
            starts->support[age * n + to] = 1;
            starts->pooled[to] += FIRST_PLACEMENTS * share[age][to];
        }
    }
    starts->first_shape = 0;
}

static void set_starts(const summary_work *self, size_t stream, pc_authority_model *out)
{
    estimate_starts *starts = &out->posterior->starts[stream];

    starts->years = self->n_start_year > 0 ? self->n_start_year : 1;
    starts->age_shape = 1;
    starts->inflation = START_INFLATION;
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        starts->events[age] = self->starts[stream][age];
        starts->total += starts->events[age];
    }
    if (!(starts->total > 0)) { /* none in those years is not none for ever */
        double all = 0;

        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            all += self->seed.starts[stream][age];
        }
        for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
            starts->events[age] = HALF_A_START * self->seed.starts[stream][age] / all;
        }
        starts->total = HALF_A_START;
    }
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        out->mean.starts[stream * PC_N_AGE_YEAR + age] = starts->events[age] / starts->years;
    }
    out->start_dispersion[stream] = starts->total / starts->years / 12 / (START_INFLATION - 1);
}

static void set_shapes(pc_posterior *posterior)
{
    for (size_t family = 0; family < N_FAMILY; family++) {
        estimate_table *table = &posterior->family[family];

        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            for (int level = 0; level < N_TREE_LEVEL; level++) {
                table->shape[stream][level] = SHAPE_MAX;
            }
        }
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        posterior->family[FAMILY_MOVE].shape[stream][LEVEL_CAUSE] = DESTINATION_SHAPE;
    }
}

pc_status summary_make_rates(summary_work *self, pc_authority_model *out)
{
    pc_posterior *posterior = out->posterior;

    posterior->shrink = true;
    memset(posterior->reachable, 1, sizeof posterior->reachable);
    set_shapes(posterior);
    find_factors(self);
    set_exits(self, out);
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        double starts[PC_N_AGE_YEAR];

        set_starts(self, stream, out);
        set_places(self, stream, out);
        memcpy(starts, out->mean.starts + stream * PC_N_AGE_YEAR, sizeof starts);
        stationary_solve(starts, self->leave[stream], &self->steady[stream]);
    }
    return PC_OK;
}
