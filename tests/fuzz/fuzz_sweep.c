/* Sweep files: read with their base scenario. Nothing outside the folder may be read. */
#include <unistd.h>

#include "fuzz.h"
#include "placecast/sweep.h"

static const char base[] = "placecast: 1\nname: Base\nstart: 2021-04-01\nmonths: 3\n"
                           "data: {ssda903: ., extract: 2021-03-31}\n"
                           "interventions: [{name: Help, kind: exit_rate, effect: 0.5}]\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_scenario_options options = {.confine = fuzz_folder()};
    pc_sweep *sweep = NULL;
    pc_diagnostics said;
    pc_status status;
    bool is;

    (void)fuzz_unpack(data, size, "sweep.yaml");
    if (access(fuzz_path("base.yaml"), F_OK) != 0) {
        fuzz_write("base.yaml", base, sizeof base - 1);
    }
    pc_diagnostics_init(&said);
    status = pc_sweep_is(fuzz_path("sweep.yaml"), &is);
    status = pc_sweep_load(fuzz_path("sweep.yaml"), &options, &sweep, &said);
    (void)status;
    pc_sweep_free(sweep);
    pc_diagnostics_free(&said);
    return 0;
}
