/* verb_backtest.c - placecast backtest SCENARIO: past forecasts against what happened. */
#include "session.h"

#include <stdlib.h>
#include <string.h>

static const char *const outputs[] = {"skill.csv", "skill_summary.csv"};

static pc_status test(cli_session *session, const cli_options *options, pc_skill *out,
                      pc_diagnostics *diagnostics)
{
    pc_backtest_options with = pc_backtest_options_default();
    double began = cli_clock();
    pc_status status;

    with.replicates = options->replicates.given ? (int)options->replicates.value : with.replicates;
    with.run = (pc_run_options){.threads = (int)options->threads.value,
                                .progress = cli_progress_wanted(options) ? cli_progress_left : NULL,
                                .context = &began,
                                .stop = &cli_stop};
    status = pc_backtest(&session->data.episodes, &session->scenario,
                         session->has_prices ? &session->prices : NULL, &with, out, diagnostics);
    cli_progress_clear();
    return status;
}

static pc_status report(cli_session *session, const cli_options *options, pc_skill *skill,
                        pc_diagnostics *diagnostics)
{
    pc_run_record record = cli_session_record(session, options, NULL, diagnostics);
    pc_status status;

    cli_session_round(session, options, diagnostics);
    pc_skill_round(skill, (int)options->round_to.value);
    status = pc_report_skill(skill, session->folder, diagnostics);

    status = status == PC_OK ? pc_report_skill_summary(skill, session->folder, diagnostics) : status;
    if (status != PC_OK || (options->quiet && !options->json)) {
        return status;
    }
    record.n_output = sizeof outputs / sizeof outputs[0];
    record.output = outputs;
    return options->json ? pc_report_backtest_summary_json(&record, skill, stdout)
                         : pc_report_backtest_summary(&record, skill, stdout);
}

static pc_status backtest(cli_session *session, const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_skill skill;
    pc_status status = cli_session_load(session, options, diagnostics);

    status = status == PC_OK ? cli_session_folder(session, options, diagnostics) : status;
    status = status == PC_OK ? cli_session_clean(session, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    status = test(session, options, &skill, diagnostics);
    status = status == PC_OK ? report(session, options, &skill, diagnostics) : status;
    pc_skill_free(&skill);
    return status;
}

/* ---- the panel ---- */

enum { PANEL_REPLICATES = 400 };

static pc_status test_panel(const pc_panel *panel, const cli_options *options, pc_skill *skill,
                            pc_panel_estimates *estimates, pc_diagnostics *diagnostics)
{
    pc_backtest_options with = pc_backtest_options_default();
    double began = cli_clock();
    pc_status status;

    /* The noise of a median from 200 futures is an eighth of a typical error of the last value. */
    with.replicates = options->replicates.given ? (int)options->replicates.value : PANEL_REPLICATES;
    with.run = (pc_run_options){.threads = (int)options->threads.value,
                                .progress = cli_progress_wanted(options) ? cli_progress_left : NULL,
                                .context = &began,
                                .stop = &cli_stop};
    status = pc_backtest_panel(panel, &with, skill, estimates, diagnostics);
    cli_progress_clear();
    return status;
}

static pc_status report_panel(const cli_options *options, const char *folder, const pc_skill *skill,
                              const pc_panel_estimates *estimates, pc_diagnostics *diagnostics)
{
    static const char *const written[] = {"skill.csv", "skill_summary.csv", "panel_estimates.csv"};
    pc_run_record record = {.argc = options->argc,
                            .argv = options->argv,
                            .diagnostics = diagnostics,
                            .n_output = sizeof written / sizeof written[0],
                            .output = written,
                            .data = options->panel,
                            .folder = folder};
    pc_status status = pc_report_skill(skill, folder, diagnostics);

    status = status == PC_OK ? pc_report_skill_summary(skill, folder, diagnostics) : status;
    status = status == PC_OK ? pc_report_panel_estimates(estimates, folder, diagnostics) : status;
    if (status != PC_OK || (options->quiet && !options->json)) {
        return status;
    }
    return options->json ? pc_report_backtest_summary_json(&record, skill, stdout)
                         : pc_report_backtest_summary(&record, skill, stdout);
}

static pc_status backtest_panel(const cli_options *options, pc_diagnostics *diagnostics)
{
    char *folder = options->out != NULL ? strdup(options->out) : cli_default_folder("panel");
    pc_panel panel = {0};
    pc_skill skill = {0};
    pc_panel_estimates estimates = {0};
    pc_status status = folder == NULL ? PC_ERR_NO_MEMORY
                                      : cli_confined_folder(options->confine, options->panel, diagnostics);

    status = status == PC_OK ? pc_panel_read(options->panel, &panel, diagnostics) : status;

    status =
        status == PC_ERR_IO ? PC_ERR_INPUT : status; /* a table that cannot be read is an input rejected */
    status = status == PC_OK ? pc_report_folder(folder, diagnostics) : status;
    status = status == PC_OK ? test_panel(&panel, options, &skill, &estimates, diagnostics) : status;
    status = status == PC_OK ? report_panel(options, folder, &skill, &estimates, diagnostics) : status;
    pc_panel_estimates_free(&estimates);
    pc_skill_free(&skill);
    pc_panel_free(&panel);
    free(folder);
    return status;
}

pc_status cli_backtest(const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session session;
    pc_status status;

    if (options->panel != NULL && options->n_argument > 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "found a scenario and --panel, expected one of them");
        return PC_ERR_USAGE;
    }
    if (options->panel != NULL) {
        return backtest_panel(options, diagnostics);
    }
    if (options->n_argument == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "no scenario is given");
        return PC_ERR_USAGE;
    }
    status = cli_session_begin(&session, options);
    status = status == PC_OK ? backtest(&session, options, diagnostics) : status;
    cli_session_free(&session);
    return status;
}
