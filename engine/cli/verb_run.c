/* verb_run.c - placecast run SCENARIO: returns -> episodes -> model -> simulation -> forecast -> files and a
 * summary. */
#include "self_check.h"

enum { MOST_OUTPUTS = 45 + PC_REPORT_MOST_MONEY };

/* run.json comes after the tables: where it stands, those that it speaks of stand as well. */
static pc_status write_all(cli_session *session, pc_run_record *record, const cli_self_check *check,
                           const cli_options *options, pc_diagnostics *diagnostics)
{
    double began = cli_clock();
    pc_status status = PC_OK;

    if ((options->formats & CLI_FORMAT_CSV) != 0) {
        status = pc_report_forecast(record->forecast, record->folder, diagnostics);
        status = status == PC_OK ? pc_report_annual(record->forecast, record->folder, diagnostics) : status;
        status = status == PC_OK ? pc_report_exits(record->forecast, record->folder, diagnostics) : status;
        if (status == PC_OK && record->forecast->n_intervention > 0) {
            status = pc_report_interventions(1, record->forecast, record->folder, diagnostics);
        }
        if (status == PC_OK && record->forecast->mtfs != NULL) {
            status = pc_report_budget(1, record->forecast, record->folder, diagnostics);
        }
        if (status == PC_OK && record->forecast->why.n > 0) {
            status = pc_report_why(&record->forecast->why, record->folder, diagnostics);
        }
        if (status == PC_OK && record->forecast->n_target > 0) {
            status = pc_report_targets(1, record->forecast, record->folder, diagnostics);
        }
        if (status == PC_OK && session->scenario.out_of_area_table.n > 0) {
            const pc_out_of_area *shares = &session->scenario.out_of_area_table;

            status = pc_report_out_of_area(1, record->forecast, &shares, record->folder, diagnostics);
        }
        if (status == PC_OK && pc_forecast_has_posts(record->forecast)) {
            status = pc_report_posts(1, record->forecast, record->folder, diagnostics);
        }
        if (status == PC_OK && session->establishment.n_row + session->establishment.n_finding > 0) {
            status = pc_report_workforce(record->scenario->name, &session->establishment, record->folder,
                                         diagnostics);
            status = status == PC_OK
                         ? pc_report_workforce_checks(record->scenario->name, &session->establishment,
                                                      record->folder, diagnostics)
                         : status;
        }
        status = status == PC_OK ? pc_report_money(1, record->forecast, record->folder, diagnostics) : status;
        if (status == PC_OK && record->tieout != NULL) {
            status = pc_report_tieout(record->tieout, &session->codes, record->folder, diagnostics);
        }
        status = status == PC_OK ? cli_self_check_write(check, record->folder, diagnostics) : status;
        status = status == PC_OK ? pc_report_assumptions(record, record->folder, diagnostics) : status;
    }
    cli_session_stage(session, "write", began);
    record->n_stage = session->n_stage;
    if (status == PC_OK && (options->formats & CLI_FORMAT_JSON) != 0) {
        status = pc_report_run(record, record->folder, diagnostics);
    }
    return status == PC_OK ? cli_session_describe(record->folder, options, diagnostics) : status;
}

static pc_status print(const cli_options *options, const pc_run_record *record)
{
    if (options->json) {
        return pc_report_summary_json(record, stdout);
    }
    if (!options->quiet) {
        pc_report_summary(record, stdout);
    }
    return PC_OK;
}

static size_t list_outputs(const cli_session *session, const cli_self_check *check,
                           const cli_options *options, const pc_run_record *record,
                           const char *output[MOST_OUTPUTS])
{
    size_t n = 0;

    if ((options->formats & CLI_FORMAT_CSV) != 0) {
        output[n++] = "forecast.csv";
        output[n++] = "annual.csv";
        output[n++] = "exits.csv";
        if (record->forecast->why.n > 0) {
            output[n++] = "why.csv";
        }
        if (session->scenario.n_intervention > 0) {
            output[n++] = "interventions.csv";
        }
        if (record->forecast->mtfs != NULL) {
            output[n++] = "budget_lines.csv";
            output[n++] = "budget_needed.csv";
        }
        if (session->scenario.n_target > 0) {
            output[n++] = "targets.csv";
        }
        if (session->scenario.out_of_area_table.n > 0) {
            output[n++] = "out_of_area.csv";
        }
        if (pc_forecast_has_posts(record->forecast)) {
            output[n++] = "posts.csv";
        }
        n += pc_report_money_list(1, record->forecast, output + n);
        if (session->establishment.n_row + session->establishment.n_finding > 0) {
            output[n++] = "workforce.csv";
            output[n++] = "workforce_checks.csv";
        }
        if (record->tieout != NULL) {
            output[n++] = "tieout.csv";
        }
        n = cli_self_check_list(check, output, n);
        output[n++] = "assumptions.csv";
    }
    return cli_session_list(options, output, n);
}

static pc_status simulate(cli_session *session, const cli_options *options, pc_forecast *forecast,
                          pc_diagnostics *diagnostics)
{
    pc_run_options run = {.threads = (int)options->threads.value,
                          .progress = cli_progress_wanted(options) ? cli_progress : NULL,
                          .stop = &cli_stop};
    double began = cli_clock();
    pc_status status = pc_run(&session->model, &session->scenario,
                              session->has_prices ? &session->prices : NULL, &run, forecast, diagnostics);

    cli_progress_clear();
    cli_session_stage(session, "simulate", began);
    return status;
}

/* --self-test: both methods on this model. |z| = 5 is a false alarm once in some 1,700,000 cells. */
static pc_status self_test(cli_session *session, const cli_options *options, pc_diagnostics *diagnostics)
{
    const double most = 5.0;
    pc_run_options with = {.threads = (int)options->threads.value, .stop = &cli_stop};
    pc_self_test result;
    char day[PC_DAY_TEXT_SIZE];
    pc_status status = pc_self_test_run(&session->model, &session->scenario, &with, &result, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    printf("Self-test: simulation against expected values, uncertain rates, year effects, uneven starts,\n"
           "capacity and interventions off, %d replicates.\n"
           "Largest |z| %.2f over %zu cells (%zu too rare to judge): %s, %s, %s%s%s\n"
           "%s: the bound is %.0f.\n",
           result.replicates, result.largest_z, result.n_judged, result.n_rare, result.measure,
           result.category, pc_day_format(result.date, day), result.la[0] != '\0' ? ", " : "", result.la,
           result.largest_z < most ? "Passed" : "FAILED", most);
    return result.largest_z < most ? PC_OK : PC_ERR_INTERNAL;
}

static pc_status run(cli_session *session, const cli_options *options, pc_diagnostics *diagnostics)
{
    const char *output[MOST_OUTPUTS];
    pc_forecast forecast;
    cli_self_check check;
    pc_run_record record;
    pc_status status = cli_session_load(session, options, diagnostics);

    if (options->self_test) {
        status = status == PC_OK ? cli_session_fit(session, diagnostics) : status;
        return status == PC_OK ? self_test(session, options, diagnostics) : status;
    }
    /* A folder that cannot be made is better known before the work than after it. */
    status = status == PC_OK ? cli_session_folder(session, options, diagnostics) : status;
    status = status == PC_OK ? cli_session_fit(session, diagnostics) : status;
    status = status == PC_OK ? simulate(session, options, &forecast, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    status = cli_self_check_make(&check, session, options, diagnostics);
    cli_self_check_round(&check, options);
    pc_forecast_round(&forecast, session->scenario.start, (int)options->round_to.value);
    cli_session_round(session, options, diagnostics);
    record = cli_session_record(session, options, &forecast, diagnostics);
    cli_self_check_tell(&check, options, &record);
    record.n_output = list_outputs(session, &check, options, &record, output);
    record.output = output;
    status = status == PC_OK ? write_all(session, &record, &check, options, diagnostics) : status;
    status = status == PC_OK ? print(options, &record) : status;
    cli_self_check_free(&check);
    pc_forecast_free(&forecast);
    return status;
}

pc_status cli_run(const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session session;
    pc_status status = cli_session_begin(&session, options);

    status = status == PC_OK ? run(&session, options, diagnostics) : status;
    cli_session_free(&session);
    return status;
}
