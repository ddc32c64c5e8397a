/* verb_sensitivity.c - placecast sensitivity SWEEP: which assumption moves the results. */
#include <stdlib.h>
#include <string.h>

#include "placecast/rounding.h"
#include "placecast/sensitivity.h"
#include "session.h"

static pc_status print(const cli_options *options, const pc_sensitivity *found, const char *folder)
{
    if (options->json) {
        return pc_sensitivity_summary_json(found, folder, stdout);
    }
    if (!options->quiet) {
        pc_sensitivity_summary(found, folder, stdout);
    }
    return PC_OK;
}

static pc_status run(pc_sweep *sweep, const cli_options *options, const char *folder,
                     pc_diagnostics *diagnostics)
{
    pc_sensitivity_options how = pc_sensitivity_options_default();
    double began = cli_clock();
    pc_sensitivity found;
    pc_status status;

    how.points = options->points.given ? (int)options->points.value : how.points;
    how.threads = (int)options->threads.value;
    how.round_to = (int)options->round_to.value;
    how.progress = cli_progress_wanted(options) ? cli_progress_left : NULL;
    how.context = &began;
    how.stop = &cli_stop;
    cli_progress_label("Varying");
    status = pc_sensitivity_run(sweep, &how, &found, diagnostics);
    pc_diagnostics_round(diagnostics, how.round_to);
    cli_progress_clear();
    if (status == PC_OK) {
        status = pc_sensitivity_write(&found, folder, diagnostics);
        status = status == PC_OK ? cli_session_describe(folder, options, diagnostics) : status;
        status = status == PC_OK ? print(options, &found, folder) : status;
        pc_sensitivity_free(&found);
    }
    return status == PC_ERR_RANGE ? PC_ERR_INPUT : status;
}

pc_status cli_sensitivity(const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session session; /* for the settings of the command line */
    pc_sweep *sweep = NULL;
    char *folder = NULL;
    pc_status status = cli_session_begin(&session, options);

    status =
        status != PC_OK ? status : pc_sweep_load(options->argument[0], &session.with, &sweep, diagnostics);
    if (status == PC_OK) {
        folder = options->out != NULL ? strdup(options->out) : cli_default_folder(pc_sweep_name(sweep));
        /* A folder that cannot be made is better known before the work than after it. */
        status = folder == NULL ? PC_ERR_NO_MEMORY : pc_report_folder(folder, diagnostics);
    }
    status = status != PC_OK ? status : run(sweep, options, folder, diagnostics);
    free(folder);
    pc_sweep_free(sweep);
    cli_session_free(&session);
    return status;
}
