/* verb_check.c - placecast check FILE: every problem in a scenario or sweep. */
#include "placecast/sweep.h"
#include "session.h"

/* The messages are the result here and have been printed: main.c must not print them again. */
void cli_already_printed(pc_diagnostics *diagnostics)
{
    size_t errors = diagnostics->count[PC_ERROR];
    int lost = diagnostics->lost;

    pc_diagnostics_free(diagnostics);
    diagnostics->count[PC_ERROR] = errors;
    diagnostics->lost = lost;
}

static pc_status report(const cli_options *options, const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    if (options->json) {
        status = pc_report_check_json(options->argument[0], scenario, diagnostics, stdout);
    } else if (options->quiet) {
        return PC_OK; /* main.c prints the errors */
    } else {
        pc_report_check(options->argument[0], scenario, diagnostics, stdout);
    }
    cli_already_printed(diagnostics);
    return status;
}

/* The problems of the scenario are known by now and shall not stand there twice; what went wrong since shall.
 */
static pc_status show(const cli_options *options, const cli_session *session, pc_diagnostics *diagnostics)
{
    pc_diagnostics again;
    pc_status status;

    pc_diagnostics_init(&again);
    status = pc_scenario_show(options->argument[0], &session->with, stdout, &again);
    for (size_t m = 0; m < again.n && status != PC_OK; m++) {
        const pc_message *message = &again.message[m];

        if (message->severity == PC_ERROR) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR,
                (pc_place){message->file, message->line, message->column, message->column_name}, "%s",
                message->text);
        }
    }
    pc_diagnostics_free(&again);
    return status;
}

static pc_status check_scenario(const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session session;
    pc_status status = cli_session_begin(&session, options), printed;

    status = status == PC_OK ? cli_session_load(&session, options, diagnostics) : status;
    if (options->show_effective) {
        printed = status == PC_OK ? show(options, &session, diagnostics) : status;
    } else {
        printed = report(options, status == PC_OK ? &session.scenario : NULL, diagnostics);
    }
    cli_session_free(&session);
    return status != PC_OK ? status : printed;
}

pc_status cli_check(const cli_options *options, pc_diagnostics *diagnostics)
{
    bool is_sweep;
    pc_status status = pc_sweep_is(options->argument[0], &is_sweep);

    return status != PC_OK ? status
           : is_sweep      ? cli_check_sweep(options, diagnostics)
                           : check_scenario(options, diagnostics);
}

void cli_check_help(void)
{
    puts("\nKeys of a scenario:\n");
    pc_scenario_write_reference(stdout, false);
    puts("\nKeys of a workforce file (key workforce of a scenario):\n");
    pc_workforce_write_reference(stdout, false);
}
