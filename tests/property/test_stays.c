/* The log of stays and the counts by category are two accounts of the same replicate: they must agree to the
 * last day, with and without capacity, interventions and overflow. */
#include "pc_test.h"

#include "sim_case.h"

enum { MONTHS = 30 };

/* Recounts place-days, starts, moves, changes of status, ceases and exits from the log. */
static void assert_same_account(const replicate_workspace *workspace)
{
    const pc_plan *plan = workspace->plan;
    const stays *log = &workspace->kept;
    size_t n = plan->n_category * plan->n_period;
    int32_t *days = calloc(n, sizeof *days), *starts = calloc(n, sizeof *starts),
            *moves = calloc(n, sizeof *moves), *statuses = calloc(n, sizeof *statuses),
            *ceases = calloc(n, sizeof *ceases);

    assert_non_null(days);
    assert_non_null(starts);
    assert_non_null(moves);
    assert_non_null(statuses);
    assert_non_null(ceases);
    for (size_t at = 0; at < log->n; at++) {
        const stay_row *of = &log->row[at];
        size_t row = of->category * plan->n_period;

        assert_true(of->begin >= 0 && of->begin <= of->end && of->end <= plan->n_day);
        for (int day = of->begin; day < of->end; day++) {
            days[row + (size_t)plan->period_of_day[day]]++;
        }
        starts[row + (size_t)plan->period_of_day[of->begin]] += of->began == STAY_START;
        moves[row + (size_t)plan->period_of_day[of->begin]] += of->began == STAY_MOVE;
        statuses[row + (size_t)plan->period_of_day[of->begin]] += of->began == STAY_STATUS;
        if (of->ended >= STAY_CEASE) {
            ceases[row + (size_t)plan->period_of_day[of->end]]++;
        }
        if (of->next >= 0) { /* no gap, no overlap; a move is a new placement, a change of status is none */
            const stay_row *next = &log->row[of->next];

            assert_int_equal(next->begin, of->end);
            assert_int_equal(next->began, of->ended);
            assert_int_equal(next->placement, of->placement + (next->began == STAY_MOVE));
        }
    }
    for (size_t at = 0; at < n; at++) {
        size_t category = at / plan->n_period, period = at % plan->n_period;
        const ledger *book = &workspace->ledger;

        assert_int_equal(days[at], *ledger_at(book, LEDGER_DAYS, category, period));
        assert_int_equal(starts[at], *ledger_at(book, LEDGER_STARTS, category, period));
        assert_int_equal(moves[at], *ledger_at(book, LEDGER_MOVES_IN, category, period));
        assert_int_equal(statuses[at], *ledger_at(book, LEDGER_STATUS_IN, category, period));
        assert_int_equal(ceases[at], *ledger_at(book, LEDGER_CEASES, category, period));
    }
    free(days);
    free(starts);
    free(moves);
    free(statuses);
    free(ceases);
}

static void run_and_compare(hand_plan *hand)
{
    replicate_workspace workspace;

    hand->plan.keep_stays = true;
    assert_ok(replicate_workspace_init(&workspace, &hand->plan));
    for (uint32_t replicate = 0; replicate < 10; replicate++) {
        sim_case_run(&workspace, replicate);
        assert_true(workspace.kept.n > 200);
        assert_same_account(&workspace);
    }
    replicate_workspace_free(&workspace);
}

static void stays_and_counts_agree_when_children_do_not_meet(void **state)
{
    hand_plan hand;

    (void)state;
    sim_case_rich(&hand, MONTHS, 5);
    run_and_compare(&hand);
    sim_case_free(&hand);
}

static void stays_and_counts_agree_with_places_closing_and_returns(void **state)
{
    hand_plan hand;

    (void)state;
    sim_case_rich(&hand, MONTHS, 6);
    sim_case_cap(&hand, 1, 12);
    sim_case_cap(&hand, 2, 9);
    sim_case_overflow(&hand, 1, "20");
    sim_case_overflow(&hand, 2, "0");
    hand.plan.capacity[1].close = true;
    hand.plan.capacity[2].return_home = true;
    for (int day = 300; day < hand.plan.n_day; day++) {
        hand.plan.capacity[1].places[day] = 3;
    }
    run_and_compare(&hand);
    sim_case_free(&hand);
}

/* Nothing of what is simulated depends on whether the log is kept. */
static void keeping_stays_changes_nothing(void **state)
{
    hand_plan hand;
    replicate_workspace with, without;

    (void)state;
    sim_case_rich(&hand, MONTHS, 7);
    assert_ok(replicate_workspace_init(&without, &hand.plan));
    hand.plan.keep_stays = true;
    assert_ok(replicate_workspace_init(&with, &hand.plan));
    for (uint32_t replicate = 0; replicate < 5; replicate++) {
        sim_case_run(&with, replicate);
        sim_case_run(&without, replicate);
        assert_memory_equal(with.ledger.count, without.ledger.count,
                            LEDGER_N_SERIES * hand.plan.n_category * hand.plan.n_period * sizeof(int32_t));
    }
    assert_int_equal(without.kept.n, 0);
    replicate_workspace_free(&with);
    replicate_workspace_free(&without);
    sim_case_free(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_and_counts_agree_when_children_do_not_meet),
        cmocka_unit_test(stays_and_counts_agree_with_places_closing_and_returns),
        cmocka_unit_test(keeping_stays_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
