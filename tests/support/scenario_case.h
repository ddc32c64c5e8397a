/* scenario_case.h - a scenario with the files that it names, loaded from a scratch folder that is gone after.
 */
#ifndef PC_SCENARIO_CASE_H
#define PC_SCENARIO_CASE_H

#include "pc_test.h"
#include "placecast/scenario.h"

typedef struct scenario_case_file {
    const char *name, *text; /* NULL text: not written */
} scenario_case_file;

/* Writes `text` to x.yaml and the `n` files beside it, and loads it; the messages are left in `diagnostics`.
 * The caller frees both. */
pc_status scenario_case_load(const char *text, size_t n, const scenario_case_file *file,
                             pc_scenario *scenario, pc_diagnostics *diagnostics);
/* Frees both after a load that must have been PC_ERR_INPUT with that message. */
void scenario_case_assert_refused(pc_status status, const char *message, pc_scenario *scenario,
                                  pc_diagnostics *diagnostics);

#endif
