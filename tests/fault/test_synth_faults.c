/* Synth without memory: every allocation fails in turn. */
#include "failing_allocation.h"
#include "pc_test.h"

#include "placecast/synth.h"
#include "synth/synth_impl.h"

/* A handful of children, so that the walk is short. */
static pc_rates few(void)
{
    pc_rates rates;

    assert_ok(pc_rates_init(&rates, SYNTH_N_CATEGORY));
    for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY * PC_N_BAND;
         cell += 7) {
        rates.exit[cell * PC_N_EXIT_HAZARD + PC_EXIT_HOME] = 0.5;
        rates.move[cell * SYNTH_N_CATEGORY + cell % 3] = 0.5;
    }
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        rates.first[age * SYNTH_N_CATEGORY + SYNTH_KINSHIP] = 1;
        rates.first[(PC_N_AGE_BAND + age) * SYNTH_N_CATEGORY + SYNTH_FOSTER_IFA] = 1;
    }
    rates.starts[8] = 0.4;
    rates.starts[15] = 0.8;
    rates.starts[PC_N_AGE_YEAR + 16] = 0.4;
    return rates;
}

typedef struct use {
    pc_synth_options options;
    const char *folder;
} use;

static pc_status make(void *context)
{
    const use *self = context;
    pc_diagnostics diagnostics;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_synth(&self->options, self->folder, &diagnostics);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void walk(bool messy, pc_synth_layout layout, const char *la, int least)
{
    pc_rates rates = few();
    char *folder = pc_test_folder();
    use self = {.options = pc_synth_options_default(), .folder = folder};

    self.options.rates = &rates;
    self.options.children = 0;
    self.options.years = 2;
    self.options.messy = messy;
    self.options.layout = layout;
    self.options.la = la;
    assert_true(walk_failing_allocations(make, &self) > least);
    pc_test_remove(folder);
    free(folder);
    pc_rates_free(&rates);
}

static void returns_are_made_or_there_is_no_memory(void **state)
{
    (void)state;
    walk(false, PC_SYNTH_FOLDERS, NULL, 100);
}

static void messy_returns_are_made_or_there_is_no_memory(void **state)
{
    (void)state;
    walk(true, PC_SYNTH_MERGED, "Ashby,Brent", 300);
}

static pc_status truth(void *context)
{
    pc_diagnostics diagnostics;
    pc_rates rates;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = synth_rates_load(context, &rates, &diagnostics);
    if (status == PC_OK) {
        pc_rates_free(&rates);
    }
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void the_shipped_truth_is_read_or_there_is_no_memory(void **state)
{
    (void)state;
    assert_true(walk_failing_allocations(truth, NULL) > 5);
}

static pc_status scale(void *context)
{
    const pc_rates *rates = context;
    pc_rates copy;
    pc_status status = synth_rates_copy(rates, &copy);

    if (status == PC_OK) {
        status = synth_rates_scale(&copy, 10, NULL);
        pc_rates_free(&copy);
    }
    return status;
}

static void starts_are_scaled_or_there_is_no_memory(void **state)
{
    pc_rates rates = few();

    (void)state;
    assert_true(walk_failing_allocations(scale, &rates) > 5);
    pc_rates_free(&rates);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_are_made_or_there_is_no_memory),
        cmocka_unit_test(messy_returns_are_made_or_there_is_no_memory),
        cmocka_unit_test(the_shipped_truth_is_read_or_there_is_no_memory),
        cmocka_unit_test(starts_are_scaled_or_there_is_no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
