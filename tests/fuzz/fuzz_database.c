/* Databases of sweeps, read as shards to be merged: whatever the bytes are, and with every table of the right
 * names. */
#include <stdio.h>
#include <unistd.h>

#include "fuzz.h"
#include "placecast/sweep.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char first[512], second[512], both[512];
    const char *shard[] = {first, second};
    pc_sweep_outcome outcome;
    pc_diagnostics said;
    pc_status status;

    (void)fuzz_unpack(data, size, "1.db");
    snprintf(first, sizeof first, "%s", fuzz_path("1.db"));
    snprintf(second, sizeof second, "%s", fuzz_path("2.db"));
    snprintf(both, sizeof both, "%s", fuzz_path("both.db"));
    pc_diagnostics_init(&said);
    status = pc_sweep_merge(access(second, F_OK) == 0 ? 2 : 1, shard, both, &outcome, &said);
    (void)status;
    pc_diagnostics_free(&said);
    return 0;
}
