/* Who has which price now: contracts.csv and current.csv, matched to the children in care. */
#include "pc_test.h"

#include <math.h>

#include "price_people.h"

static const char *const weekly = "category,weekly_gbp,need,provider\n"
                                  "foster,400,,\nfoster,500,N2,\nhome,5000,,\nhome,6000,,PR4\n";

static void children_in_care_get_their_price_need_and_provider(void **state)
{
    price_people_case self;
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    price_people_make(&self, weekly,
                      "la,child,weekly_gbp,price_year\nA,7,9110,2023/24\nB,7,598,\nA,9,1000,\nC,7,1,\n");
    assert_ok(price_people_load(&self, &prices, &diagnostics), &diagnostics);
    assert_int_equal(prices.n_people, 2);
    assert_close(prices.people[0].weekly_gbp[0], 9110, 0, 0);
    assert_int_equal(prices.people[0].price_year[0], 2023);
    assert_true(isnan(prices.people[0].weekly_gbp[1]));
    assert_close(prices.people[1].weekly_gbp[0], 598, 0, 0);
    assert_int_equal(prices.people[1].price_year[0], 2024);
    assert_int_equal(prices.people[0].need[0], 4);
    assert_int_equal(prices.people[0].need[1], 0);
    assert_int_equal(prices.people[0].provider[0], 4);
    assert_int_equal(prices.people[0].provider[1], 1);
    assert_message(&diagnostics, "2 of 3 children in care have their actual price; the other 1 pay");
    assert_message(&diagnostics, "2 of 4 rows match no child in care and are not used");
    assert_message(&diagnostics, "from those of the 4 starts of the window whose need is known");
    assert_message(&diagnostics, "actual prices without price_year (3) are taken to be those of 2024/25");
    for (size_t m = 0; m < diagnostics.n; m++) { /* no child is named */
        assert_null(strstr(diagnostics.message[m].text, "child 7"));
    }
    pc_prices_free(&prices);
    price_people_free(&self);
    pc_diagnostics_free(&diagnostics);
}

/* Council A: N4 twice, N2 once; what began before the window does not count, nor do other councils. An age
 * band without starts takes those of all ages. */
static void needs_and_providers_have_the_shares_of_the_window(void **state)
{
    price_people_case self;
    pc_prices prices;
    const pc_price_people *people;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    price_people_make(&self, weekly, "child,weekly_gbp\n");
    assert_ok(price_people_load(&self, &prices, &diagnostics), &diagnostics);
    people = &prices.people[0];
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        assert_close(people->need_share[PC_STREAM_LOCAL][band][4], 2.0 / 3.0, 1e-12, 0);
        assert_close(people->need_share[PC_STREAM_LOCAL][band][2], 1.0 / 3.0, 1e-12, 0);
        assert_close(people->need_share[PC_STREAM_LOCAL][band][1], 0, 0, 0);
        assert_close(people->need_share[PC_STREAM_UASC][band][4], 0, 0, 0);
    }
    assert_close(people->provider_share[0 * PC_N_PROVIDER + 1], 0.5, 0, 0);
    assert_close(people->provider_share[0 * PC_N_PROVIDER + 2], 0.5, 0, 0);
    assert_close(people->provider_share[1 * PC_N_PROVIDER + 4], 1, 0, 0);
    assert_close(prices.people[1].need_share[PC_STREAM_LOCAL][3][5], 1, 0, 0);
    /* Means weigh the table by who is there: foster 400 and 500 (N2), home 6000 (PR4). */
    assert_close(prices.weekly_gbp[0], 450, 0, 0);
    assert_close(prices.weekly_gbp[1], 6000, 0, 0);
    pc_prices_free(&prices);
    price_people_free(&self);
    pc_diagnostics_free(&diagnostics);
}

static void assert_refused(const char *current, const char *contracts, const char *message)
{
    price_people_case self;
    pc_prices prices;
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    price_people_make(&self, weekly, current);
    if (contracts != NULL) {
        pc_test_write(self.folder, "contracts.csv", contracts);
    }
    assert_status(price_people_load(&self, &prices, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, message);
    assert_int_equal(diagnostics.count[PC_ERROR], 1);
    pc_prices_free(&prices);
    price_people_free(&self);
    pc_diagnostics_free(&diagnostics);
}

static void wrong_rows_are_refused_by_row(void **state)
{
    (void)state;
    assert_refused("la,child,weekly_gbp\nA,7,10\nB,7,10\nA,7,11\n", NULL,
                   "current.csv:4: column child: the child of row 2 again, expected one row a child");
    assert_refused("la,child,weekly_gbp\nA,7,-1\n", NULL,
                   "current.csv:2: column weekly_gbp: found -1, expected a number from 0 to 1000000");
    assert_refused("la,child,weekly_gbp\nA,7,nan\n", NULL, "current.csv:2: column weekly_gbp: found nan");
    assert_refused("la,child,weekly_gbp\nA,,5\n", NULL, "current.csv:2: column child: found nothing");
    assert_refused("la,child,weekly_gbp,price_year\nA,7,5,2024\n", NULL,
                   "current.csv:2: column price_year: found 2024");
    assert_refused("la,weekly_gbp\nA,5\n", NULL, "current.csv:1: column child: missing");
    assert_refused("child,weekly_gbp\n", "category,kind,gbp,places\nhome,blok,100,2\n",
                   "contracts.csv:2: column kind: found blok, expected block, retainer, setup or start");
    assert_refused("child,weekly_gbp\n", "category,kind,gbp,places\nhome,block,100,2.5\n",
                   "contracts.csv:2: column places: found 2.5, expected a whole number");
    assert_refused("child,weekly_gbp\n", "category,kind,gbp,places\nhome,block,100,\n",
                   "contracts.csv:2: column places: found nothing, expected a number from 1 to 100000");
    assert_refused("child,weekly_gbp\n", "category,kind,gbp,places\nhome,setup,100,2\n",
                   "contracts.csv:2: column places: found 2, expected it blank but for block contracts");
    assert_refused("child,weekly_gbp\n", "category,kind,gbp,from,until\nhome,setup,1,2024-04-01,2024-04-01\n",
                   "contracts.csv:2: column until: found 2024-04-01, expected a day after `from`");
    assert_refused("child,weekly_gbp\n", "category,kind,gbp\nhom,setup,1\n",
                   "contracts.csv:2: column category: unknown category \"hom\", did you mean \"home\"?");
}

static void prices_that_begin_late_are_a_warning(void **state)
{
    price_people_case self;
    pc_prices prices;
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    price_people_make(&self, "category,weekly_gbp,from\nfoster,1,2024-05-01\nhome,1,2024-04-01\n",
                      "child,weekly_gbp\n");
    assert_ok(price_people_load(&self, &prices, &diagnostics), &diagnostics);
    assert_message(&diagnostics, "the first price of foster begins on 2024-05-01: until then");
    assert_int_equal(diagnostics.count[PC_WARNING], 2); /* and the empty current.csv */
    pc_prices_free(&prices);
    price_people_free(&self);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_in_care_get_their_price_need_and_provider),
        cmocka_unit_test(needs_and_providers_have_the_shares_of_the_window),
        cmocka_unit_test(wrong_rows_are_refused_by_row),
        cmocka_unit_test(prices_that_begin_late_are_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
