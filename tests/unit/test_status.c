#include "pc_test.h"

static void every_status_has_its_own_text(void **state)
{
    (void)state;
    for (int status = 0; status < PC_N_STATUS; status++) {
        assert_true(strlen(pc_strerror((pc_status)status)) > 3);
        assert_string_not_equal(pc_strerror((pc_status)status), "unknown status");
        for (int other = 0; other < status; other++) {
            assert_string_not_equal(pc_strerror((pc_status)status), pc_strerror((pc_status)other));
        }
    }
}

/* The exit codes are a contract with every script that calls the command. */
static void exit_codes_are_those_of_the_contract(void **state)
{
    (void)state;
    assert_int_equal(pc_exit_code(PC_OK), 0);
    assert_int_equal(pc_exit_code(PC_ERR_NO_MEMORY), 1);
    assert_int_equal(pc_exit_code(PC_ERR_IO), 1);
    assert_int_equal(pc_exit_code(PC_ERR_INTERNAL), 1);
    assert_int_equal(pc_exit_code(PC_ERR_USAGE), 2);
    assert_int_equal(pc_exit_code(PC_ERR_INPUT), 3);
    assert_int_equal(pc_exit_code(PC_ERR_NO_DATA), 3);
    assert_int_equal(pc_exit_code(PC_ERR_RANGE), 3);
    assert_int_equal(pc_exit_code(PC_ERR_INTERRUPTED), 130);
    assert_int_equal(PC_N_STATUS, 9); /* a new one needs its line here */
}

static void a_status_out_of_range_is_a_failure_and_never_a_crash(void **state)
{
    const unsigned outside[] = {PC_N_STATUS, PC_N_STATUS + 1, 1000, 0x7fffffff};

    (void)state;
    for (size_t s = 0; s < sizeof outside / sizeof outside[0]; s++) {
        assert_string_equal(pc_strerror((pc_status)outside[s]), "unknown status");
        assert_int_equal(pc_exit_code((pc_status)outside[s]), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_own_text),
        cmocka_unit_test(exit_codes_are_those_of_the_contract),
        cmocka_unit_test(a_status_out_of_range_is_a_failure_and_never_a_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
