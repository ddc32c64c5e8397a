/* The table of shocks shared by all children of a year. */
#include "pc_test.h"

#include "simulate/year_effects.h"

typedef struct effects_case {
    char *folder, *path;
    pc_plan plan;
    pc_diagnostics diagnostics;
} effects_case;

static int set_up(void **state)
{
    effects_case *self = calloc(1, sizeof *self);

    assert_non_null(self);
    self->folder = pc_test_folder();
    self->path = pc_test_path(self->folder, "effects.csv");
    pc_diagnostics_init(&self->diagnostics);
    *state = self;
    return 0;
}

static int tear_down(void **state)
{
    effects_case *self = *state;

    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
    free(self->path);
    free(self);
    return 0;
}

static pc_status read_text(effects_case *self, const char *text, double children)
{
    pc_test_write(self->folder, "effects.csv", text);
    return year_effects_read(self->path, children, &self->plan, &self->diagnostics);
}

static const char table[] = "target,children_from,children_to,phi,sigma,source\n"
                            "starts,0,200,0.3,0.2,x\n"
                            "starts,200,,0.4,0.1,x\n"
                            "exits,,,0.5,0.3,x\n";

static void a_row_counts_from_its_first_size_to_below_its_last(void **state)
{
    effects_case *self = *state;

    assert_ok(read_text(self, table, 199.0), &self->diagnostics);
    assert_close(self->plan.shock_starts.phi, 0.3, 0, 0);
    assert_close(self->plan.shock_starts.sigma, 0.2, 0, 0);
    assert_ok(read_text(self, table, 200.0), &self->diagnostics);
    assert_close(self->plan.shock_starts.phi, 0.4, 0, 0);
    assert_close(self->plan.shock_starts.sigma, 0.1, 0, 0);
    assert_close(self->plan.shock_exits.sigma, 0.3, 0, 0); /* blank sizes: all */
}

static void a_target_without_a_row_has_no_shock(void **state)
{
    effects_case *self = *state;

    self->plan.shock_mix = (plan_shock){0.9, 0.9};
    assert_ok(read_text(self, table, 10.0), &self->diagnostics);
    assert_close(self->plan.shock_mix.phi, 0.0, 0, 0);
    assert_close(self->plan.shock_mix.sigma, 0.0, 0, 0);
}

static void unaccompanied_children_have_a_shock_of_their_own_only_where_a_row_says_so(void **state)
{
    effects_case *self = *state;

    assert_ok(read_text(self, table, 10.0), &self->diagnostics);
    assert_false(self->plan.uasc_apart);
    assert_ok(read_text(self, "target,children_from,children_to,phi,sigma\nuasc_starts,0,,0.6,0.5\n", 10.0),
              &self->diagnostics);
    assert_true(self->plan.uasc_apart);
    assert_close(self->plan.shock_uasc.phi, 0.6, 0, 0);
    assert_close(self->plan.shock_uasc.sigma, 0.5, 0, 0);
    assert_close(self->plan.shock_starts.sigma, 0.0, 0, 0);
    assert_ok(read_text(self, table, 10.0), &self->diagnostics); /* and back */
    assert_false(self->plan.uasc_apart);
}

static void the_shipped_table_has_shocks_for_every_size(void **state)
{
    static const double size[] = {0, 20, 199, 200, 600, 5000};
    effects_case *self = *state;

    for (size_t at = 0; at < sizeof size / sizeof size[0]; at++) {
        assert_ok(year_effects_read(NULL, size[at], &self->plan, &self->diagnostics), &self->diagnostics);
        assert_true(self->plan.shock_starts.sigma > 0.0 && self->plan.shock_starts.sigma < 0.5);
        assert_true(self->plan.shock_exits.sigma > 0.0 && self->plan.shock_exits.sigma < 0.5);
        assert_true(self->plan.uasc_apart);
        assert_true(self->plan.shock_uasc.sigma > self->plan.shock_starts.sigma);
        assert_true(self->plan.shock_uasc.sigma < 1.0);
        assert_true(self->plan.shock_mix.sigma > 0.0 && self->plan.shock_mix.sigma < 0.5);
    }
}

static void bad_numbers_and_targets_are_refused_at_their_place(void **state)
{
    static const struct {
        const char *row, *message;
    } of[] = {{"starts,0,,1.0,0.1,x", "effects.csv:2: column phi: found `1.0`, expected a number"},
              {"starts,0,,-1,0.1,x", "column phi"},
              {"starts,0,,0.3,-0.1,x", "column sigma: found `-0.1`"},
              {"starts,0,,0.3,2.5,x", "column sigma"},
              {"starts,0,,0.3,nan,x", "column sigma: found `nan`"},
              {"starts,x,,0.3,0.1,x", "column children_from: found `x`"},
              {"starts,0,-1,0.3,0.1,x", "column children_to: found `-1`"},
              {"arrivals,0,,0.3,0.1,x",
               "column target: found `arrivals`, expected starts, uasc_starts, exits or mix"}};
    effects_case *self = *state;

    for (size_t at = 0; at < sizeof of / sizeof of[0]; at++) {
        char text[200];

        snprintf(text, sizeof text, "target,children_from,children_to,phi,sigma,source\n%s\n", of[at].row);
        assert_status(read_text(self, text, 100.0), PC_ERR_INPUT);
        assert_message(&self->diagnostics, of[at].message);
        pc_diagnostics_free(&self->diagnostics);
        pc_diagnostics_init(&self->diagnostics);
    }
}

static void all_bad_rows_are_named_not_only_the_first(void **state)
{
    effects_case *self = *state;

    assert_status(
        read_text(self, "target,children_from,children_to,phi,sigma\nstarts,0,,7,0.1\nmix,0,,0.1,7\n", 1.0),
        PC_ERR_INPUT);
    assert_message(&self->diagnostics, "effects.csv:2:");
    assert_message(&self->diagnostics, "effects.csv:3:");
}

static void a_missing_column_or_file_is_refused(void **state)
{
    effects_case *self = *state;

    assert_status(read_text(self, "target,children_from,children_to,phi\nstarts,0,,0.3\n", 1.0),
                  PC_ERR_INPUT);
    assert_message(&self->diagnostics, "expected the columns target, children_from, children_to, phi, sigma");
    pc_test_remove(self->path);
    assert_status(year_effects_read(self->path, 1.0, &self->plan, &self->diagnostics), PC_ERR_IO);
}

int main(void)
{
#define EFFECTS(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        EFFECTS(a_row_counts_from_its_first_size_to_below_its_last),
        EFFECTS(a_target_without_a_row_has_no_shock),
        EFFECTS(unaccompanied_children_have_a_shock_of_their_own_only_where_a_row_says_so),
        EFFECTS(the_shipped_table_has_shocks_for_every_size),
        EFFECTS(bad_numbers_and_targets_are_refused_at_their_place),
        EFFECTS(all_bad_rows_are_named_not_only_the_first),
        EFFECTS(a_missing_column_or_file_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
