/* The cost calculator: which events fire which process, when, and what they cost. */
#include "pc_test.h"

#include <math.h>

#include "price_case.h"

enum { FOSTER, HOME, OTHER, MONTHS = 24 };

/* A unit cost of its own for each process, so that costs tell which one was counted. */
#define UNITS "process,unit_gbp\n1,1000\n2,100\n3,2\n4,50\n5,10\n6,7\n7,3\n8,11\n"

static int64_t events(const price_case *self, pc_process process, size_t year)
{
    return self->of.row[(self->of.scope.events_row + process) * self->of.n_year + year];
}

static int64_t pence(const price_case *self, size_t process, size_t year)
{
    return self->of.row[(self->of.scope.cost_row + process) * self->of.n_year + year];
}

static void begin(price_case *self, const char *units, const char *proceedings)
{
    price_case_make(self, MONTHS, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    price_case_processes(self, units, proceedings);
}

/* In care since 1 March 2024 (day -31), nothing happens: 29 March was the first review, the next three months
 * later on 29 June, then 29 December, 29 June ... */
static void reviews_follow_the_statutory_timetable(void **state)
{
    price_case self;

    (void)state;
    begin(&self, UNITS, NULL);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 8.0, FOSTER, -31.0, -31.0, true);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(events(&self, PC_PROCESS_REVIEW, 0), 2);
    assert_int_equal(events(&self, PC_PROCESS_REVIEW, 1), 2);
    assert_int_equal(pence(&self, PC_PROCESS_REVIEW, 0), 2 * 700);
    assert_int_equal(events(&self, PC_PROCESS_MAINTAIN, 0), 365);
    assert_int_equal(pence(&self, PC_PROCESS_MAINTAIN, 1), 365 * 200);
    assert_int_equal(events(&self, PC_PROCESS_DECIDE, 0) + events(&self, PC_PROCESS_PLAN, 0) +
                         events(&self, PC_PROCESS_EXIT, 0) + events(&self, PC_PROCESS_FIND, 0) +
                         events(&self, PC_PROCESS_LEGAL, 0) + events(&self, PC_PROCESS_TRANSITION, 0),
                     0);
    assert_int_equal(pence(&self, PC_N_PROCESS, 0), 2 * 700 + 365 * 200);
    price_case_free(&self);
}

/* In care since day -5, so the first review is on day 23 and the next on day 23 + 3 months: a child who is 18
 * on day 20 has none. */
static void a_review_after_the_end_of_care_is_none(void **state)
{
    price_case self;

    (void)state;
    begin(&self, UNITS, NULL);
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 18.0 - 20 / PC_DAYS_PER_YEAR, FOSTER, -5.0, -5.0, true);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(events(&self, PC_PROCESS_REVIEW, 0), 0);
    assert_int_equal(events(&self, PC_PROCESS_MAINTAIN, 0), 20);
    assert_int_equal(events(&self, PC_PROCESS_EXIT, 0), 0); /* 18: process 8, not 4 */
    price_case_free(&self);
}

/* 16 on day 40 and in care for long: on that day. In care since day -10: after 13 weeks, on day 81. 16 long
 * ago and in care for long: before the forecast. 16 after two years: never here. */
static void transition_comes_at_16_after_13_weeks_and_once(void **state)
{
    static const struct {
        double age_days, care_start;
        int64_t events;
    } each[] = {{16 * 365.25 - 40, -700.0, 1},
                {17 * 365.25 - 300, -10.0, 1},
                {16 * 365.25 + 100, -700.0, 0},
                {13 * 365.25, -700.0, 0}};

    (void)state;
    for (size_t at = 0; at < sizeof each / sizeof each[0]; at++) {
        price_case self;

        begin(&self, UNITS, NULL);
        hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, each[at].age_days / PC_DAYS_PER_YEAR, FOSTER,
                            each[at].care_start, each[at].care_start, true);
        price_case_match(&self);
        price_case_run(&self, 0);
        assert_int_equal(events(&self, PC_PROCESS_TRANSITION, 0), each[at].events);
        assert_int_equal(events(&self, PC_PROCESS_TRANSITION, 1), 0);
        price_case_free(&self);
    }
}

/* Events of a whole population are those of the ledger: starts, moves, exits before 18, place-days. */
static void events_are_those_of_the_simulation(void **state)
{
    price_case self;
    int64_t starts = 0, moves = 0, exits = 0, days = 0;

    (void)state;
    begin(&self, UNITS, NULL);
    for (int child = 0; child < 60; child++) {
        hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 2.0 + child / 4.0, FOSTER, -700.0, -300.0, true);
    }
    sim_case_exits(&self.hand, PC_EXIT_ORDER, 0.4);
    sim_case_moves(&self.hand, FOSTER, HOME, 0.5);
    sim_case_moves(&self.hand, HOME, HOME, 1.0);
    sim_case_statuses(&self.hand, HOME, OTHER, 0.3);
    *hand_plan_starts(&self.hand, PC_STREAM_LOCAL, 12) = 30.0;
    sim_case_first(&self.hand, FOSTER);
    price_case_match(&self);
    price_case_run(&self, 5);
    for (size_t month = 0; month < 12; month++) {
        const ledger *book = &self.workspace.ledger;

        for (size_t category = 0; category < PRICE_CASE_CATEGORIES; category++) {
            starts += *ledger_at(book, LEDGER_STARTS, category, month);
            moves += *ledger_at(book, LEDGER_MOVES_IN, category, month);
            days += *ledger_at(book, LEDGER_DAYS, category, month);
        }
        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
            exits += book->exits[cause * book->n_period + month];
        }
    }
    assert_true(starts > 10 && moves > 10 && exits > 10);
    assert_int_equal(events(&self, PC_PROCESS_DECIDE, 0), starts);
    assert_int_equal(events(&self, PC_PROCESS_FIND, 0), moves);
    assert_int_equal(events(&self, PC_PROCESS_PLAN, 0), starts + moves);
    assert_int_equal(events(&self, PC_PROCESS_EXIT, 0), exits);
    assert_int_equal(events(&self, PC_PROCESS_MAINTAIN, 0), days);
    assert_int_equal(pence(&self, PC_PROCESS_DECIDE, 0), starts * 100000);
    price_case_free(&self);
}

/* Half of the children are in proceedings in months 0 to 2, all others never: each of these has three.
 * Unaccompanied children are in none. */
static void proceedings_follow_the_months_since_care_began(void **state)
{
    int64_t legal = 0, starts = 0;
    price_case self;

    (void)state;
    begin(&self, UNITS, "month,share\n0,0.5\n3,0\n");
    *hand_plan_starts(&self.hand, PC_STREAM_LOCAL, 8) = 300.0;
    *hand_plan_starts(&self.hand, PC_STREAM_UASC, 16) = 300.0;
    sim_case_first(&self.hand, FOSTER);
    price_case_match(&self);
    for (uint32_t replicate = 0; replicate < 10; replicate++) {
        price_case_run(&self, replicate);
        legal += events(&self, PC_PROCESS_LEGAL, 0) + events(&self, PC_PROCESS_LEGAL, 1);
        for (size_t at = 0; at < self.workspace.kept.n; at++) { /* three whole months are left */
            const stay_row *of = &self.workspace.kept.row[at];

            starts += self.workspace.kept.child[of->child].stream == PC_STREAM_LOCAL;
        }
    }
    /* About 6,000 children, 0.5 x 3 months each, less those who start in the last two months (about 1.5 of 24
     * months' worth of months): standard error about 0.02. */
    assert_true(fabs((double)legal / (double)starts - 1.5 * (1.0 - 1.0 / 24.0)) < 5 * 0.02);
    assert_false(fabs((double)legal / (double)starts - 1.2) < 5 * 0.02);
    price_case_free(&self);
}

/* Category before need before stream. */
static void the_unit_cost_that_says_most_of_the_child_counts(void **state)
{
    price_case self;

    (void)state;
    begin(
        &self,
        "process,unit_gbp,category,need,stream\n3,1,,,\n3,2,foster,,\n3,3,,N2,\n3,4,,,uasc\n3,5,foster,N2,\n",
        NULL);
    assert_close(pc_prices_process_gbp(&self.prices, PC_PROCESS_MAINTAIN, HOME, 0, PC_STREAM_LOCAL), 1, 0, 0);
    assert_close(pc_prices_process_gbp(&self.prices, PC_PROCESS_MAINTAIN, FOSTER, 0, PC_STREAM_UASC), 2, 0,
                 0);
    assert_close(pc_prices_process_gbp(&self.prices, PC_PROCESS_MAINTAIN, HOME, 2, PC_STREAM_UASC), 3, 0, 0);
    assert_close(pc_prices_process_gbp(&self.prices, PC_PROCESS_MAINTAIN, HOME, 1, PC_STREAM_UASC), 4, 0, 0);
    assert_close(pc_prices_process_gbp(&self.prices, PC_PROCESS_MAINTAIN, FOSTER, 2, PC_STREAM_UASC), 5, 0,
                 0);
    assert_close(pc_prices_process_gbp(&self.prices, PC_PROCESS_REVIEW, FOSTER, 2, PC_STREAM_UASC), 0, 0, 0);
    assert_true(pc_prices_need_people(&self.prices));
    assert_false(pc_prices_are_personal(&self.prices));
    price_case_free(&self);
}

/* What loading says, or why it fails; reviews and proceedings may be NULL. */
static void assert_load(const char *processes, const char *reviews, const char *proceedings, pc_status status,
                        const char *message)
{
    price_case self;
    char *folder = pc_test_folder();
    char *path[] = {pc_test_path(folder, "processes.csv"), pc_test_path(folder, "reviews.csv"),
                    pc_test_path(folder, "proceedings.csv")};
    pc_diagnostics diagnostics;

    price_case_make(&self, 12, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "processes.csv", processes);
    pc_test_write(folder, "reviews.csv", reviews == NULL ? "" : reviews);
    pc_test_write(folder, "proceedings.csv", proceedings == NULL ? "" : proceedings);
    assert_status(pc_prices_load_processes(path[0], reviews == NULL ? NULL : path[1],
                                           proceedings == NULL ? NULL : path[2], &self.codes, &self.prices,
                                           &diagnostics),
                  status, &diagnostics);
    assert_message(&diagnostics, message);
    assert_int_equal(diagnostics.count[PC_ERROR], status == PC_OK ? 0 : 1);
    assert_true((self.prices.n_process_cost > 0) == (status == PC_OK));
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    for (size_t at = 0; at < 3; at++) {
        free(path[at]);
    }
    free(folder);
    price_case_free(&self);
}

static void wrong_tables_are_refused_by_row(void **state)
{
    static const char *const fine = "process,unit_gbp\n1,5\n";

    (void)state;
    assert_load("process,unit_gbp\n9,5\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:2: column process: found 9, expected a number from 1 to 8");
    assert_load("process,unit_gbp\n1.5,5\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:2: column process: found 1.5, expected a whole number");
    assert_load("process,unit_gbp\n1,-5\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:2: column unit_gbp: found -5");
    assert_load("process,unit_gbp\n1,nan\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:2: column unit_gbp: found nan");
    assert_load("process,unit_gbp,need\n1,5,N0\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:2: column need: found N0, expected N1 to N8 or all");
    assert_load("process,unit_gbp,stream\n1,5,x\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:2: column stream: found x, expected local, uasc or all");
    assert_load("process,unit_gbp\n1,5\n1,6\n", NULL, NULL, PC_ERR_INPUT,
                "processes.csv:3: column process: found 1 again");
    assert_load("process,unit_gbp\n", NULL, NULL, PC_ERR_INPUT, "processes.csv: no rows");
    assert_load(fine, "review,after,unit\n2,3,months\n", NULL, PC_ERR_INPUT,
                "reviews.csv:2: column review: found 2, expected 1");
    assert_load(fine, "review,after,unit\n1,3,weeks\n", NULL, PC_ERR_INPUT,
                "reviews.csv:2: column unit: found weeks, expected working_days, days or months");
    assert_load(fine, "review,after,unit\n1,0,days\n", NULL, PC_ERR_INPUT,
                "reviews.csv:2: column after: found 0, expected a number from 1 to 3660");
    assert_load(fine, NULL, "month,share\n3,0.5\n3,0.4\n", PC_ERR_INPUT,
                "proceedings.csv:3: column month: found 3, expected months in ascending order");
    assert_load(fine, NULL, "month,share\n0,1.5\n", PC_ERR_INPUT,
                "proceedings.csv:2: column share: found 1.5, expected a number from 0 to 1");
}

static void zeros_are_said_loudly_and_nothing_is_invented(void **state)
{
    (void)state;
    assert_load("process,unit_gbp\n1,0\n2,0\n", NULL, NULL, PC_OK,
                "check: EVERY UNIT COST OF THE EIGHT PROCESSES IS ZERO");
    assert_load("process,unit_gbp\n1,5\n", NULL, NULL, PC_OK,
                "no table of proceedings (key costs.proceedings)");
}

/* 80 working days are sixteen weeks. */
static void reviews_may_follow_another_timetable(void **state)
{
    price_case self;
    char *folder = pc_test_folder(), *path[] = {pc_test_path(folder, "p.csv"), pc_test_path(folder, "r.csv")};

    (void)state;
    price_case_make(&self, 12, "category,weekly_gbp\nfoster,700\n", NULL, NULL);
    pc_test_write(folder, "p.csv", UNITS);
    pc_test_write(folder, "r.csv", "review,after,unit\n1,80,working_days\n");
    assert_ok(pc_prices_load_processes(path[0], path[1], NULL, &self.codes, &self.prices, NULL));
    hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 8.0, FOSTER, -12.0, -12.0, true);
    price_case_match(&self);
    price_case_run(&self, 0);
    assert_int_equal(events(&self, PC_PROCESS_REVIEW, 0), 3); /* days 100, 212, 324 */
    pc_test_remove(folder);
    free(path[0]);
    free(path[1]);
    free(folder);
    price_case_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reviews_follow_the_statutory_timetable),
        cmocka_unit_test(a_review_after_the_end_of_care_is_none),
        cmocka_unit_test(transition_comes_at_16_after_13_weeks_and_once),
        cmocka_unit_test(events_are_those_of_the_simulation),
        cmocka_unit_test(proceedings_follow_the_months_since_care_began),
        cmocka_unit_test(the_unit_cost_that_says_most_of_the_child_counts),
        cmocka_unit_test(wrong_tables_are_refused_by_row),
        cmocka_unit_test(zeros_are_said_loudly_and_nothing_is_invented),
        cmocka_unit_test(reviews_may_follow_another_timetable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
