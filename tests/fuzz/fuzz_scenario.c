/* Scenario files: read, and shown as they result. Nothing outside the folder may be read. */
#include <stdio.h>

#include "fuzz.h"
#include "placecast/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_scenario_options options = {.confine = fuzz_folder()};
    pc_scenario scenario;
    pc_diagnostics said;
    pc_status status;
    FILE *nowhere;

    (void)fuzz_unpack(data, size, "base.yaml");
    pc_diagnostics_init(&said);
    status = pc_scenario_load(fuzz_path("base.yaml"), &options, &scenario, &said);
    pc_scenario_free(&scenario);
    nowhere = fopen("/dev/null", "w");
    if (nowhere != NULL) {
        status = pc_scenario_show(fuzz_path("base.yaml"), &options, nowhere, &said);
        fclose(nowhere);
    }
    (void)status;
    pc_diagnostics_free(&said);
    return 0;
}
