/* Past forecasts: what is known at an origin, what happened after it. */
#include <math.h>

#include "intake_case.h"
#include "pc_test.h"

#include "placecast/backtest.h"
#include "placecast/synth.h"

static pc_day day(int year, int month, int in_month)
{
    return pc_day_from_date((pc_date){year, month, in_month});
}

typedef struct tested {
    pc_episodes episodes;
    pc_skill skill;
    pc_diagnostics diagnostics;
    pc_status status;
} tested;

static pc_scenario scenario_on(char *folder)
{
    static char name[] = "test";

    return (pc_scenario){.name = name,
                         .start = day(2030, 1, 1), /* of no matter */
                         .months = 1,
                         .replicates = 1,
                         .seed = 5,
                         .uncertainty = {true, true, true},
                         .ssda903 = folder,
                         .extract = PC_DAY_NONE,
                         .window_from = PC_DAY_NONE,
                         .window_to = PC_DAY_NONE};
}

static void test_folder(tested *self, char *folder, const pc_prices *prices,
                        const pc_backtest_options *options)
{
    pc_scenario scenario = scenario_on(folder);
    pc_clean_options clean = pc_clean_options_default();
    pc_quality quality;

    pc_diagnostics_init(&self->diagnostics);
    clean.folder = folder;
    assert_ok(pc_clean(&clean, &self->episodes, &quality, &self->diagnostics), &self->diagnostics);
    pc_quality_free(&quality);
    self->status = pc_backtest(&self->episodes, &scenario, prices, options, &self->skill, &self->diagnostics);
}

static void tested_free(tested *self)
{
    pc_skill_free(&self->skill);
    pc_skill_free(&self->skill);
    pc_episodes_free(&self->episodes);
    pc_diagnostics_free(&self->diagnostics);
}

static const pc_skill_row *find(const pc_skill *skill, pc_day origin, int horizon, pc_measure measure,
                                const char *category)
{
    for (size_t r = 0; r < skill->n; r++) {
        const pc_skill_row *row = &skill->row[r];
        const char *name = row->category < skill->n_category ? skill->category[row->category] : "all";

        if (row->origin == origin && row->horizon == horizon && row->measure == measure &&
            strcmp(name, category) == 0) {
            return row;
        }
    }
    return NULL;
}

static const pc_skill_row *row_of(const pc_skill *skill, pc_day origin, int horizon, pc_measure measure,
                                  const char *category)
{
    const pc_skill_row *row = find(skill, origin, horizon, measure, category);

    assert_non_null(row);
    return row;
}

/* ---- by hand ---- */

/* Ten children stay with in-house carers throughout. Each year one more comes on 1 June and leaves on 15
 * July. Two, A and B, come to a home on 1 May 2019; A leaves on 1 July 2020, B is moved to a foster carer
 * that day. */
static void write_returns(const intake_case *c)
{
    static const char *const born = "%s,1,01/01/2010,WBRI\n";

    for (int year = 2017; year <= 2020; year++) {
        char name[64], header[2048] = "", rows[4096] = "", line[256];

        for (int child = 0; child < 10; child++) {
            snprintf(line, sizeof line, "K%d,01/04/2016,S,C2,N1,U4,PR1,,,\n", child);
            strcat(rows, line);
            snprintf(name, sizeof name, "K%d", child);
            snprintf(line, sizeof line, born, name);
            strcat(header, line);
        }
        snprintf(line, sizeof line, "S%d,01/06/%d,S,C2,N1,U4,PR1,15/07/%d,E4A,\n", year, year, year);
        strcat(rows, line);
        snprintf(name, sizeof name, "S%d", year);
        snprintf(line, sizeof line, born, name);
        strcat(header, line);
        if (year == 2019) {
            strcat(rows, "A,01/05/2019,S,C2,N1,K2,PR1,,,\nB,01/05/2019,S,C2,N1,K2,PR1,,,\n");
        }
        if (year == 2020) {
            strcat(rows, "A,01/05/2019,S,C2,N1,K2,PR1,01/07/2020,E4A,\n"
                         "B,01/05/2019,S,C2,N1,K2,PR1,01/07/2020,X1,CARPL\nB,01/07/2020,P,C2,N1,U4,PR1,,,\n");
        }
        if (year >= 2019) {
            strcat(header, "A,1,01/01/2010,WBRI\nB,1,01/01/2010,WBRI\n");
        }
        snprintf(name, sizeof name, "%d/header.csv", year);
        case_file(c, name, HEADER_COLUMNS, header);
        snprintf(name, sizeof name, "%d/episodes.csv", year);
        case_file(c, name, EPISODE_COLUMNS, rows);
    }
}

static void what_happened_is_counted_by_hand(void **state)
{
    double weekly[PC_MAX_CATEGORY] = {0};
    int price_year[PC_MAX_CATEGORY] = {0};
    pc_inflation growth = {-1, 2020, 1, 1, 1}; /* doubles; not scored */
    pc_prices prices = {
        .weekly_gbp = weekly, .price_year = price_year, .n_inflation = 1, .inflation = &growth};
    pc_backtest_options options = pc_backtest_options_default();
    const pc_day then = day(2020, 3, 31), before = day(2019, 3, 31);
    intake_case c;
    tested t;
    pc_codes codes;
    size_t foster = 99, home = 99;

    (void)state;
    assert_ok(pc_codes_load(NULL, &codes, NULL));
    prices.n_category = codes.n_category;
    for (size_t category = 0; category < codes.n_category; category++) {
        price_year[category] = 2019;
        foster = strcmp(codes.category[category].name, "foster_inhouse") == 0 ? category : foster;
        home = strcmp(codes.category[category].name, "residential_inhouse") == 0 ? category : home;
    }
    weekly[foster] = 700;
    weekly[home] = 7000;
    pc_codes_free(&codes);
    case_open(&c);
    write_returns(&c);
    options.replicates = 20;
    test_folder(&t, c.folder, &prices, &options);
    assert_ok(t.status, &t.diagnostics);

    /* 31 March 2018 has one year before it, 31 March 2021 nothing after it. */
    assert_int_equal(t.skill.n_origin, 2);
    assert_int_equal(t.skill.origin[0], before);
    assert_int_equal(t.skill.origin[1], then);
    assert_null(find(&t.skill, then, 24, PC_MEASURE_CHILDREN, "all"));
    assert_null(find(&t.skill, before, 36, PC_MEASURE_CHILDREN, "all"));

    assert_close(row_of(&t.skill, then, 3, PC_MEASURE_CHILDREN, "all")->actual, 13, 0,
                 0); /* S2020 is there */
    assert_close(row_of(&t.skill, then, 6, PC_MEASURE_CHILDREN, "all")->actual, 11, 0, 0);
    assert_close(row_of(&t.skill, then, 6, PC_MEASURE_CHILDREN, "foster_inhouse")->actual, 11, 0, 0);
    assert_close(row_of(&t.skill, then, 3, PC_MEASURE_CHILDREN, "residential_inhouse")->actual, 2, 0, 0);
    assert_close(row_of(&t.skill, then, 6, PC_MEASURE_CHILDREN, "residential_inhouse")->actual, 0, 0, 0);
    assert_close(row_of(&t.skill, then, 12, PC_MEASURE_STARTS, "all")->actual, 1, 0, 0);
    assert_close(row_of(&t.skill, then, 3, PC_MEASURE_CEASES, "all")->actual, 0, 0, 0);
    assert_close(row_of(&t.skill, then, 6, PC_MEASURE_CEASES, "all")->actual, 2, 0, 0);
    assert_close(row_of(&t.skill, then, 6, PC_MEASURE_CEASES, "residential_inhouse")->actual, 1, 0, 0);
    assert_close(row_of(&t.skill, before, 24, PC_MEASURE_STARTS, "all")->actual, 4, 0, 0);
    /* April to June 2020: ten for 91 days and S2020 for 30 at 100 a day, two for 91 days at 1,000. */
    assert_close(row_of(&t.skill, then, 3, PC_MEASURE_COST, "all")->actual, 94000 + 182000, 1e-12, 0);
    /* July to September more: ten and B for 92, S2020 for 14. */
    assert_close(row_of(&t.skill, then, 6, PC_MEASURE_COST, "foster_inhouse")->actual, 94000 + 101200 + 1400,
                 1e-12, 0);

    assert_close(row_of(&t.skill, then, 12, PC_MEASURE_CHILDREN, "all")->naive, 12, 0, 0);
    assert_close(row_of(&t.skill, before, 12, PC_MEASURE_CHILDREN, "all")->naive, 10, 0, 0);
    assert_close(row_of(&t.skill, then, 12, PC_MEASURE_STARTS, "all")->naive, 3, 0, 0);
    assert_close(row_of(&t.skill, then, 3, PC_MEASURE_COST, "all")->naive, 91 * (1000 + 2000), 1e-12, 0);
    /* As many as were there: the forecast begins with them. */
    assert_true(row_of(&t.skill, then, 3, PC_MEASURE_CHILDREN, "all")->forecast.mean > 8);
    assert_close(row_of(&t.skill, then, 3, PC_MEASURE_CHILDREN, "all")->size, 12, 0, 0);
    for (size_t r = 0; r < t.skill.n; r++) {
        const pc_skill_row *row = &t.skill.row[r];

        assert_true(isfinite(row->crps + row->naive_crps + row->pinball + row->abs_error + row->line));
        assert_close(row->abs_error, fabs(row->forecast.quantile[4] - row->actual), 0, 0);
    }
    tested_free(&t);
    case_close(&c);
}

/* ---- nothing leaks ---- */

static void copy_return(const char *from, const char *to, const char *year)
{
    static const char *const table[] = {"header.csv", "episodes.csv", "uasc.csv"};

    for (size_t f = 0; f < sizeof table / sizeof table[0]; f++) {
        char name[64], *text;

        snprintf(name, sizeof name, "ssda903/%s/%s", year, table[f]);
        text = pc_test_read(from, name);
        pc_test_write(to, name, text);
        free(text);
    }
}

static bool same_forecast(const pc_skill_row *a, const pc_skill_row *b)
{
    return memcmp(&a->forecast, &b->forecast, sizeof a->forecast) == 0 &&
           memcmp(&a->naive, &b->naive, sizeof a->naive) == 0 &&
           memcmp(&a->line, &b->line, sizeof a->line) == 0;
}

/* Children at the origin, were the later returns not hidden. */
static size_t leaking(const char *folder, pc_day origin)
{
    pc_clean_options clean = pc_clean_options_default();
    pc_episodes episodes;
    pc_quality quality;
    size_t n;

    clean.folder = folder;
    clean.extract = origin;
    assert_ok(pc_clean(&clean, &episodes, &quality, NULL));
    n = pc_episodes_children_on(&episodes, PC_NAME_NONE, origin);
    pc_episodes_free(&episodes);
    pc_quality_free(&quality);
    return n;
}

static void nothing_after_the_origin_reaches_its_forecasts(void **state)
{
    pc_synth_options synth = pc_synth_options_default();
    pc_backtest_options options = pc_backtest_options_default();
    char *folder = pc_test_folder(), *other = pc_test_folder();
    char *returns = pc_test_path(folder, "ssda903");
    size_t now[2], compared = 0, differ = 0;
    tested a, b;

    (void)state;
    synth.children = 100;
    synth.years = 4; /* 2019/20 to 2022/23 */
    synth.core_tables = true;
    assert_ok(pc_synth(&synth, folder, NULL));
    synth.children = 300;
    synth.seed = 77;
    assert_ok(pc_synth(&synth, other, NULL));
    options.replicates = 20;
    test_folder(&a, returns, NULL, &options);
    assert_ok(a.status, &a.diagnostics);
    now[0] = leaking(returns, day(2021, 3, 31));
    /* Another council, of other children and three times the size, sends the later returns. */
    copy_return(other, folder, "2021-22");
    copy_return(other, folder, "2022-23");
    test_folder(&b, returns, NULL, &options);
    assert_ok(b.status, &b.diagnostics);
    now[1] = leaking(returns, day(2021, 3, 31));
    assert_true(now[1] > now[0] + 20); /* the must-fail twin: without hiding, the past changes */

    assert_int_equal(a.skill.n, b.skill.n);
    assert_int_equal(a.skill.n_origin, 2);
    for (size_t r = 0; r < a.skill.n; r++) {
        if (a.skill.row[r].origin == day(2021, 3, 31)) {
            assert_true(same_forecast(&a.skill.row[r], &b.skill.row[r]));
            compared++;
        } else {
            differ += !same_forecast(&a.skill.row[r], &b.skill.row[r]);
        }
    }
    assert_true(compared > 100);
    assert_true(differ > 50);
    assert_true(row_of(&b.skill, day(2021, 3, 31), 12, PC_MEASURE_CHILDREN, "all")->actual >
                row_of(&a.skill, day(2021, 3, 31), 12, PC_MEASURE_CHILDREN, "all")->actual + 50);
    tested_free(&a);
    tested_free(&b);
    pc_test_remove(folder);
    pc_test_remove(other);
    free(folder);
    free(other);
    free(returns);
}

/* ---- several authorities, options ---- */

static void each_authority_has_its_own_rows_and_their_sum(void **state)
{
    pc_synth_options synth = pc_synth_options_default();
    pc_backtest_options options = pc_backtest_options_default();
    char *folder = pc_test_folder(), *returns = pc_test_path(folder, "ssda903");
    tested one, two;

    (void)state;
    synth.years = 3;
    synth.layout = PC_SYNTH_MERGED;
    synth.la = "North=60,South=30";
    synth.core_tables = true;
    assert_ok(pc_synth(&synth, folder, NULL));
    options.replicates = 20;
    options.run.threads = 1;
    test_folder(&one, returns, NULL, &options);
    assert_ok(one.status, &one.diagnostics);
    options.run.threads = 3;
    test_folder(&two, returns, NULL, &options);
    assert_int_equal(one.skill.n_origin, 1);
    assert_int_equal(one.skill.n, 3 * 3 * 3 * 11); /* authorities, horizons, measures, categories */
    assert_int_equal(one.skill.n, two.skill.n);
    assert_memory_equal(one.skill.row, two.skill.row, one.skill.n * sizeof *one.skill.row);
    for (size_t r = 0; r < one.skill.n / 3; r++) {
        const pc_skill_row *north = &one.skill.row[r], *south = &one.skill.row[r + one.skill.n / 3],
                           *all = &one.skill.row[r + 2 * (one.skill.n / 3)];

        assert_string_equal(one.skill.la[north->la], "North");
        assert_string_equal(one.skill.la[south->la], "South");
        assert_string_equal(one.skill.la[all->la], "all");
        assert_close(all->actual, north->actual + south->actual, 1e-12, 0);
        assert_close(all->naive, north->naive + south->naive, 1e-12, 1e-9);
        assert_close(all->forecast.mean, north->forecast.mean + south->forecast.mean, 1e-9, 0);
    }
    assert_int_equal(pc_skill_headline_of(&one.skill).n, 2); /* the sum is no forecast more */
    tested_free(&one);
    tested_free(&two);
    pc_test_remove(folder);
    free(folder);
    free(returns);
}

static void too_few_returns_are_no_failure_and_no_row(void **state)
{
    pc_backtest_options options = pc_backtest_options_default();
    intake_case c;
    tested t;

    (void)state;
    case_open(&c);
    case_file(&c, "2017/episodes.csv", EPISODE_COLUMNS, "A,03/05/2017,S,C2,N1,U4,PR1,05/06/2017,E4A,\n");
    test_folder(&t, c.folder, NULL, &options);
    assert_ok(t.status, &t.diagnostics);
    assert_int_equal(t.skill.n, 0);
    assert_int_equal(t.skill.n_origin, 0);
    assert_int_equal(pc_skill_headline_of(&t.skill).n, 0);
    assert_true(isnan(pc_skill_headline_of(&t.skill).mape));
    tested_free(&t);
    case_close(&c);
}

static void options_out_of_range_are_rejected(void **state)
{
    static const int down[] = {6, 3}, zero[] = {0}, far[] = {601};
    const pc_backtest_options bad[] = {{.replicates = 0},
                                       {.replicates = 1000001},
                                       {.replicates = 9, .n_horizon = 2, .horizon = down},
                                       {.replicates = 9, .n_horizon = 1, .horizon = zero},
                                       {.replicates = 9, .n_horizon = 1, .horizon = far}};
    char nowhere[] = "nowhere";
    pc_scenario scenario = scenario_on(nowhere);
    pc_episodes episodes = {0};

    (void)state;
    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        pc_skill skill;
        pc_diagnostics diagnostics;

        pc_diagnostics_init(&diagnostics);
        assert_status(pc_backtest(&episodes, &scenario, NULL, &bad[b], &skill, &diagnostics), PC_ERR_RANGE);
        assert_message(&diagnostics, "expected");
        assert_int_equal(skill.n, 0);
        pc_skill_free(&skill);
        pc_diagnostics_free(&diagnostics);
    }
}

static void a_back_test_can_be_stopped(void **state)
{
    volatile int stop = 1;
    pc_backtest_options options = pc_backtest_options_default();
    intake_case c;
    tested t;

    (void)state;
    case_open(&c);
    write_returns(&c);
    options.run.stop = &stop;
    test_folder(&t, c.folder, NULL, &options);
    assert_status(t.status, PC_ERR_INTERRUPTED);
    assert_int_equal(t.skill.n, 0);
    tested_free(&t);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_happened_is_counted_by_hand),
        cmocka_unit_test(nothing_after_the_origin_reaches_its_forecasts),
        cmocka_unit_test(each_authority_has_its_own_rows_and_their_sum),
        cmocka_unit_test(too_few_returns_are_no_failure_and_no_row),
        cmocka_unit_test(options_out_of_range_are_rejected),
        cmocka_unit_test(a_back_test_can_be_stopped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
