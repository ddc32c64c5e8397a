/* verb_backtest.c - placecast backtest SCENARIO: past forecasts against what happened. */
#include "session.h"

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
    status = pc_backtest(&session->episodes, &session->scenario,
                         session->has_prices ? &session->prices : NULL, &with, out, diagnostics);
    cli_progress_clear();
    return status;
}

static pc_status report(cli_session *session, const cli_options *options, const pc_skill *skill,
                        pc_diagnostics *diagnostics)
{
    pc_run_record record = cli_session_record(session, options, NULL, diagnostics);
    pc_status status = pc_report_skill(skill, session->folder, diagnostics);

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

pc_status cli_backtest(const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session session;
    pc_status status;

    if (options->panel != NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "--panel is not yet supported, expected a scenario on returns");
        return PC_ERR_USAGE;
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
