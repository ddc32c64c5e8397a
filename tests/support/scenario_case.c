#include "scenario_case.h"

pc_status scenario_case_load(const char *text, size_t n, const scenario_case_file *file,
                             pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "x.yaml");
    pc_status status;

    pc_test_write(folder, "x.yaml", text);
    for (size_t at = 0; at < n; at++) {
        if (file[at].text != NULL) {
            pc_test_write(folder, file[at].name, file[at].text);
        }
    }
    pc_diagnostics_init(diagnostics);
    memset(scenario, 0xAA, sizeof *scenario); /* nothing of it may be taken for given */
    status = pc_scenario_load(path, NULL, scenario, diagnostics);
    pc_test_remove(folder);
    free(path);
    free(folder);
    return status;
}

void scenario_case_assert_refused(pc_status status, const char *message, pc_scenario *scenario,
                                  pc_diagnostics *diagnostics)
{
    assert_status(status, PC_ERR_INPUT, diagnostics);
    assert_message(diagnostics, message);
    pc_scenario_free(scenario);
    pc_diagnostics_free(diagnostics);
}
