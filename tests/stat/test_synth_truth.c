/* The synthetic returns are made from the rates that they claim: counted from the cleaned files, and against
 * what theory says of constant rates. Fixed seeds; each threshold is 4 or 5 standard errors (false alarm
 * below 6.4e-5 a check). */
#include "pc_test.h"

#include <math.h>

#include "placecast/episodes.h"
#include "synth/synth_impl.h"

enum { EXIT, STATUS, MOVE, N_FAMILY };
#define N_SEED 50
#define N_CAUSE SYNTH_N_CATEGORY
#define N_CELL (N_FAMILY * N_CAUSE * PC_N_STREAM * PC_N_AGE_BAND * PC_N_BAND)
#define LEAST_EXPECTED 3.0 /* thinner cells are too skew for a z */

typedef struct counts {
    double events[N_CELL], expected[N_CELL];
} counts;

static size_t cell_of(int family, size_t cause, int stream, int age, int band)
{
    return ((((size_t)family * N_CAUSE + cause) * PC_N_STREAM + (size_t)stream) * PC_N_AGE_BAND +
            (size_t)age) *
               PC_N_BAND +
           (size_t)band;
}

/* One day at risk: what the rates expect of it. */
static void expect_day(counts *out, const pc_rates *rates, const pc_child_record *child,
                       const pc_episode *row, pc_day day)
{
    int age = pc_age_band_of_years(pc_age_years(child->birth, day));
    int care = synth_band_of_days(day - row->care_start),
        placement = synth_band_of_days(day - row->placement_start);
    size_t care_cell = pc_rates_cell(rates, child->stream, (size_t)age, row->category, (size_t)care);
    size_t placement_cell =
        pc_rates_cell(rates, child->stream, (size_t)age, row->category, (size_t)placement);

    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        out->expected[cell_of(EXIT, cause, child->stream, age, care)] +=
            rates->exit[care_cell * PC_N_EXIT_HAZARD + cause] / PC_DAYS_PER_YEAR;
    }
    for (size_t to = 0; to < SYNTH_N_CATEGORY; to++) {
        out->expected[cell_of(STATUS, to, child->stream, age, care)] +=
            rates->status[care_cell * SYNTH_N_CATEGORY + to] / PC_DAYS_PER_YEAR;
        out->expected[cell_of(MOVE, to, child->stream, age, placement)] +=
            rates->move[placement_cell * SYNTH_N_CATEGORY + to] / PC_DAYS_PER_YEAR;
    }
}

/* The event that ends `row`, put with the last day at risk. */
static void count_event(counts *out, const pc_child_record *child, const pc_episode *row,
                        const pc_episode *next)
{
    pc_day day = row->end - 1;
    int age = pc_age_band_of_years(pc_age_years(child->birth, day));
    int care = synth_band_of_days(day - row->care_start),
        placement = synth_band_of_days(day - row->placement_start);

    if (row->exit_cause < PC_N_EXIT_HAZARD) {
        out->events[cell_of(EXIT, row->exit_cause, child->stream, age, care)]++;
    } else if (next != NULL && next->transition == PC_TRANSITION_STATUS) {
        out->events[cell_of(STATUS, next->category, child->stream, age, care)]++;
    } else if (next != NULL && next->transition == PC_TRANSITION_MOVE) {
        out->events[cell_of(MOVE, next->category, child->stream, age, placement)]++;
    }
}

/* Days at risk in [from, to): day `extract` is none, since what happened on it shows a day later; nor is the
 * day before the 18th birthday, whose events give way to it. */
static void count_episodes(const pc_episodes *episodes, const pc_rates *rates, pc_day from, pc_day to,
                           bool closed_only, counts *out)
{
    for (size_t r = 0; r < episodes->n; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_episode *next =
            r + 1 < episodes->n && row[1].child == row->child && row->end == row[1].start ? row + 1 : NULL;
        const pc_child_record *child = &episodes->child[row->child];
        pc_day adult = pc_birthday(child->birth, 18), last = row->end < adult - 1 ? row->end : adult - 1;
        size_t end = r;

        while (end + 1 < episodes->n && episodes->row[end + 1].child == row->child &&
               episodes->row[end].end == episodes->row[end + 1].start) {
            end++;
        }
        if (closed_only && episodes->row[end].end == PC_DAY_OPEN) {
            continue;
        }
        last = last < to ? last : to;
        for (pc_day day = row->start > from ? row->start : from; day < last; day++) {
            expect_day(out, rates, child, row, day);
        }
        if (row->end > from && row->end <= to && row->end < adult) {
            count_event(out, child, row, next);
        }
    }
}

typedef struct pooled {
    size_t n, n_exit;
    double sum, square, fourth, exit_sum;
} pooled;

static void pool(const counts *in, pooled *out)
{
    for (size_t cell = 0; cell < N_CELL; cell++) {
        if (in->expected[cell] >= LEAST_EXPECTED) {
            double z = (in->events[cell] - in->expected[cell]) / sqrt(in->expected[cell]);

            out->n++;
            out->sum += z;
            out->square += z * z;
            out->fourth += z * z * z * z;
            if (cell < cell_of(STATUS, 0, 0, 0, 0)) {
                out->n_exit++;
                out->exit_sum += z;
            }
        } else {
            assert_true(in->expected[cell] > 0 || in->events[cell] < 0.5); /* nothing happens that cannot */
        }
    }
}

static void clean_and_count(const char *folder, const pc_rates *rates, counts *all, counts *closed)
{
    pc_clean_options options = pc_clean_options_default();
    char *path = pc_test_path(folder, "ssda903");
    pc_episodes episodes;
    pc_quality quality;
    pc_diagnostics diagnostics;
    pc_day from;

    pc_diagnostics_init(&diagnostics);
    options.folder = path;
    assert_ok(pc_clean(&options, &episodes, &quality, &diagnostics), &diagnostics);
    from = pc_financial_year_first_day(pc_financial_year(episodes.extract) -
                                       2); /* all true clocks or the last band */
    count_episodes(&episodes, rates, from, episodes.extract, false, all);
    count_episodes(&episodes, rates, from, episodes.extract, true, closed);
    pc_episodes_free(&episodes);
    pc_quality_free(&quality);
    pc_diagnostics_free(&diagnostics);
    free(path);
}

static void events_in_the_returns_are_as_many_as_the_true_rates_expect(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    counts *all = calloc(1, sizeof *all), *closed = calloc(1, sizeof *closed);
    pooled pool_all = {0}, pool_closed = {0};
    pc_diagnostics diagnostics;
    pc_rates rates;
    double mean_z, variance, variance_z;

    (void)state;
    assert_non_null(all);
    assert_non_null(closed);
    pc_diagnostics_init(&diagnostics);
    options.children = 300;
    assert_ok(pc_synth_truth(&options, &rates, &diagnostics), &diagnostics);
    options.children = 0;
    options.rates = &rates;
    options.core_tables = true;
    for (uint64_t seed = 1; seed <= N_SEED; seed++) {
        char *folder = pc_test_folder();

        memset(all, 0, sizeof *all);
        memset(closed, 0, sizeof *closed);
        options.seed = seed;
        assert_ok(pc_synth(&options, folder, &diagnostics), &diagnostics);
        clean_and_count(folder, &rates, all, closed);
        pool(all, &pool_all);
        pool(closed, &pool_closed);
        pc_test_remove(folder);
        free(folder);
    }
    mean_z = pool_all.sum / sqrt((double)pool_all.n);
    variance = pool_all.square / (double)pool_all.n;
    variance_z = (variance - 1) /
                 sqrt((pool_all.fourth / (double)pool_all.n - variance * variance) / (double)pool_all.n);
    print_message("%zu cells: mean z %.4f (%.2f standard errors), variance %.4f (%.2f)\n", pool_all.n,
                  pool_all.sum / (double)pool_all.n, mean_z, variance, variance_z);
    assert_true(pool_all.n > 50 * N_SEED);
    assert_true(fabs(mean_z) < 4);
    assert_true(fabs(variance_z) < 4);
    /* The twin that must fail: closed cases only. */
    print_message("closed cases only: mean z of exits %.3f\n",
                  pool_closed.exit_sum / (double)pool_closed.n_exit);
    assert_true(pool_closed.exit_sum / sqrt((double)pool_closed.n_exit) > 20);
    pc_rates_free(&rates);
    pc_diagnostics_free(&diagnostics);
    free(all);
    free(closed);
}

/* ---- theory ---- */

#define FROM 10957 /* 2000-01-01 */
#define HORIZON (FROM + 25 * 366)

/* The same rates in every cell: exits `out`, moves from category 0 to 1 at `there`, back at `back`. */
static pc_rates constant_rates(double starts, double out, double there, double back)
{
    pc_rates rates;

    assert_ok(pc_rates_init(&rates, SYNTH_N_CATEGORY));
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        for (size_t category = 0; category < 2; category++) {
            for (size_t band = 0; band < PC_N_BAND; band++) {
                size_t cell = pc_rates_cell(&rates, PC_STREAM_LOCAL, age, category, band);

                rates.exit[cell * PC_N_EXIT_HAZARD + PC_EXIT_OTHER] = out;
                rates.move[cell * SYNTH_N_CATEGORY + (1 - category)] = category == 0 ? there : back;
            }
        }
        rates.first[age * SYNTH_N_CATEGORY] = 1;
    }
    rates.starts[0] = starts; /* as infants, so that hardly anybody stays to be 18 */
    return rates;
}

static void with_constant_rates_the_stock_meets_immigration_and_death(void **state)
{
    const double starts = 60, out = 0.8, there = 0.7, back = 0.3;
    pc_rates rates = constant_rates(starts, out, there, back);
    enum { N = 400 };
    double sum[2] = {0, 0}, total = 0, square = 0, first, expected[2], mean, variance;

    (void)state;
    /* n0 (out + there) = starts + back n1, n1 (out + back) = there n0 */
    expected[0] = starts / (out + there - back * there / (out + back));
    expected[1] = expected[0] * there / (out + back);
    for (uint64_t seed = 1; seed <= N; seed++) {
        synth_population people;
        double stock = 0;

        assert_ok(synth_population_make(&rates, pc_random_key_make(seed, 0), FROM, HORIZON, &people));
        for (size_t at = 0; at < people.n_stay; at++) {
            const synth_stay *stay = &people.stay[at];

            if (stay->start < HORIZON - 1 && stay->end >= HORIZON) {
                sum[stay->category] += 1;
                stock += 1;
            }
        }
        total += stock;
        square += stock * stock;
        synth_population_free(&people);
    }
    mean = total / N;
    variance = (square - N * mean * mean) / (N - 1);
    first = starts / out;
    assert_true(fabs(z_mean(mean, first, sqrt(first), N)) < 4);
    assert_true(fabs((variance / first - 1) / sqrt(2.0 / (N - 1))) < 4); /* Poisson: variance = mean */
    for (size_t category = 0; category < 2; category++) {
        assert_true(fabs(z_mean(sum[category] / N, expected[category], sqrt(expected[category]), N)) < 4);
    }
    /* The twin that must fail: without moves back the second category would be larger. */
    assert_true(fabs(z_mean(sum[1] / N, starts / (out + there) * there / out, sqrt(expected[1]), N)) > 5);
    pc_rates_free(&rates);
}

static void nobody_stays_past_the_18th_birthday_and_all_stay_to_it_without_exits(void **state)
{
    pc_rates rates = constant_rates(0, 0, 0, 0);
    synth_population people;

    (void)state;
    rates.starts[15] = 200;
    assert_ok(synth_population_make(&rates, pc_random_key_make(1, 0), FROM, HORIZON, &people));
    assert_true(people.n_period > 4000);
    for (size_t at = 0; at < people.n_period; at++) {
        pc_day adult = pc_birthday(people.person[people.period[at].person].birth, 18);

        assert_int_equal(people.period[at].end, adult < HORIZON ? adult : PC_DAY_OPEN);
        assert_int_equal(people.period[at].cause, adult < HORIZON ? PC_EXIT_AGE_OUT : PC_N_EXIT_CAUSE);
    }
    synth_population_free(&people);
    pc_rates_free(&rates);
}

static void starts_are_poisson_by_age_and_stream_with_the_returners_in_them(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    pc_diagnostics diagnostics;
    pc_rates rates;
    enum { N = 60 };
    const double years = (double)(HORIZON - FROM) / PC_DAYS_PER_YEAR;
    static double n[N][PC_N_STREAM * PC_N_AGE_YEAR];
    double chi_square = 0, cells = 0, returns = 0, all = 0, z_sum = 0;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_synth_truth(&options, &rates, &diagnostics), &diagnostics);
    for (size_t seed = 0; seed < N; seed++) {
        synth_population people;
        bool *seen;

        assert_ok(synth_population_make(&rates, pc_random_key_make(seed + 1, 7), FROM, HORIZON, &people));
        seen = calloc(people.n_person, sizeof *seen);
        assert_non_null(seen);
        for (size_t at = 0; at < people.n_period; at++) {
            const synth_period *one = &people.period[at];
            int age = pc_age_years(people.person[one->person].birth, one->start);

            n[seed][one->stream * PC_N_AGE_YEAR + age]++;
            returns += seen[one->person];
            seen[one->person] = true;
            all++;
        }
        free(seen);
        synth_population_free(&people);
    }
    for (size_t at = 0; at < PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        double expected = rates.starts[at] * years;

        for (size_t seed = 0; expected >= 20 && seed < N; seed++) {
            chi_square += (n[seed][at] - expected) * (n[seed][at] - expected) / expected;
            z_sum += (n[seed][at] - expected) / sqrt(expected);
            cells++;
        }
    }
    assert_true(cells > 20 * N);
    assert_true(fabs(z_sum / sqrt(cells)) < 4);
    assert_true(fabs((chi_square - cells) / sqrt(2 * cells)) < 4); /* mean = variance */
    assert_true(returns / all > 0.04 && returns / all < 0.12);
    pc_rates_free(&rates);
    pc_diagnostics_free(&diagnostics);
}

static void the_stock_of_the_shipped_rates_is_as_large_as_asked(void **state)
{
    pc_synth_options options = pc_synth_options_default();
    pc_diagnostics diagnostics;
    pc_rates rates;
    enum { N = 100 };
    double total = 0, square = 0, mean, error;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    options.children = 450;
    assert_ok(pc_synth_truth(&options, &rates, &diagnostics), &diagnostics);
    for (uint64_t seed = 1; seed <= N; seed++) {
        synth_population people;
        double stock;

        assert_ok(synth_population_make(&rates, pc_random_key_make(seed, 0), FROM, HORIZON, &people));
        stock = (double)synth_population_children_on(&people, HORIZON - 1);
        total += stock;
        square += stock * stock;
        synth_population_free(&people);
    }
    mean = total / N;
    error = sqrt((square / N - mean * mean) / N);
    assert_true(fabs(mean - 450) <
                4 * error + 0.01 * 450); /* the scaling itself is right to a third of a per cent */
    pc_rates_free(&rates);
    pc_diagnostics_free(&diagnostics);
}

/* The shipped truth looks like England in 2025 (DfE, children looked after; shares at 31 March). */
static void the_shipped_rates_look_national(void **state)
{
    static const double low[SYNTH_N_CATEGORY] = {0.13, 0.24, 0.22, 0.015, 0.07, 0.065, 0, 0.045, 0.012, 0.02};
    static const double high[SYNTH_N_CATEGORY] = {0.20, 0.32,  0.29,  0.04, 0.12,
                                                  0.11, 0.005, 0.075, 0.03, 0.045};
    pc_synth_options options = pc_synth_options_default();
    pc_diagnostics diagnostics;
    pc_rates rates;
    synth_population people;
    double mix[SYNTH_N_CATEGORY] = {0}, stock = 0, uasc = 0, days = 0, moves = 0, starts = 0;
    const pc_day from = HORIZON - 5 * 365;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    options.children = 10000;
    assert_ok(pc_synth_truth(&options, &rates, &diagnostics), &diagnostics);
    assert_ok(synth_population_make(&rates, pc_random_key_make(1, 0), FROM, HORIZON, &people));
    for (size_t at = 0; at < people.n_period; at++) {
        const synth_period *one = &people.period[at];
        pc_day first = one->start > from ? one->start : from, last = one->end < HORIZON ? one->end : HORIZON;

        days += last > first ? (double)(last - first) : 0;
        starts += one->start >= from;
        uasc += one->end == PC_DAY_OPEN && one->stream == PC_STREAM_UASC;
        for (size_t s = one->first_stay; s < one->first_stay + one->n_stay; s++) {
            moves += people.stay[s].start >= from && people.stay[s].transition == PC_TRANSITION_MOVE;
            if (people.stay[s].end == PC_DAY_OPEN) {
                mix[people.stay[s].category]++;
                stock++;
            }
        }
    }
    for (size_t category = 0; category < SYNTH_N_CATEGORY; category++) {
        assert_in_range((int)(1000 * mix[category] / stock), (int)(1000 * low[category]),
                        (int)(1000 * high[category]));
    }
    assert_true(uasc / stock > 0.06 && uasc / stock < 0.10);
    assert_true(moves / days * PC_DAYS_PER_YEAR > 0.53 && moves / days * PC_DAYS_PER_YEAR < 0.68);
    assert_true(starts / days * PC_DAYS_PER_YEAR > 0.36 && starts / days * PC_DAYS_PER_YEAR < 0.46);
    synth_population_free(&people);
    pc_rates_free(&rates);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_in_the_returns_are_as_many_as_the_true_rates_expect),
        cmocka_unit_test(with_constant_rates_the_stock_meets_immigration_and_death),
        cmocka_unit_test(nobody_stays_past_the_18th_birthday_and_all_stay_to_it_without_exits),
        cmocka_unit_test(starts_are_poisson_by_age_and_stream_with_the_returners_in_them),
        cmocka_unit_test(the_stock_of_the_shipped_rates_is_as_large_as_asked),
        cmocka_unit_test(the_shipped_rates_look_national),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
