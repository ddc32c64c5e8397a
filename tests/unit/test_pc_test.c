/* The helpers of the tests are tested too: an assertion that cannot fail would make every test worthless. */
#include "pc_test.h"

#include <math.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* True when `body` fails its assertion: it runs in a child process as a test of its own. */
static bool trips(void (*body)(void **state))
{
    const struct CMUnitTest inner[] = {cmocka_unit_test(body)};
    pid_t child;
    int outcome;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL) {
            _exit(99);
        }
        _exit(cmocka_run_group_tests(inner, NULL, NULL) == 1 ? 41 : 0);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome));
    return WEXITSTATUS(outcome) == 41;
}

static void far_value(void **state)
{
    (void)state;
    assert_close(1.1, 1.0, 0.05, 0.0);
}

static void not_a_number(void **state)
{
    (void)state;
    assert_close(NAN, 1.0, 10.0, 10.0);
}

static void number_for_nan(void **state)
{
    (void)state;
    assert_close(1.0, NAN, 10.0, 10.0);
}

static void wrong_infinity(void **state)
{
    (void)state;
    assert_close(-INFINITY, INFINITY, 10.0, 10.0);
}

static void bad_status(void **state)
{
    (void)state;
    assert_ok(PC_ERR_IO);
}

static void other_status(void **state)
{
    (void)state;
    assert_status(PC_ERR_IO, PC_ERR_INPUT);
}

static void message_absent(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_message(&diagnostics, "anything");
}

static void assertions_trip_when_false(void **state)
{
    (void)state;
    assert_true(trips(far_value));
    assert_true(trips(not_a_number));
    assert_true(trips(number_for_nan));
    assert_true(trips(wrong_infinity));
    assert_true(trips(bad_status));
    assert_true(trips(other_status));
    assert_true(trips(message_absent));
}

static void assertions_pass_when_true(void **state)
{
    pc_diagnostics diagnostics;

    (void)state;
    pc_diagnostics_init(&diagnostics);
    assert_close(1.04, 1.0, 0.05, 0.0);
    assert_close(INFINITY, INFINITY, 0.0, 0.0);
    assert_ok(PC_OK);
    assert_ok(PC_OK, &diagnostics);
    assert_status(PC_ERR_IO, PC_ERR_IO);
    assert_status(PC_ERR_IO, PC_ERR_IO, &diagnostics);
    pc_diagnostics_add(&diagnostics, PC_ERROR, (pc_place){.file = "a.csv", .line = 3}, "found %d", 7);
    assert_message(&diagnostics, "a.csv:3: found 7");
    assert_no_message(&diagnostics, "found 8");
    pc_diagnostics_free(&diagnostics);
}

static void a_scratch_folder_comes_and_goes_with_all_in_it(void **state)
{
    char *folder = pc_test_folder(), *deep, *text;
    struct stat about;

    (void)state;
    pc_test_write(folder, "a/b/c.txt", "hello");
    text = pc_test_read(folder, "a/b/c.txt");
    assert_string_equal(text, "hello");
    deep = pc_test_path(folder, "a/b/c.txt");
    assert_true(pc_test_exists(deep));
    pc_test_remove(folder);
    assert_int_not_equal(stat(folder, &about), 0);
    free(text);
    free(deep);
    free(folder);
}

static void z_values_are_those_worked_by_hand(void **state)
{
    (void)state;
    assert_close(z_mean(10.5, 10.0, 2.0, 16), 1.0, 1e-12, 0); /* 0.5 / (2 / 4) */
    assert_close(z_share(60, 100, 0.5), 2.0, 1e-12, 0);       /* (60 - 50) / sqrt(25) */
    assert_true(isnan(z_mean(1, 1, 0, 5)));
    assert_true(isnan(z_share(0, 0, 0.5)));
}

static void ks_distance_of_four_points_is_that_worked_by_hand(void **state)
{
    double sample[] = {0.9, 0.1, 0.2, 0.3}; /* after 0.3 the sample is at 3/4: 0.75 - 0.3 = 0.45 */

    (void)state;
    assert_close(ks_distance_uniform(sample, 4), 0.45, 1e-12, 0);
}

static void ks_p_value_meets_the_printed_critical_values(void **state)
{
    (void)state;
    /* Large n: sqrt(n) D = 1.358 at 5% and 1.628 at 1% (Stephens 1970, table 1A). */
    assert_close(ks_p_value(1.358 / 1000.0, 1000000), 0.05, 0.01, 0);
    assert_close(ks_p_value(1.628 / 1000.0, 1000000), 0.01, 0.01, 0);
    assert_close(ks_p_value(0.0, 100), 1.0, 0, 0);
    assert_true(ks_p_value(0.5, 100) < 1e-20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assertions_trip_when_false),
        cmocka_unit_test(assertions_pass_when_true),
        cmocka_unit_test(a_scratch_folder_comes_and_goes_with_all_in_it),
        cmocka_unit_test(z_values_are_those_worked_by_hand),
        cmocka_unit_test(ks_distance_of_four_points_is_that_worked_by_hand),
        cmocka_unit_test(ks_p_value_meets_the_printed_critical_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
