#include "cohort.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "pc_test.h"

const char *const cohort_category[COHORT_N_CATEGORY] = {"kinship", "foster_inhouse", "residential_external",
                                                        "supported", "adoption"};
static const int edge[PC_N_BAND - 1] = {28, 182, 365, 730};

static void need(bool good)
{
    if (!good) {
        fprintf(stderr, "cohort: out of memory\n");
        abort();
    }
}

static void *grown(void *array, size_t n, size_t size)
{
    if ((n & (n - 1)) == 0) { /* at every power of two */
        array = realloc(array, (n == 0 ? 1 : 2 * n) * size);
        need(array != NULL);
    }
    return array;
}

static char *copied(const char *text)
{
    char *copy = malloc(strlen(text) + 1);

    need(copy != NULL);
    strcpy(copy, text);
    return copy;
}

void cohort_empty(pc_episodes *out, size_t n_category, const char *const *category, pc_day extract)
{
    uint32_t number;

    memset(out, 0, sizeof *out);
    pc_names_init(&out->la);
    pc_names_init(&out->child_name);
    pc_names_init(&out->code);
    need(pc_names_add(&out->code, "", 0, &number) == PC_OK);
    out->codes.n_category = n_category;
    out->codes.category = calloc(n_category, sizeof *out->codes.category);
    need(out->codes.category != NULL);
    for (size_t c = 0; c < n_category; c++) {
        out->codes.category[c].name = copied(category[c]);
        out->codes.category[c].label = copied(category[c]);
    }
    out->extract = extract;
    out->covered_from = PC_DAY_NONE;
}

uint32_t cohort_add_child(pc_episodes *out, const char *la, const char *name, pc_day birth, pc_stream stream)
{
    pc_child_record *child;

    out->child = grown(out->child, out->n_child, sizeof *out->child);
    child = &out->child[out->n_child];
    *child = (pc_child_record){.birth = birth, .stream = (uint8_t)stream};
    need(pc_names_add(&out->la, la, strlen(la), &child->la) == PC_OK);
    need(pc_names_add(&out->child_name, name, strlen(name), &child->name) == PC_OK);
    return (uint32_t)out->n_child++;
}

void cohort_add_row(pc_episodes *out, pc_day start, pc_day end, size_t category, pc_transition transition,
                    size_t exit_cause)
{
    pc_episode row = {.child = (uint32_t)(out->n_child - 1),
                      .start = start,
                      .end = end,
                      .category = (uint8_t)category,
                      .transition = (uint8_t)transition,
                      .exit_cause = (uint8_t)exit_cause,
                      .placement = 1,
                      .care_start = start,
                      .placement_start = start};

    if (transition != PC_TRANSITION_START) {
        const pc_episode *before = &out->row[out->n - 1];

        row.care_start = before->care_start;
        row.placement = before->placement;
        if (transition == PC_TRANSITION_MOVE) {
            row.placement++;
        } else {
            row.placement_start = before->placement_start;
        }
    }
    out->row = grown(out->row, out->n, sizeof *out->row);
    out->row[out->n++] = row;
}

/* The next day on which some rate may change. */
static pc_day next_edge(pc_day day, pc_day birth, pc_day care_start, pc_day placement_start, int age_band)
{
    pc_day next = pc_birthday(birth, pc_age_band_first_year[age_band + 1]);

    for (int b = 0; b < PC_N_BAND - 1; b++) {
        if (care_start + edge[b] > day && care_start + edge[b] < next) {
            next = care_start + edge[b];
        }
        if (placement_start + edge[b] > day && placement_start + edge[b] < next) {
            next = placement_start + edge[b];
        }
    }
    return next;
}

static size_t band_of(int days)
{
    size_t band = 0;

    while (band < PC_N_BAND - 1 && days >= edge[band]) {
        band++;
    }
    return band;
}

/* Picks from consecutive lists of rates; returns the place in the joined list. */
static size_t pick(gsl_rng *rng, double total, const double *const list[3], const size_t n[3])
{
    double left = gsl_rng_uniform(rng) * total;
    size_t at = 0, last = 0;

    for (size_t l = 0; l < 3; l++) {
        for (size_t i = 0; i < n[l]; i++, at++) {
            if (list[l][i] > 0) {
                last = at;
                left -= list[l][i];
                if (left < 0) {
                    return at;
                }
            }
        }
    }
    return last;
}

static void live(gsl_rng *rng, const cohort_options *options, pc_episodes *out, pc_day birth,
                 pc_stream stream, pc_day start, size_t category)
{
    const pc_rates *truth = options->truth;
    const size_t n[3] = {PC_N_EXIT_HAZARD, truth->n_category, truth->n_category};
    pc_day adult = pc_birthday(birth, 18), day = start;
    pc_day care_start = start, placement_start = start, row_start = start;
    pc_transition transition = PC_TRANSITION_START;

    for (;;) {
        int age = pc_age_band_of_years(pc_age_years(birth, day));
        pc_day next = next_edge(day, birth, care_start, placement_start, age), event;
        size_t care = pc_rates_cell(truth, stream, (size_t)age, category, band_of(day - care_start));
        size_t place = pc_rates_cell(truth, stream, (size_t)age, category, band_of(day - placement_start));
        const double *const list[3] = {truth->exit + care * n[0], truth->move + place * n[1],
                                       truth->status + care * n[2]};
        double total = 0, wait;
        size_t what;

        for (size_t l = 0; l < 3; l++) {
            for (size_t i = 0; i < n[l]; i++) {
                total += list[l][i];
            }
        }
        wait = total > 0 ? floor(log(gsl_rng_uniform_pos(rng)) / log1p(-total / PC_DAYS_PER_YEAR)) : HUGE_VAL;
        event = wait < (double)(next - day) ? day + (pc_day)wait + 1 : PC_DAY_OPEN;
        if (event > options->extract && next > options->extract) {
            cohort_add_row(out, row_start, PC_DAY_OPEN, category, transition, PC_N_EXIT_CAUSE);
            return;
        }
        if (event >= adult && next >= adult) {
            cohort_add_row(out, row_start, adult, category, transition, PC_EXIT_AGE_OUT);
            return;
        }
        if (event == PC_DAY_OPEN) {
            day = next;
            continue;
        }
        what = pick(rng, total, list, n);
        cohort_add_row(out, row_start, event, category, transition, what < n[0] ? what : PC_N_EXIT_CAUSE);
        if (what < n[0]) {
            return;
        }
        transition = what < n[0] + n[1] ? PC_TRANSITION_MOVE : PC_TRANSITION_STATUS;
        category = (what - n[0]) % n[1];
        placement_start = transition == PC_TRANSITION_MOVE ? event : placement_start;
        row_start = day = event;
    }
}

static size_t pick_one(gsl_rng *rng, const double *weight, size_t n)
{
    double total = 0;

    for (size_t i = 0; i < n; i++) {
        total += weight[i];
    }
    return pick(rng, total, (const double *const[3]){weight, NULL, NULL}, (const size_t[3]){n, 0, 0});
}

void cohort_make(const cohort_options *options, pc_episodes *out)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

    need(rng != NULL);
    gsl_rng_set(rng, (unsigned long)options->seed + 1);
    cohort_empty(out, options->n_category, options->category, options->extract);
    for (pc_day day = options->first_start; day <= options->extract; day++) {
        for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
            const double *rate = options->truth->starts + stream * PC_N_AGE_YEAR;
            double total = 0;
            unsigned n_start;

            for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
                total += rate[age];
            }
            n_start = gsl_ran_poisson(rng, total / PC_DAYS_PER_YEAR);
            for (unsigned s = 0; s < n_start; s++) {
                int age = (int)pick_one(rng, rate, PC_N_AGE_YEAR);
                pc_day latest = pc_birthday(day, -age), earliest = pc_birthday(day, -age - 1) + 1;
                pc_day birth =
                    earliest + (pc_day)gsl_rng_uniform_int(rng, (unsigned long)(latest - earliest + 1));
                size_t band = stream * PC_N_AGE_BAND + (size_t)pc_age_band_of_years(age);
                char name[24];

                if (pc_birthday(birth, 18) <= day) {
                    continue;
                }
                snprintf(name, sizeof name, "c%09zu", out->n_child);
                cohort_add_child(out, "", name, birth, (pc_stream)stream);
                live(rng, options, out, birth, (pc_stream)stream, day,
                     pick_one(rng, options->truth->first + band * options->n_category, options->n_category));
            }
        }
    }
    gsl_rng_free(rng);
}

/* Rates by age band, category and duration band, as products. Per child-year. */
void cohort_truth(pc_rates *out, double size)
{
    static const double exit_age[PC_N_EXIT_HAZARD][PC_N_AGE_BAND] = {{0.20, 0.18, 0.16, 0.12, 0.10},
                                                                     {0.12, 0.12, 0.06, 0.02, 0.00},
                                                                     {0.15, 0.20, 0.01, 0.00, 0.00},
                                                                     {0.01, 0.01, 0.01, 0.01, 0.01},
                                                                     {0.02, 0.02, 0.02, 0.03, 0.08}};
    static const double exit_band[PC_N_BAND] = {3.0, 1.5, 1.0, 0.8, 0.5};
    static const double exit_from[COHORT_N_CATEGORY] = {1.2, 1.0, 0.8, 1.0, 1.5};
    static const double move_band[PC_N_BAND] = {3.0, 1.5, 1.0, 0.7, 0.4};
    static const double move_to[PC_N_AGE_BAND][COHORT_N_CATEGORY] = {{0.05, 0.20, 0.00, 0.00, 0.10},
                                                                     {0.05, 0.25, 0.01, 0.00, 0.08},
                                                                     {0.05, 0.30, 0.03, 0.00, 0.00},
                                                                     {0.04, 0.30, 0.10, 0.00, 0.00},
                                                                     {0.02, 0.20, 0.10, 0.40, 0.00}};
    static const double first_age[PC_N_AGE_BAND][COHORT_N_CATEGORY] = {{0.2, 0.8, 0, 0, 0},
                                                                       {0.25, 0.75, 0, 0, 0},
                                                                       {0.2, 0.75, 0.05, 0, 0},
                                                                       {0.15, 0.65, 0.2, 0, 0},
                                                                       {0.1, 0.3, 0.2, 0.4, 0}};
    static const double start_age[PC_N_AGE_BAND] = {25, 5, 4, 5, 9};

    assert_ok(pc_rates_init(out, COHORT_N_CATEGORY));
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            for (size_t c = 0; c < COHORT_N_CATEGORY; c++) {
                out->first[(stream * PC_N_AGE_BAND + age) * COHORT_N_CATEGORY + c] = first_age[age][c];
                for (size_t band = 0; band < PC_N_BAND; band++) {
                    size_t cell = pc_rates_cell(out, stream, age, c, band);

                    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                        out->exit[cell * PC_N_EXIT_HAZARD + cause] =
                            exit_age[cause][age] * exit_band[band] * exit_from[c] * (stream == 0 ? 1.0 : 0.5);
                    }
                    for (size_t to = 0; to < COHORT_N_CATEGORY; to++) {
                        out->move[cell * COHORT_N_CATEGORY + to] =
                            move_to[age][to] * move_band[band] * (stream == 0 ? 1.0 : 0.7);
                    }
                    if (c == 1) { /* a foster home becomes a kinship one */
                        out->status[cell * COHORT_N_CATEGORY] = 0.03;
                    }
                }
            }
        }
        for (int age = 0; age < PC_N_AGE_YEAR; age++) {
            double uasc = age >= 16 ? 15 : age >= 14 ? 2 : 0;

            out->starts[stream * PC_N_AGE_YEAR + (size_t)age] =
                size * (stream == 0 ? start_age[pc_age_band_of_years(age)] : uasc);
        }
    }
}
