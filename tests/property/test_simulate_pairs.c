/* Two scenarios share every draw that they do not change. */
#include "pc_test.h"

#include <math.h>

#include "sim_case.h"
#include "sim_recount.h"

enum { MONTHS = 36, REPLICATES = 8 };

static void scale_exits(hand_plan *hand, size_t category, double by)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            for (size_t band = 0; band < PC_N_BAND; band++) {
                for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
                    *hand_plan_exit(hand, stream, age, category, band, cause) *= by;
                }
            }
        }
    }
}

static void scale_moves(hand_plan *hand, size_t from, double by)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            for (size_t band = 0; band < PC_N_BAND; band++) {
                for (size_t to = 0; to < hand->plan.n_category; to++) {
                    *hand_plan_move(hand, stream, age, from, band, to) *= by;
                }
            }
        }
    }
}

static const sim_life *find_life(const sim_recount *in, uint64_t entity)
{
    for (size_t number = 0; number < in->n; number++) {
        if (in->life[number].entity == entity) {
            return &in->life[number];
        }
    }
    return NULL;
}

static bool same_life(const sim_life *a, const sim_life *b)
{
    return a->n == b->n && memcmp(a->stay, b->stay, a->n * sizeof *a->stay) == 0;
}

static bool enters(const sim_life *self, size_t category)
{
    for (size_t at = 0; at < self->n; at++) {
        if (self->stay[at].category == category) {
            return true;
        }
    }
    return false;
}

static void a_scenario_with_nothing_changed_differs_by_exactly_zero(void **state)
{
    hand_plan hand[2];
    replicate_workspace workspace[2];

    (void)state;
    for (size_t which = 0; which < 2; which++) {
        sim_case_rich(&hand[which], MONTHS, 31);
        assert_ok(replicate_workspace_init(&workspace[which], &hand[which].plan));
    }
    for (uint32_t replicate = 0; replicate < 50; replicate++) {
        sim_case_run(&workspace[0], replicate);
        sim_case_run(&workspace[1], replicate);
        assert_memory_equal(workspace[0].ledger.count, workspace[1].ledger.count,
                            LEDGER_N_SERIES * 5 * MONTHS * sizeof(int32_t));
        assert_memory_equal(workspace[0].ledger.exits, workspace[1].ledger.exits,
                            PC_N_EXIT_CAUSE * MONTHS * sizeof(int32_t));
    }
    for (size_t which = 0; which < 2; which++) {
        replicate_workspace_free(&workspace[which]);
        sim_case_free(&hand[which]);
    }
}

/* Lives with and without the change; both ledgers are checked against the lives first. */
static void run_both(hand_plan hand[2], uint32_t replicate, sim_recount lives[2])
{
    for (size_t which = 0; which < 2; which++) {
        replicate_workspace workspace;

        assert_ok(replicate_workspace_init(&workspace, &hand[which].plan));
        sim_case_run(&workspace, replicate);
        sim_recount_run(&workspace, replicate, &lives[which]);
        sim_recount_equal(&workspace.ledger, &lives[which].count);
        replicate_workspace_free(&workspace);
    }
}

static void free_both(sim_recount lives[2])
{
    sim_recount_free(&lives[0]);
    sim_recount_free(&lives[1]);
}

/* Hazards of category 3, exits and moves, are changed: who is never there has the same life, to the bit. */
static void a_child_who_never_enters_a_changed_category_has_the_same_life(void **state)
{
    hand_plan hand[2];
    size_t n_same = 0, n_changed = 0;

    (void)state;
    sim_case_rich(&hand[0], MONTHS, 32);
    sim_case_rich(&hand[1], MONTHS, 32);
    scale_exits(&hand[1], 3, 1.4);
    scale_moves(&hand[1], 3, 0.7);
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        sim_recount lives[2];

        run_both(hand, replicate, lives);
        assert_int_equal(lives[0].n, lives[1].n);
        for (size_t number = 0; number < lives[0].n; number++) {
            const sim_life *before = &lives[0].life[number];
            const sim_life *after = find_life(&lives[1], before->entity);

            assert_non_null(after);
            if (!enters(before, 3)) {
                assert_true(same_life(before, after));
                n_same++;
            } else {
                n_changed += !same_life(before, after);
            }
        }
        free_both(lives);
    }
    assert_true(n_same > 1000);
    assert_true(n_changed > 500); /* the change is there */
    sim_case_free(&hand[0]);
    sim_case_free(&hand[1]);
}

/* Only exits change: who leaves later or earlier keeps the same placements up to then. */
static void changed_exits_leave_every_move_before_them_as_it_was(void **state)
{
    hand_plan hand[2];
    size_t n_shorter = 0;

    (void)state;
    sim_case_rich(&hand[0], MONTHS, 33);
    sim_case_rich(&hand[1], MONTHS, 33);
    for (size_t category = 0; category < 5; category++) {
        scale_exits(&hand[1], category, 1.3);
    }
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        sim_recount lives[2];

        run_both(hand, replicate, lives);
        for (size_t number = 0; number < lives[0].n; number++) {
            const sim_life *before = &lives[0].life[number], *after = &lives[1].life[number];

            assert_int_equal(before->entity, after->entity);
            assert_true(after->n <= before->n); /* faster exits: nobody stays longer */
            for (size_t at = 0; at < after->n; at++) {
                assert_close(after->stay[at].begin, before->stay[at].begin, 0.0, 1e-9);
                assert_int_equal(after->stay[at].category, before->stay[at].category);
            }
            assert_true(after->stay[after->n - 1].end <= before->stay[before->n - 1].end + 1e-9);
            n_shorter += after->stay[after->n - 1].end < before->stay[before->n - 1].end - 1e-9;
        }
        free_both(lives);
    }
    assert_true(n_shorter > 500);
    sim_case_free(&hand[0]);
    sim_case_free(&hand[1]);
}

/* Starts cut by 10% from month 12 on: exactly the candidates with marks in [0.9, 1) go, nobody else changes.
 */
static void a_cut_of_starts_removes_the_marks_above_it_and_nobody_else(void **state)
{
    hand_plan hand[2];
    size_t n_removed = 0, n_candidate = 0;

    (void)state;
    sim_case_rich(&hand[0], MONTHS, 34);
    sim_case_rich(&hand[1], MONTHS, 34);
    for (size_t at = (size_t)12 * PC_N_STREAM * PC_N_AGE_YEAR;
         at < (size_t)MONTHS * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        hand[1].plan.start_multiplier[at] = 0.9;
    }
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        sim_recount lives[2];
        size_t n_gone = 0;

        run_both(hand, replicate, lives);
        for (size_t number = 0; number < lives[0].n; number++) {
            const sim_life *before = &lives[0].life[number];
            const sim_life *after = find_life(&lives[1], before->entity);
            bool later =
                before->stay[0].begun == SIM_START && before->stay[0].begin >= hand[0].plan.period[12].first;

            n_candidate += later;
            if (later && before->mark >= 0.9) {
                assert_null(after);
                n_gone++;
            } else {
                assert_non_null(after);
                assert_true(same_life(before, after));
            }
        }
        assert_int_equal(lives[1].n + n_gone, lives[0].n); /* and nobody is new */
        n_removed += n_gone;
        free_both(lives);
    }
    /* 10% of them, within 5 standard deviations (a false alarm in two million seeds). */
    assert_true(fabs(z_share(n_removed, n_candidate, 0.1)) < 5.0);
    assert_true(n_removed > 50);
    sim_case_free(&hand[0]);
    sim_case_free(&hand[1]);
}

/* A rise adds children with marks from 1 on and changes nobody. */
static void a_rise_of_starts_adds_children_and_changes_nobody(void **state)
{
    hand_plan hand[2];
    size_t n_added = 0, n_start = 0;

    (void)state;
    sim_case_rich(&hand[0], MONTHS, 35);
    sim_case_rich(&hand[1], MONTHS, 35);
    for (size_t at = 0; at < (size_t)MONTHS * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        hand[1].plan.start_multiplier[at] = 1.35;
    }
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        sim_recount lives[2];

        run_both(hand, replicate, lives);
        for (size_t number = 0; number < lives[1].n; number++) {
            const sim_life *after = &lives[1].life[number];
            const sim_life *before = find_life(&lives[0], after->entity);

            if (before == NULL) {
                assert_true(after->mark >= 1.0 && after->mark < 1.35);
                n_added++;
            } else {
                assert_true(same_life(before, after));
                n_start += before->stay[0].begun == SIM_START;
            }
        }
        free_both(lives);
    }
    /* Poisson with 0.35 of the mean of the others: the variance of n_added - 0.35 n_start is their sum. */
    assert_true(fabs((double)n_added - 0.35 * (double)n_start) <
                5.0 * sqrt((double)n_added + 0.1225 * (double)n_start));
    assert_true(n_added > 200);
    sim_case_free(&hand[0]);
    sim_case_free(&hand[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_with_nothing_changed_differs_by_exactly_zero),
        cmocka_unit_test(a_child_who_never_enters_a_changed_category_has_the_same_life),
        cmocka_unit_test(changed_exits_leave_every_move_before_them_as_it_was),
        cmocka_unit_test(a_cut_of_starts_removes_the_marks_above_it_and_nobody_else),
        cmocka_unit_test(a_rise_of_starts_adds_children_and_changes_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
