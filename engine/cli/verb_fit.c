/* verb_fit.c - placecast fit SCENARIO: the fitted model as tables. */
#include "session.h"

static const char *const outputs[] = {"rates.csv", "start_rates.csv", "first_placements.csv", "children.csv",
                                      "fit.json"};

static pc_status fit(cli_session *session, const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_run_record record;
    pc_status status = cli_session_load(session, options, diagnostics);

    status = status == PC_OK ? cli_session_fit(session, diagnostics) : status;
    status = status == PC_OK ? cli_session_folder(session, options, diagnostics) : status;
    status = status == PC_OK ? pc_model_write(&session->model, session->folder, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    record = cli_session_record(session, options, NULL, diagnostics);
    record.n_output = sizeof outputs / sizeof outputs[0];
    record.output = outputs;
    if (options->json) {
        return pc_report_fit_summary_json(&record, stdout);
    }
    if (!options->quiet) {
        pc_report_fit_summary(&record, stdout);
    }
    return PC_OK;
}

pc_status cli_fit(const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session session;
    pc_status status = cli_session_begin(&session, options);

    status = status == PC_OK ? fit(&session, options, diagnostics) : status;
    cli_session_free(&session);
    return status;
}
