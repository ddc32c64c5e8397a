/* Prices of placements: every allocation fails in turn, from the tables to the bill. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "price_case.h"
#include "price_people.h"

static pc_status load(void *context)
{
    pc_prices prices = {0};
    pc_diagnostics diagnostics;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = price_people_load(context, &prices, &diagnostics);
    if (status == PC_OK) {
        assert_close(prices.people[0].weekly_gbp[0], 9110, 0, 0);
        assert_int_equal(prices.n_contract, 2);
    } else {
        assert_int_equal(prices.n_people, 0); /* whatever was loaded before may be freed */
    }
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void who_has_which_price_survives_any_failing_allocation(void **state)
{
    price_people_case self;

    (void)state;
    price_people_make(&self, "category,weekly_gbp,need\nfoster,400,\nfoster,500,N2\n",
                      "la,child,weekly_gbp\nA,7,9110\nB,7,598\n");
    assert_true(walk_failing_allocations(load, &self) > 20);
    price_people_free(&self);
}

typedef struct table_files {
    pc_codes *codes;
    char *income, *processes, *proceedings;
} table_files;

static pc_status load_tables(void *context)
{
    table_files *self = context;
    pc_prices prices = {0};
    pc_diagnostics diagnostics;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = pc_prices_load_income(self->income, self->codes, &prices, &diagnostics);
    if (status == PC_OK) {
        assert_int_equal(prices.n_income, 3);
        status = pc_prices_load_processes(self->processes, NULL, self->proceedings, self->codes, &prices,
                                          &diagnostics);
    } else {
        assert_null(prices.income);
    }
    if (status == PC_OK) {
        assert_int_equal(prices.n_process_cost, 2);
        assert_int_equal(prices.n_review, 3);
    }
    pc_prices_free(&prices);
    pc_diagnostics_free(&diagnostics);
    return status;
}

static void income_and_processes_survive_any_failing_allocation(void **state)
{
    price_people_case people;
    table_files self;

    (void)state;
    price_people_make(&people, "category,weekly_gbp\nfoster,400\n", "child,weekly_gbp\n");
    self = (table_files){&people.episodes.codes, pc_test_path(people.folder, "income.csv"),
                         pc_test_path(people.folder, "processes.csv"),
                         pc_test_path(people.folder, "proceedings.csv")};
    pc_test_write(people.folder, "income.csv", "source,kind,amount\na,grant,1\nb,grant,2\na,per_night,3\n");
    pc_test_write(people.folder, "processes.csv", "process,unit_gbp\n1,5\n2,6\n");
    pc_test_write(people.folder, "proceedings.csv", "month,share\n0,0.5\n3,0.1\n");
    assert_true(walk_failing_allocations(load_tables, &self) > 10);
    free(self.income);
    free(self.processes);
    free(self.proceedings);
    price_people_free(&people);
}

static pc_status bill(void *context)
{
    price_case *self = context;
    replicate_workspace workspace = {0};
    money of = {0};
    pc_status status = replicate_workspace_init(&workspace, &self->hand.plan);

    status = status == PC_OK ? money_init(&of, &self->prices, &self->hand.plan) : status;
    status = status == PC_OK ? replicate_run(&workspace, 0) : status;
    if (status == PC_OK) {
        money_draw(&of, 0);
        status = money_fill(&of, &workspace.ledger, workspace.log);
    }
    if (status == PC_OK) {
        assert_true(of.pence[0] > 0);
    }
    money_free(&of);
    replicate_workspace_free(&workspace);
    return status;
}

static void a_bill_by_placement_survives_any_failing_allocation(void **state)
{
    price_case self;

    (void)state;
    price_case_make(&self, 12, "category,weekly_gbp,spread\nfoster,700,0.5\nhome,7000,1\n",
                    "category,kind,gbp,places\nhome,block,100,2\n", NULL);
    for (int child = 0; child < 20; child++) {
        hand_plan_add_child(&self.hand, PC_STREAM_LOCAL, 8.0, (size_t)child % 2, -700.0, -300.0, true);
    }
    sim_case_moves(&self.hand, 0, 1, 2.0);
    price_case_income(&self, "source,kind,stream,amount\nx,per_night,uasc,143\n");
    price_case_processes(&self, "process,unit_gbp\n1,5\n", NULL);
    price_case_match(&self);
    self.hand.plan.keep_stays = true;
    assert_true(walk_failing_allocations(bill, &self) > 20);
    price_case_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_which_price_survives_any_failing_allocation),
        cmocka_unit_test(income_and_processes_survive_any_failing_allocation),
        cmocka_unit_test(a_bill_by_placement_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
