/* Returns that do not know enough of the present are refused, each with what was found and what was expected.
 */
#include "base/memory.h"
#include "pc_test.h"
#include "prepare/known.h"

#define N_ROW 60

static const pc_place place = {.file = "base.yaml"};

static pc_day day(int year, int month, int of_month)
{
    return pc_day_from_date((pc_date){year, month, of_month});
}

/* N_ROW episodes that begin in 2022/23, the newest return; `since` of them moved to the year after. */
typedef struct known_case {
    pc_episodes episodes;
    pc_episode row[N_ROW];
    pc_day la_to[1];
    pc_diagnostics diagnostics;
} known_case;

static void begin(known_case *self, int since, pc_day extract)
{
    *self = (known_case){.la_to = {day(2023, 3, 31)}};
    for (int r = 0; r < N_ROW; r++) {
        self->row[r].start = (r < since ? day(2023, 4, 1) : day(2022, 4, 1)) + r;
    }
    self->episodes.n = N_ROW;
    self->episodes.row = self->row;
    self->episodes.extract = extract;
    self->episodes.la.n = 1;
    self->episodes.la_to = self->la_to;
    pc_diagnostics_init(&self->diagnostics);
}

static pc_status check(known_case *self)
{
    return prepare_check_extract(&self->episodes, place, &self->diagnostics);
}

static void an_extract_date_a_year_beyond_the_returns_is_refused(void **state)
{
    known_case c;

    (void)state;
    begin(&c, 0, day(2024, 3, 31));
    assert_status(check(&c), PC_ERR_INPUT);
    assert_message(&c.diagnostics,
                   "found 2024-03-31, but the newest return is of 2022/23 (60 episodes begin in "
                   "that year, 0 after it); expected 2023-03-31");
    pc_diagnostics_free(&c.diagnostics);
}

static void an_extract_date_that_the_returns_reach_is_taken(void **state)
{
    known_case c;

    (void)state;
    begin(&c, 0, day(2023, 3, 31));
    assert_ok(check(&c), &c.diagnostics);
    /* 122 days on, 20.04 should have begun since, 121 days on 19.9: that may be chance */
    c.episodes.extract = day(2023, 3, 31) + 121;
    assert_ok(check(&c), &c.diagnostics);
    c.episodes.extract = day(2023, 3, 31) + 122;
    assert_status(check(&c), PC_ERR_INPUT);
    c.la_to[0] = PC_DAY_NONE;
    assert_ok(check(&c), &c.diagnostics);
    pc_diagnostics_free(&c.diagnostics);
}

static void rows_after_the_newest_return_show_that_they_are_known(void **state)
{
    known_case c;

    (void)state;
    begin(&c, 6, day(2024, 3, 31)); /* 6 of 54 expected: above a tenth */
    assert_ok(check(&c), &c.diagnostics);
    begin(&c, 5, day(2024, 3, 31)); /* 5 of 55 */
    assert_status(check(&c), PC_ERR_INPUT);
    pc_diagnostics_free(&c.diagnostics);
}

static pc_status check_children(size_t known, size_t left_out, pc_diagnostics *diagnostics)
{
    pc_authority_model authority = {.n_child = known, .left_out = left_out};
    pc_model model = {.n_authority = 1, .authority = &authority};

    return prepare_check_children(&model, place, diagnostics);
}

static void children_without_birth_dates_are_refused_above_one_in_ten(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_ok(check_children(90, 10, &diagnostics), &diagnostics);
    assert_ok(check_children(5, 9, &diagnostics), &diagnostics); /* few: a warning names them */
    assert_ok(check_children(0, 0, &diagnostics), &diagnostics);
    assert_status(check_children(89, 11, &diagnostics), PC_ERR_INPUT);
    assert_message(&diagnostics,
                   "11 of 100 children in care have no birth date: the forecast would be of the other "
                   "89 alone");
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extract_date_a_year_beyond_the_returns_is_refused),
        cmocka_unit_test(an_extract_date_that_the_returns_reach_is_taken),
        cmocka_unit_test(rows_after_the_newest_return_show_that_they_are_known),
        cmocka_unit_test(children_without_birth_dates_are_refused_above_one_in_ten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
