#include "price_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pc_test.h"

static char names[PRICE_CASE_CATEGORIES][8] = {"foster", "home", "other"};
static pc_category categories[PRICE_CASE_CATEGORIES];

void price_case_make(price_case *self, int months, const char *weekly, const char *contracts,
                     const char *inflation)
{
    char *folder = pc_test_folder(),
         *path[3] = {pc_test_path(folder, "weekly.csv"), pc_test_path(folder, "contracts.csv"),
                     pc_test_path(folder, "inflation.csv")};
    pc_diagnostics diagnostics;

    memset(self, 0, sizeof *self);
    for (size_t c = 0; c < PRICE_CASE_CATEGORIES; c++) {
        categories[c] = (pc_category){.name = names[c], .label = names[c]};
    }
    self->codes = (pc_codes){.n_category = PRICE_CASE_CATEGORIES, .category = categories};
    sim_case_make(&self->hand, PRICE_CASE_CATEGORIES, months);
    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "weekly.csv", weekly);
    if (inflation != NULL) {
        pc_test_write(folder, "inflation.csv", inflation);
    }
    assert_ok(pc_prices_load(path[0], inflation == NULL ? NULL : path[2], &self->codes, 2024, &self->prices,
                             &diagnostics),
              &diagnostics);
    if (contracts != NULL) {
        pc_test_write(folder, "contracts.csv", contracts);
        assert_ok(pc_prices_load_contracts(path[1], &self->codes, 2024, &self->prices, &diagnostics),
                  &diagnostics);
    }
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    for (size_t at = 0; at < 3; at++) {
        free(path[at]);
    }
    free(folder);
}

void price_case_income(price_case *self, const char *income)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "income.csv");
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "income.csv", income);
    assert_ok(pc_prices_load_income(path, &self->codes, &self->prices, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

void price_case_processes(price_case *self, const char *processes, const char *proceedings)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "processes.csv"),
         *legal = pc_test_path(folder, "proceedings.csv");
    pc_diagnostics diagnostics;

    pc_diagnostics_init(&diagnostics);
    pc_test_write(folder, "processes.csv", processes);
    if (proceedings != NULL) {
        pc_test_write(folder, "proceedings.csv", proceedings);
    }
    assert_ok(pc_prices_load_processes(path, NULL, proceedings == NULL ? NULL : legal, &self->codes,
                                       &self->prices, &diagnostics),
              &diagnostics);
    pc_diagnostics_free(&diagnostics);
    pc_test_remove(folder);
    free(path);
    free(legal);
    free(folder);
}

void price_case_match(price_case *self)
{
    size_t n = self->hand.plan.n_child;
    pc_price_people *people = calloc(1, sizeof *people);

    assert_non_null(people);
    people->n_child = n;
    people->weekly_gbp = calloc(n + 1, sizeof *people->weekly_gbp);
    people->price_year = calloc(n + 1, sizeof *people->price_year);
    people->provider = calloc(n + 1, sizeof *people->provider);
    people->need = calloc(n + 1, sizeof *people->need);
    people->provider_share =
        calloc((size_t)PRICE_CASE_CATEGORIES * PC_N_PROVIDER, sizeof *people->provider_share);
    assert_non_null(people->weekly_gbp);
    assert_non_null(people->price_year);
    assert_non_null(people->provider);
    assert_non_null(people->need);
    assert_non_null(people->provider_share);
    for (size_t child = 0; child < n; child++) {
        people->weekly_gbp[child] = (double)NAN;
        people->price_year[child] = 2024;
        people->provider[child] = -1;
    }
    self->prices.people = people;
    self->prices.n_people = 1;
}

void price_case_run(price_case *self, uint32_t replicate)
{
    if (!self->running) {
        self->hand.plan.keep_stays = money_needs_stays(&self->prices);
        assert_ok(replicate_workspace_init(&self->workspace, &self->hand.plan));
        assert_ok(money_init(&self->of, &self->prices, &self->hand.plan));
        self->running = true;
    }
    sim_case_run(&self->workspace, replicate);
    money_draw(&self->of, replicate);
    assert_ok(money_fill(&self->of, &self->workspace.ledger, self->workspace.log));
}

int64_t price_case_pence(const price_case *self, size_t category, size_t month)
{
    return self->of.pence[category * self->of.n_month + month];
}

void price_case_free(price_case *self)
{
    if (self->running) {
        replicate_workspace_free(&self->workspace);
        money_free(&self->of);
    }
    pc_prices_free(&self->prices);
    sim_case_free(&self->hand);
}
