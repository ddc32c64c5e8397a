/* Structures of posts: the three of Barking and Dagenham to the pound, and every inconsistency of the
 * document reported. */
#include "pc_test.h"

#include <math.h>
#include <string.h>

#include "placecast/establishment.h"

static pc_workforce barking;
static pc_establishment sums;

static int load(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_int_equal(pc_workforce_load(PC_SOURCE_DIR "/scenarios/barking-2019/data/workforce.yaml", &barking,
                                       &diagnostics),
                     PC_OK);
    assert_int_equal(diagnostics.n, 0);
    assert_int_equal(pc_establishment_make(&barking, &sums), PC_OK);
    pc_diagnostics_free(&diagnostics);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    pc_establishment_free(&sums);
    pc_establishment_free(&sums); /* twice does no harm */
    pc_establishment_free(NULL);
    pc_workforce_free(&barking);
    return 0;
}

static const pc_establishment_row *row_of(const char *structure, const char *team)
{
    for (size_t at = 0; at < sums.n_row; at++) {
        if (strcmp(sums.row[at].structure, structure) == 0 && strcmp(sums.row[at].team, team) == 0) {
            return &sums.row[at];
        }
    }
    fail_msg("no row %s, %s", structure, team);
    return NULL;
}

static const pc_finding *finding_of(const char *structure, const char *subject, const char *check)
{
    for (size_t at = 0; at < sums.n_finding; at++) {
        const pc_finding *one = &sums.finding[at];

        if (strcmp(one->structure, structure) == 0 && strcmp(one->subject, subject) == 0 &&
            strcmp(one->check, check) == 0) {
            return one;
        }
    }
    fail_msg("no finding %s, %s, %s", structure, subject, check);
    return NULL;
}

static void the_three_structures_add_up_to_the_pound(void **state)
{
    const pc_establishment_row *before = row_of("before", "all"), *improved = row_of("improvement", "all"),
                               *efficient = row_of("efficient", "all");

    (void)state;
    assert_close(before->posts, 288.0, 0.0, 0.0);
    assert_close(before->cost, 14507300.0, 0.0, 0.0);
    assert_close(before->true_cost, 15442300.0, 0.0, 0.0);
    assert_close(before->premium, 935000.0, 0.0, 0.0);
    assert_close(round(before->cost / before->posts), 50373.0, 0.0, 0.0);
    assert_close(round(before->true_cost / before->posts), 53619.0, 0.0, 0.0);
    assert_close(improved->posts, 349.0, 0.0, 0.0);
    assert_close(improved->cost, 16859582.0, 0.0, 0.0);
    assert_close(improved->premium, 1181500.0, 0.0, 0.0);
    assert_close(improved->true_cost, 18041082.0, 0.0, 0.0);
    assert_close(improved->funding[0] + improved->funding[1] + improved->funding[2], 18041082.0, 0.0, 0.0);
    assert_close(improved->funding_gap, 0.0, 0.0, 0.0);
    assert_close(efficient->posts, 330.0, 0.0, 0.0);
    assert_close(efficient->cost, 15861877.0, 0.0, 0.0);
    assert_close(efficient->true_cost, 17043377.0, 0.0, 0.0);
    /* True cost for each post of the two large teams, as the document has them. */
    assert_close(round(row_of("improvement", "Assessment and Safeguarding")->true_cost / 132.0), 57222.0, 0.0,
                 0.0);
    assert_close(round(row_of("improvement", "Corporate Parenting and Permanence")->true_cost / 64.0),
                 55511.0, 0.0, 0.0);
}

static void the_missing_cell_is_what_remains_and_is_named(void **state)
{
    const pc_finding *one = finding_of("before", "all", "funding");

    (void)state;
    assert_close(row_of("before", "all")->funding[2], 2527100.0, 0.0, 0.0);
    assert_int_equal(one->verdict, PC_IMPLIED);
    assert_string_equal(one->text,
                        "before: funding by external is not given: the others add up to 12,915,200, "
                        "which leaves 2,527,100");
    assert_int_equal(finding_of("efficient", "all", "funding")->verdict, PC_MISSING);
    assert_true(isnan(row_of("efficient", "all")->funding[1])); /* two are missing: neither is guessed */
}

static void the_forty_pounds_are_reported_wherever_they_are(void **state)
{
    (void)state;
    assert_int_equal(finding_of("efficient", "SDT", "funding")->verdict, PC_DIFFERS);
    assert_close(finding_of("efficient", "SDT", "funding")->computed, 677337.0, 0.0, 0.0);
    assert_close(finding_of("efficient", "SDT", "funding")->stated, 677377.0, 0.0, 0.0);
    assert_int_equal(finding_of("efficient", "all", "cost")->verdict, PC_DIFFERS);
    assert_close(finding_of("efficient", "all", "cost")->computed - 15861837.0, 40.0, 0.0, 0.0);
    assert_int_equal(finding_of("efficient", "all", "true_cost")->verdict, PC_DIFFERS);
    /* Costs for each post are rounded: 67 pounds on 349 posts are that, and no inconsistency. */
    assert_int_equal(finding_of("improvement", "all", "cost")->verdict, PC_AGREES);
    assert_close(finding_of("improvement", "all", "cost")->within, 174.5, 0.0, 0.0);
}

static void the_premium_is_rescaled_by_posts_beside_the_stated_one(void **state)
{
    const pc_finding *one = finding_of("efficient", "all", "premium_by_posts");
    double scaled = 833500.0 * 123.0 / 132.0 + 279000.0 + 42000.0 * 56.0 / 68.0 + 27000.0 * 66.0 / 56.0;

    (void)state;
    assert_close(row_of("efficient", "all")->premium, 1181500.0, 0.0, 0.0);
    assert_close(row_of("efficient", "all")->premium_by_posts, scaled, 0.0, 1e-6);
    assert_close(row_of("improvement", "all")->premium_by_posts, 1181500.0, 0.0, 1e-6);
    assert_int_equal(one->verdict, PC_DIFFERS);
    assert_non_null(strstr(one->text, "did not scale"));
}

static void an_allowance_says_what_is_missing_and_solves_for_one(void **state)
{
    pc_workforce own = {.file = barking.file, .allowance = barking.allowance};
    pc_establishment out;

    (void)state;
    assert_string_equal(
        finding_of("", "allowance", "allowance")->text,
        "allowance: posts, starters, pay are missing: 4,500 x posts + 5,000 x starters + 0.06 x pay "
        "= 1,181,500, one equation for 3 unknowns");
    own.allowance.posts = 196.0; /* 196 posts at 4,500 are 882,000; 25 starters 125,000; 174,500 are left */
    own.allowance.starters = 25.0;
    assert_int_equal(pc_establishment_make(&own, &out), PC_OK);
    assert_int_equal(out.finding[0].verdict, PC_MISSING);
    assert_non_null(strstr(out.finding[0].text, "pay is missing"));
    assert_non_null(strstr(out.finding[0].text, "when it is 2,908,333.33"));
    pc_establishment_free(&out);
    own.allowance.pay = 2908333.33;
    assert_int_equal(pc_establishment_make(&own, &out), PC_OK);
    assert_int_equal(out.finding[0].verdict, PC_AGREES);
    pc_establishment_free(&out);
    own.allowance.pay = 2000000.0;
    assert_int_equal(pc_establishment_make(&own, &out), PC_OK);
    assert_int_equal(out.finding[0].verdict, PC_DIFFERS);
    assert_close(out.finding[0].computed, 882000.0 + 125000.0 + 120000.0, 0.0, 1e-6);
    pc_establishment_free(&out);
}

static void other_sums_of_the_document_are_checked(void **state)
{
    (void)state;
    assert_int_equal(finding_of("", "Capital programme with contingency", "sum")->verdict, PC_DIFFERS);
    assert_int_equal(finding_of("", "Contingency at 15% of 953000", "sum")->verdict, PC_AGREES);
    assert_int_equal(finding_of("", "Pay award of 2% in 2019/20", "sum")->verdict, PC_AGREES);
    assert_int_equal(finding_of("", "Retention in the fifth year 60 times 15000", "sum")->verdict, PC_AGREES);
    assert_int_equal(finding_of("", "A third of a finance accountant", "sum")->verdict, PC_AGREES);
    assert_int_equal(finding_of("", "Pressure of the improvement structure", "sum")->verdict, PC_AGREES);
}

static void what_does_not_agree_is_told_and_nothing_else(void **state)
{
    pc_diagnostics diagnostics;
    size_t differ = 0, assumed = 0;

    (void)state;
    for (size_t at = 0; at < sums.n_finding; at++) {
        differ += sums.finding[at].verdict == PC_DIFFERS;
        assumed += sums.finding[at].verdict == PC_IMPLIED || sums.finding[at].verdict == PC_MISSING;
    }
    pc_diagnostics_init(&diagnostics);
    pc_establishment_tell(&sums, &diagnostics);
    assert_int_equal(diagnostics.count[PC_WARNING], differ);
    assert_int_equal(diagnostics.count[PC_ASSUMPTION], assumed);
    assert_int_equal(differ, 6);
    assert_int_equal(assumed, 3);
    pc_diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_structures_add_up_to_the_pound),
        cmocka_unit_test(the_missing_cell_is_what_remains_and_is_named),
        cmocka_unit_test(the_forty_pounds_are_reported_wherever_they_are),
        cmocka_unit_test(the_premium_is_rescaled_by_posts_beside_the_stated_one),
        cmocka_unit_test(an_allowance_says_what_is_missing_and_solves_for_one),
        cmocka_unit_test(other_sums_of_the_document_are_checked),
        cmocka_unit_test(what_does_not_agree_is_told_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
