/* Budget, actuals, contracts, prices of children, income, unit costs and the workforce file, each by its
 * name. */
#include "fuzz.h"
#include "placecast/budget.h"
#include "placecast/codes.h"
#include "placecast/establishment.h"
#include "placecast/prices.h"
#include "placecast/workforce.h"

enum { YEAR = 2022 };

static const char weekly[] = "category,weekly_gbp\nother,1\n";

static void read_budget(pc_diagnostics *said)
{
    pc_budget budget;
    pc_actuals actuals;
    pc_status status = pc_budget_load(fuzz_path("budget.csv"), &budget, said);

    pc_budget_free(&budget);
    status = pc_actuals_load(fuzz_path("actuals.csv"), &actuals, said);
    (void)status;
    pc_actuals_free(&actuals);
}

static void read_prices(const pc_codes *codes, pc_diagnostics *said)
{
    pc_prices prices;
    pc_status status;

    fuzz_write("weekly.csv", weekly, sizeof weekly - 1);
    status = pc_prices_load(fuzz_path("weekly.csv"), NULL, codes, YEAR, &prices, said);
    if (status == PC_OK) {
        status = pc_prices_load_contracts(fuzz_path("contracts.csv"), codes, YEAR, &prices, said);
        status = pc_prices_load_current(fuzz_path("current.csv"), YEAR, &prices, said);
        status = pc_prices_load_income(fuzz_path("income.csv"), codes, &prices, said);
        status = pc_prices_load_processes(fuzz_path("processes.csv"), NULL, NULL, codes, &prices, said);
    }
    (void)status;
    pc_prices_free(&prices);
}

static void read_workforce(pc_diagnostics *said)
{
    pc_workforce workforce;
    pc_establishment establishment;
    pc_status status = pc_workforce_load(fuzz_path("workforce.yaml"), &workforce, said);

    if (status == PC_OK) {
        status = pc_establishment_make(&workforce, &establishment);
        if (status == PC_OK) {
            pc_establishment_tell(&establishment, said);
            pc_establishment_free(&establishment);
        }
    }
    pc_workforce_free(&workforce);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_diagnostics said;
    pc_codes codes;

    (void)fuzz_unpack(data, size, "budget.csv");
    pc_diagnostics_init(&said);
    read_budget(&said);
    if (pc_codes_load(NULL, &codes, &said) == PC_OK) {
        read_prices(&codes, &said);
        pc_codes_free(&codes);
    }
    read_workforce(&said);
    pc_diagnostics_free(&said);
    return 0;
}
