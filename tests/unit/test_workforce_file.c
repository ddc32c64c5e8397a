/* The workforce file: what it gives when it is right, and every problem by name when it is not. */
#include "pc_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "placecast/workforce.h"

/* Loads `text` and returns the messages, one a line as "line:column: text"; the caller frees. */
static char *load_text(const char *text, pc_status *status, pc_workforce *out)
{
    char *folder = pc_test_folder(), *path, *said = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&said, &size);
    pc_diagnostics diagnostics;

    assert_non_null(stream);
    pc_test_write(folder, "workforce.yaml", text);
    path = pc_test_path(folder, "workforce.yaml");
    pc_diagnostics_init(&diagnostics);
    *status = pc_workforce_load(path, out, &diagnostics);
    for (size_t m = 0; m < diagnostics.n; m++) {
        fprintf(stream, "%ld:%ld: %s\n", diagnostics.message[m].line, diagnostics.message[m].column,
                diagnostics.message[m].text);
    }
    fclose(stream);
    pc_diagnostics_free(&diagnostics);
    free(path);
    pc_test_remove(folder);
    free(folder);
    return said;
}

static void refused(const char *text, const char *expected)
{
    pc_workforce out;
    pc_status status;
    char *said = load_text(text, &status, &out);

    assert_int_equal(status, PC_ERR_INPUT);
    assert_string_equal(said, expected);
    assert_null(out.file);
    free(said);
}

static void a_whole_file_gives_what_it_says(void **state)
{
    pc_workforce out;
    pc_status status;
    char *said = load_text(
        "workforce: 1\n"
        "funding: [service, external]\n"
        "front_door:\n"
        "  - {stage: contacts, volume: {low: 90, likely: 100, high: 120}, stay: {days: 1}}\n"
        "  - {stage: referrals, conversion: 0.5, returns: 0.2, open: 7, stay: {days: 3, spread: 0}}\n"
        "  - stage: court_work\n"
        "    from: contacts\n"
        "    conversion: 0.1\n"
        "    stay: {bands: [{days: 30, share: 0.25}, {days: 90, share: 0.75}]}\n"
        "care: {leavers: {now: [{age: 18, persons: 4}], contact: [{ages: 21-25, share: 0.4}]}}\n"
        "teams: [{name: T, cases: {referrals: 0.5, children_in_care: 1}, case_load: 16, span: 6}]\n"
        "structures:\n"
        "  - {name: A, from: 2020-04-01, teams: [{name: T, posts: 10, cost: 500000, funding: {service: "
        "1}}]}\n"
        "staff: {leavers: [{under_years: 2, share: 0.2}, {share: 0.1}], pay_awards: [{year: 2020/21, share: "
        "0.02, funded: false}]}\n",
        &status, &out);

    (void)state;
    assert_string_equal(said, "");
    assert_int_equal(status, PC_OK);
    assert_int_equal(out.n_stage, 3);
    assert_close(out.stage[0].volume.low, 90.0, 0.0, 0.0);
    assert_int_equal(out.stage[0].from, -1);
    assert_int_equal(out.stage[1].from, 0);
    assert_close(out.stage[1].open, 7.0, 0.0, 0.0);
    assert_close(out.stage[1].returns_months, 12.0, 0.0, 0.0);
    assert_true(isnan(out.stage[0].open));
    assert_int_equal(out.stage[2].from, 0);
    assert_int_equal(out.stage[2].stay.n_band, 2);
    assert_true(out.has_care);
    assert_close(out.care.reviews.first, 28.0, 0.0, 0.0);
    assert_close(out.team[0].weight[PC_CASE_REFERRALS], 0.5, 0.0, 0.0);
    assert_true(isnan(out.team[0].guarantee));
    assert_close(out.structure[0].team[0].funding.item[0].gbp, 1.0, 0.0, 0.0);
    assert_true(isinf(out.staff.leavers[1].under_years));
    assert_int_equal(out.staff.award[0].year, 2020);
    assert_false(out.staff.award[0].funded);
    assert_close(out.confidence, 0.8, 0.0, 0.0);
    assert_false(out.allowance.given);
    free(said);
    pc_workforce_free(&out);
    pc_workforce_free(&out); /* twice does no harm */
    pc_workforce_free(NULL);
}

static void every_problem_is_said_at_once_with_the_nearest_key(void **state)
{
    (void)state;
    refused(
        "workforce: 2\n"
        "confidense: 0.9\n"
        "front_door:\n"
        "  - {stage: referrels, volume: -1, stay: {days: 3}}\n"
        "teams: [{name: T, cases: {asessments: 1}, lost: 50%}]\n",
        "1:12: workforce: found 2, expected 1, the version that this program reads\n"
        "4:13: front_door.1.stage: found referrels, expected one of contacts, referrals, assessments, "
        "children_in_need, protection_plans, court_work; did you mean \"referrals\"?\n"
        "4:32: front_door.1.volume: found -1, expected a number from 0 to 10000000\n"
        "5:39: teams.T.cases.asessments: unknown kind of case \"asessments\", expected a stage of the front "
        "door, children_in_care, care_leavers or proceedings; did you mean \"assessments\"?\n"
        "5:49: teams.T.lost: found 50%, expected a number from 0 to 0.9 (a share: 50% is 0.5)\n"
        "2:1: unknown key \"confidense\", did you mean \"confidence\"?\n");
}

static void stages_need_a_volume_or_a_conversion_and_a_stay(void **state)
{
    (void)state;
    refused("workforce: 1\nfront_door: [{stage: contacts, conversion: 0.5, stay: {days: 1}}]\n",
            "2:44: front_door.1.conversion: found it where cases come from outside, expected `volume`\n");
    refused("workforce: 1\nfront_door: [{stage: contacts, stay: {days: 1}}]\n",
            "2:14: front_door.1: found neither `volume` nor `conversion`, expected either `volume` or "
            "`conversion`\n");
    refused("workforce: 1\nfront_door: [{stage: contacts, volume: 5}]\n",
            "2:14: key \"front_door.1.stay\" is missing, expected keys and values\n");
    refused(
        "workforce: 1\nfront_door: [{stage: contacts, volume: 5, stay: {days: 1, bands: [{days: 1, share: "
        "1}]}}]\n",
        "2:49: front_door.1.stay: found both `days` and `bands`, expected either `days` or `bands`\n");
    refused("workforce: 1\nfront_door: [{stage: contacts, volume: 5, stay: {bands: [{days: 9, share: 0.5}, "
            "{days: 8, share: 0.1}]}}]\n",
            "2:81: front_door.1.stay.bands: found bands out of order, expected `days` to ascend\n");
    refused(
        "workforce: 1\nfront_door: [{stage: contacts, volume: 5, stay: {bands: [{days: 9, share: 0.5}]}}]\n",
        "2:57: front_door.1.stay.bands: found shares that add up to 0.5, expected 1\n");
    refused("workforce: 1\nfront_door: [{stage: contacts, from: assessments, volume: 5, stay: {days: 1}}]\n",
            "2:38: front_door.1.from: found assessments, expected an earlier stage of the list, or `none`\n");
    refused("workforce: 1\nfront_door: [{stage: contacts, volume: .nan, stay: {days: 1}}]\n",
            "2:40: front_door.1.volume: found .nan, expected a number from 0 to 10000000\n");
    refused(
        "workforce: 1\nfront_door:\n  - {stage: contacts, volume: {low: 3, likely: 2, high: 9}, stay: {days: "
        "1}}\n",
        "3:31: front_door.1.volume: found low, likely and high out of order, expected them ascending\n");
    refused(
        "workforce: 1\nfront_door:\n  - {stage: contacts, volume: 9, stay: {days: 1}}\n  - {stage: "
        "referrals, "
        "conversion: 0.7, stay: {days: 1}}\n  - {stage: assessments, from: contacts, conversion: 0.4, stay: "
        "{days: 1}}\n",
        "3:5: front_door: more than all cases of contacts would go on, expected conversions that add up to "
        "at "
        "most 1\n");
}

static void what_does_not_fit_together_is_refused(void **state)
{
    (void)state;
    refused("workforce: 1\nteams: [{name: T, cases: {referrals: 1}, case_load: 10}]\n",
            "2:9: teams.T.cases: found referrals, which `front_door` does not have\n");
    refused("workforce: 1\nteams: [{name: T, cases: {children_in_care: 1}}]\n",
            "2:9: teams.T: found `cases` without `case_load`, expected both or neither\n");
    refused("workforce: 1\nteams: [{name: T}, {name: T}]\n",
            "2:27: teams.T.name: found T again, expected each team once\n");
    refused("workforce: 1\nfunding: [service]\nstructures: [{name: A, funding: {servise: 4}}]\n",
            "3:14: found funding by \"servise\", expected one that `funding` lists\n");
    refused(
        "workforce: 1\nstructures: [{name: A, teams: [{name: T, posts: 1, cost: 1, cost_per_post: 1}]}]\n",
        "2:32: structures.A.teams.T: found both `cost` and `cost_per_post`, expected one of them\n");
    refused("workforce: 1\nstructures: [{name: A, from: 2020-04-01}, {name: B, from: 2019-04-01}]\n",
            "2:43: structures: found days out of order, expected each `from` after the one above\n");
    refused("workforce: 1\npremium_from: X\nstructures: [{name: A}]\n",
            "2:15: premium_from: found X, expected the name of a structure with teams\n");
    refused("workforce: 1\nstaff: {retention: [{name: R, sum: 15000}]}\n",
            "2:21: staff.retention.R: found `sum` alone, expected `year` and `staff` too\n");
    refused("workforce: 1\nstaff: {retention: [{name: R}]}\n",
            "2:21: staff.retention.R: found neither, expected one of `share_of_pay` and `sum`\n");
    refused("workforce: 1\nstaff: {leavers: [{under_years: 5, share: 0.1}, {under_years: 2, share: 0.1}]}\n",
            "2:8: staff.leavers: found bands out of order, expected `under_years` to ascend\n");
    refused("workforce: 1\nstaff: {pay_awards: [{year: 2020, share: 0.1}]}\n",
            "2:29: staff.pay_awards.1.year: found 2020, expected a financial year such as 2020/21\n");
    refused("workforce: 1\ncare: {leavers: {contact: [{ages: 15-20, share: 1}]}}\n",
            "2:35: care.leavers.contact.1.ages: found 15-20, expected ages such as 21-25, from 16 to 25\n");
    refused("workforce: 1\ncare: {proceedings: {share: 0.3}}\n",
            "2:7: care.proceedings: found `share` without a `stay`, expected `stay: {days: N}`\n");
    refused("workforce: 1\nallowance: {posts: 3}\n",
            "2:12: allowance: found it without `stated`, expected the sum to compare with\n");
    refused(
        "workforce: 1\ncare: {leavers: {pathways: [{name: A, ages: 18-20, share: 0.6}, {name: B, ages: 20, "
        "share: 0.6}]}}\n",
        "2:7: care.leavers.pathways: more than all care leavers of age 20, expected shares that add up to at "
        "most 1 at each age\n");
}

static void the_reference_of_keys_is_up_to_date(void **state)
{
    char *text = NULL, *committed;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    pc_workforce_write_reference(stream, true);
    fclose(stream);
    if (getenv("UPDATE_GOLDEN") != NULL) {
        pc_test_write(PC_SOURCE_DIR "/scenarios", "WORKFORCE.md", text);
    }
    committed = pc_test_read(PC_SOURCE_DIR "/scenarios", "WORKFORCE.md");
    assert_string_equal(committed, text);
    free(text);
    free(committed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file_gives_what_it_says),
        cmocka_unit_test(every_problem_is_said_at_once_with_the_nearest_key),
        cmocka_unit_test(stages_need_a_volume_or_a_conversion_and_a_stay),
        cmocka_unit_test(what_does_not_fit_together_is_refused),
        cmocka_unit_test(the_reference_of_keys_is_up_to_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
