/* The accounting of a change: each driver alone moves its own row and no other; rows add up for whatever
 * pair. */
#include "pc_test.h"

#include <math.h>

#include "hand_plan.h"
#include "outcome/why.h"

enum { CATEGORIES = 3, CELLS = PC_N_AGE_BAND * CATEGORIES };

/* A year of 365.25 days, one replicate: `days` children-days in each cell at `pounds` a day. */
typedef struct made_year {
    int64_t days[CELLS], money[CELLS];
    why_year year;
} made_year;

static void set_cell(made_year *self, size_t age, size_t category, double children, double pounds_a_day)
{
    int64_t days = (int64_t)llround(children * 1461.0);

    self->days[age * CATEGORIES + category] = days; /* of four years: whole */
    self->money[age * CATEGORIES + category] =
        (int64_t)llround((double)days * pounds_a_day * 100.0) * BILL_PART;
}

static double children_of(const made_year *self)
{
    double days = 0.0;

    for (size_t cell = 0; cell < CELLS; cell++) {
        days += (double)self->days[cell];
    }
    return days / 1461.0;
}

/* As many come as would keep the number if each stayed a year. */
static void make(made_year *self, bool in_balance)
{
    self->year = (why_year){
        .n_category = CATEGORIES, .days = self->days, .money = self->money, .replicates = 4.0, .years = 1.0};
    if (in_balance) {
        self->year.open = self->year.close = self->year.starts = children_of(self);
    }
}

static void typical(made_year *self)
{
    *self = (made_year){.days = {0}};
    set_cell(self, 1, 0, 20.0, 70.0);
    set_cell(self, 3, 0, 60.0, 80.0);
    set_cell(self, 3, 1, 20.0, 500.0);
    set_cell(self, 4, 1, 20.0, 600.0);
    set_cell(self, 4, 2, 40.0, 110.0);
    make(self, true);
}

static double bill_of(const made_year *self)
{
    double pence = self->year.rest;

    for (size_t cell = 0; cell < CELLS; cell++) {
        pence += (double)self->money[cell] / BILL_PART / self->year.replicates;
    }
    return pence;
}

/* All of the change is in one row. */
static void only(const made_year *before, const made_year *after, pc_why_driver driver)
{
    double part[PC_N_WHY_DRIVER], change = bill_of(after) - bill_of(before);

    assert_true(fabs(change) > 1e5);
    why_account(&before->year, &after->year, NULL, part);
    for (size_t at = 0; at < PC_N_WHY_DRIVER; at++) {
        assert_close(part[at], at == driver ? change : 0.0, 0.0, 1e-3);
    }
}

static void prices_alone_move_the_row_of_prices_alone(void **state)
{
    made_year before, after;

    (void)state;
    typical(&before);
    typical(&after);
    for (size_t cell = 0; cell < CELLS; cell++) {
        after.money[cell] += after.money[cell] / 100 * (int64_t)(cell % 4);
    }
    only(&before, &after, PC_WHY_PRICE);
}

/* Half as many again of every kind, by half as many again there, starting, or staying longer. */
static void volume_alone_moves_the_row_of_what_made_it(void **state)
{
    made_year before, after;

    (void)state;
    typical(&before);
    typical(&after);
    for (size_t cell = 0; cell < CELLS; cell++) {
        after.days[cell] += after.days[cell] / 2;
        after.money[cell] += after.money[cell] / 2;
    }
    only(&before, &after, PC_WHY_LENGTH_OF_STAY); /* the same begin and come */
    before.year.starts = after.year.starts = 0.0;
    after.year.open *= 1.5;
    only(&before, &after, PC_WHY_CHILDREN_AT_START);
    before.year.open = after.year.open = 0.0;
    before.year.starts = 400.0;
    after.year.starts = 600.0;
    only(&before, &after, PC_WHY_STARTS);
}

/* As many children, half the days. */
static void fewer_days_move_the_row_of_days_covered_alone(void **state)
{
    made_year before, after;

    (void)state;
    typical(&before);
    typical(&after);
    before.year.starts = after.year.starts = 0.0;
    before.year.open = after.year.open = children_of(&before); /* nobody comes, nobody leaves */
    for (size_t cell = 0; cell < CELLS; cell++) {
        after.days[cell] /= 2;
        after.money[cell] /= 2;
    }
    after.year.years = 0.5;
    only(&before, &after, PC_WHY_DAYS_COVERED);
}

/* The same mix within each age and the same price everywhere of an age. */
static void ages_alone_move_the_row_of_ages_alone(void **state)
{
    made_year before = {.days = {0}}, after = {.days = {0}};

    (void)state;
    for (size_t category = 0; category < CATEGORIES; category++) {
        set_cell(&before, 1, category, 10.0, 100.0);
        set_cell(&before, 4, category, 30.0, 300.0);
        set_cell(&after, 1, category, 20.0, 100.0);
        set_cell(&after, 4, category, 20.0, 300.0);
    }
    make(&before, true);
    make(&after, true);
    only(&before, &after, PC_WHY_AGE);
}

static void kinds_of_placement_alone_move_their_row_alone(void **state)
{
    made_year before = {.days = {0}}, after = {.days = {0}};

    (void)state;
    set_cell(&before, 2, 0, 50.0, 70.0);
    set_cell(&before, 2, 1, 10.0, 500.0);
    set_cell(&after, 2, 0, 40.0, 70.0);
    set_cell(&after, 2, 1, 20.0, 500.0);
    make(&before, true);
    make(&after, true);
    only(&before, &after, PC_WHY_CATEGORY);
}

/* A kind that one year did not have is a change of kinds, at its own price: nobody can say what it cost
 * before. */
static void a_kind_that_is_new_changes_no_price(void **state)
{
    made_year before = {.days = {0}}, after = {.days = {0}};

    (void)state;
    set_cell(&before, 2, 0, 60.0, 70.0);
    set_cell(&after, 2, 0, 40.0, 70.0);
    set_cell(&after, 2, 1, 20.0, 500.0);
    make(&before, true);
    make(&after, true);
    only(&before, &after, PC_WHY_CATEGORY);
    only(&after, &before, PC_WHY_CATEGORY);
}

static void what_is_paid_for_no_childs_days_has_a_row_of_its_own(void **state)
{
    made_year before, after;

    (void)state;
    typical(&before);
    typical(&after);
    after.year.rest = 250000.0;
    only(&before, &after, PC_WHY_NOT_BY_CHILD);
}

/* 100 children at 100 pounds a day for a year, then 110 at 110: 1,010 x 365.25 pounds of child-years and of
 * prices, by the middle of the other: 10 x 105 and 10 x 105. */
static void two_changes_share_what_they_make_together(void **state)
{
    made_year before = {.days = {0}}, after = {.days = {0}};
    double part[PC_N_WHY_DRIVER];

    (void)state;
    set_cell(&before, 3, 0, 100.0, 100.0);
    set_cell(&after, 3, 0, 110.0, 110.0);
    make(&before, true);
    make(&after, true);
    why_account(&before.year, &after.year, NULL, part);
    assert_close(part[PC_WHY_PRICE], 10.0 * 105.0 * 365.25 * 100.0, 0.0, 1.0);
    assert_close(part[PC_WHY_DAYS_COVERED] + part[PC_WHY_CHILDREN_AT_START] + part[PC_WHY_STARTS] +
                     part[PC_WHY_LENGTH_OF_STAY],
                 10.0 * 105.0 * 365.25 * 100.0, 0.0, 1.0);
    assert_close(part[PC_WHY_LENGTH_OF_STAY], 0.0, 0.0, 1.0); /* a tenth more there, a tenth more come */
}

static void random_year(made_year *self, uint64_t *random)
{
    *self = (made_year){.days = {0}};
    for (size_t cell = 0; cell < CELLS; cell++) {
        if (hand_plan_random(random) < 0.7) {
            set_cell(self, cell / CATEGORIES, cell % CATEGORIES, 40.0 * hand_plan_random(random),
                     600.0 * hand_plan_random(random));
        }
    }
    make(self, true);
    self->year.open *= 0.5 + hand_plan_random(random);
    self->year.close *= 0.5 + hand_plan_random(random);
    self->year.starts *= hand_plan_random(random);
    self->year.rest = 1e6 * hand_plan_random(random);
    self->year.years = 0.25 + hand_plan_random(random);
}

static int64_t sum_of(const pc_why *why, size_t first, size_t n)
{
    int64_t sum = 0;

    for (size_t at = first; at < first + n; at++) {
        sum += why->row[at].pence;
    }
    return sum;
}

/* A thousand random pairs of years: the rows add up to the change of the printed bills, to the penny. Turned
 * round, each row changes its sign and nothing else. */
static void rows_add_up_to_the_penny_for_a_thousand_pairs(void **state)
{
    static const char *const name[PC_N_WHY_DRIVER] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    uint64_t random = 5;

    (void)state;
    for (int game = 0; game < 1000; game++) {
        made_year before, after;
        double part[PC_N_WHY_DRIVER], back[PC_N_WHY_DRIVER];
        pc_why why = {0};
        why_change change = {.from = "x", .to = "y", .year = 2024, .layer = PC_WHY_ACCOUNTING};

        random_year(&before, &random);
        random_year(&after, &random);
        why_account(&before.year, &after.year, NULL, part);
        why_account(&after.year, &before.year, NULL, back);
        for (size_t driver = 0; driver < PC_N_WHY_DRIVER; driver++) {
            assert_close(back[driver], -part[driver], 1e-12, 1e-3);
        }
        change.pence =
            why_printed_pence(bill_of(&after) / 100.0) - why_printed_pence(bill_of(&before) / 100.0);
        assert_ok(why_add(&why, &change, PC_N_WHY_DRIVER, name, name, part));
        assert_int_equal(why.n, PC_N_WHY_DRIVER);
        assert_int_equal(sum_of(&why, 0, why.n), change.pence);
        for (size_t row = 0; row < why.n; row++) {
            assert_close((double)why.row[row].pence, part[row], 0.0, 1.01);
        }
        pc_why_free(&why);
    }
}

/* The order in which ages and kinds stand, and what they are called, is nothing to the rows. */
static void kinds_that_change_places_change_nothing(void **state)
{
    uint64_t random = 6;

    (void)state;
    for (int game = 0; game < 50; game++) {
        made_year before, after, swapped[2];
        double part[PC_N_WHY_DRIVER], other[PC_N_WHY_DRIVER];

        random_year(&before, &random);
        random_year(&after, &random);
        for (size_t side = 0; side < 2; side++) {
            const made_year *from = side == 0 ? &before : &after;

            swapped[side] = *from;
            swapped[side].year.days = swapped[side].days;
            swapped[side].year.money = swapped[side].money;
            for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
                for (size_t category = 0; category < CATEGORIES; category++) {
                    size_t at = age * CATEGORIES + category,
                           to = (PC_N_AGE_BAND - 1 - age) * CATEGORIES + (category + 1) % CATEGORIES;

                    swapped[side].days[to] = from->days[at];
                    swapped[side].money[to] = from->money[at];
                }
            }
        }
        why_account(&before.year, &after.year, NULL, part);
        why_account(&swapped[0].year, &swapped[1].year, NULL, other);
        for (size_t driver = 0; driver < PC_N_WHY_DRIVER; driver++) {
            assert_close(part[driver], other[driver], 1e-9, 1e-4);
        }
    }
}

/* Two runs that differ in starts alone for two years: in the second year nothing is due to the children there
 * when it began, since these came from the starts of the first. Whoever starts stays for as long: nothing to
 * length of stay. */
static void what_began_in_an_earlier_year_stays_with_what_it_was_due_to(void **state)
{
    const double hazard = 0.7, open = 500.0, starts[2] = {300.0, 240.0};
    double stock[2] = {open, open};
    why_stock due = {0};

    (void)state;
    for (int year = 0; year < 2; year++) {
        made_year each[2] = {{.days = {0}}, {.days = {0}}};
        double part[PC_N_WHY_DRIVER];

        for (int run = 0; run < 2; run++) {
            double kept = exp(-hazard), spent = (1.0 - kept) / hazard;
            double mean = stock[run] * spent + starts[run] * (1.0 - spent) / hazard;
            int64_t days = (int64_t)llround(mean * 365.25 * 4e6);

            each[run].days[0] = days; /* of four million replicates: whole days do not matter */
            each[run].money[0] = days * 100 * BILL_PART / 1000;
            make(&each[run], false);
            each[run].year.replicates = 4e6;
            each[run].year.open = stock[run];
            each[run].year.starts = starts[run];
            stock[run] = stock[run] * kept + starts[run] * spent;
            each[run].year.close = stock[run];
        }
        why_account(&each[0].year, &each[1].year, &due, part);
        why_carry(&each[0].year, &each[1].year, &due);
        assert_true(part[PC_WHY_STARTS] < -100.0);
        assert_close(part[PC_WHY_CHILDREN_AT_START], 0.0, 0.0, 0.0);
        assert_close(part[PC_WHY_LENGTH_OF_STAY], 0.0, 0.0, 1e-3);
        assert_close(due.starts, stock[1] - stock[0], 0.0, 1e-6);
        assert_close(due.at_start + due.starts + due.stay, stock[1] - stock[0], 0.0, 1e-9);
    }
}

static void pence_are_rounded_as_they_are_printed(void **state)
{
    (void)state;
    assert_int_equal(why_printed_pence(12.344), 1234);
    assert_int_equal(why_printed_pence(12.345), 1235);
    assert_int_equal(why_printed_pence(0.125), 13); /* a half away from zero */
    assert_int_equal(why_printed_pence(-0.125), -13);
    assert_int_equal(why_printed_pence(0.0), 0);
    assert_int_equal(why_printed_pence(58048911.75), 5804891175);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_alone_move_the_row_of_prices_alone),
        cmocka_unit_test(volume_alone_moves_the_row_of_what_made_it),
        cmocka_unit_test(fewer_days_move_the_row_of_days_covered_alone),
        cmocka_unit_test(ages_alone_move_the_row_of_ages_alone),
        cmocka_unit_test(kinds_of_placement_alone_move_their_row_alone),
        cmocka_unit_test(a_kind_that_is_new_changes_no_price),
        cmocka_unit_test(what_is_paid_for_no_childs_days_has_a_row_of_its_own),
        cmocka_unit_test(two_changes_share_what_they_make_together),
        cmocka_unit_test(rows_add_up_to_the_penny_for_a_thousand_pairs),
        cmocka_unit_test(kinds_that_change_places_change_nothing),
        cmocka_unit_test(what_began_in_an_earlier_year_stays_with_what_it_was_due_to),
        cmocka_unit_test(pence_are_rounded_as_they_are_printed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
