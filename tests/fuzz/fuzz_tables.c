/* The tables that a scenario may name, each file by its name; what does not say its name is read as each of
 * them. */
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "placecast/episodes.h"
#include "placecast/out_of_area.h"
#include "placecast/population.h"
#include "placecast/prices.h"
#include "placecast/synth.h"

static const char *file(const char *name)
{
    return access(fuzz_path(name), R_OK) == 0 ? fuzz_path(name) : fuzz_path("table.csv");
}

static void read_prices(const pc_codes *codes, pc_diagnostics *said)
{
    char weekly[512];
    pc_prices prices;
    pc_status status;

    strcpy(weekly, file("weekly.csv"));
    status = pc_prices_load(weekly, file("inflation.csv"), codes, 2024, &prices, said);
    (void)status;
    pc_prices_free(&prices);
}

static void read_shares(pc_diagnostics *said)
{
    pc_population population;
    pc_out_of_area shares;
    pc_status status = pc_population_load(file("population.csv"), &population, said);

    pc_population_free(&population);
    status = pc_out_of_area_load(file("out_of_area.csv"), &shares, said);
    (void)status;
    pc_out_of_area_free(&shares);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_diagnostics said;
    pc_codes codes;
    pc_episodes episodes = {0};
    pc_tieout tieout;
    pc_status status;

    (void)fuzz_unpack(data, size, "table.csv");
    pc_diagnostics_init(&said);
    status = pc_codes_load(file("codes.yaml"), &codes, &said);
    pc_codes_free(&codes);
    status = pc_codes_load(NULL, &codes, &said);
    if (status == PC_OK) {
        read_prices(&codes, &said);
        status = pc_tieout_make(&episodes, file("published.csv"), &tieout, &said);
        pc_tieout_free(&tieout);
    }
    pc_codes_free(&codes);
    read_shares(&said);
    pc_diagnostics_free(&said);
    return 0;
}
