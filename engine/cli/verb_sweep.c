/* verb_sweep.c - placecast sweep SWEEP: thousands of scenarios into one database; and `check` of a sweep
 * file. */
#include <stdlib.h>
#include <string.h>

#include "placecast/rounding.h"
#include "placecast/sweep.h"
#include "session.h"

/* "2/7". Zeros when not given. */
static pc_status read_shard(const char *text, pc_sweep_options *out, pc_diagnostics *diagnostics)
{
    char *end = NULL;
    long shard = text == NULL ? 0 : strtol(text, &end, 10), of = 0;
    bool ok = text == NULL || (end != text && *end == '/');

    if (text != NULL && ok) {
        const char *second = end + 1;

        of = strtol(second, &end, 10);
        ok = end != second && *end == '\0' && shard >= 1 && shard <= of && of <= 1000000;
    }
    if (!ok) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "--shard %s: expected K/N, the part K from 1 to N of N, such as 2/7", text);
        return PC_ERR_USAGE;
    }
    out->shard = (int)shard;
    out->n_shard = (int)of;
    return PC_OK;
}

/* --out, else out/NAME.db. The caller frees. */
static char *database_path(const cli_options *options, const char *name, pc_diagnostics *diagnostics)
{
    char *folder, *path = NULL;

    if (options->out != NULL) {
        return strdup(options->out);
    }
    folder = cli_default_folder(name);
    if (folder != NULL && pc_report_folder("out", diagnostics) == PC_OK) {
        size_t size = strlen(folder) + sizeof ".db";

        path = malloc(size);
        if (path != NULL) {
            snprintf(path, size, "%s.db", folder);
        }
    }
    free(folder);
    return path;
}

static pc_status print(const cli_options *options, const pc_sweep *sweep, const char *path,
                       const pc_sweep_outcome *outcome)
{
    if (options->json) {
        return pc_sweep_summary_json(sweep, path, outcome, stdout);
    }
    if (!options->quiet) {
        pc_sweep_summary(sweep, path, outcome, stdout);
    }
    return PC_OK;
}

static pc_status merge(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_sweep_outcome outcome;
    pc_status status;

    if (options->round_to.given) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){0},
            "--merge: --round-to has no part in it, expected it with the sweep of each shard: the "
            "joined database is rounded as they are");
        return PC_ERR_USAGE;
    }
    if (options->out == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "--merge: expected --out FILE.db, the database to be made of the shards");
        return PC_ERR_USAGE;
    }
    status = pc_sweep_merge(options->n_argument, options->argument, options->out, &outcome, diagnostics);
    return status == PC_OK ? print(options, NULL, options->out, &outcome) : status;
}

static pc_status run(pc_sweep *sweep, const cli_options *options, pc_sweep_options *with,
                     pc_diagnostics *diagnostics)
{
    char *path = database_path(options, pc_sweep_name(sweep), diagnostics);
    double began = cli_clock();
    pc_sweep_outcome outcome;
    pc_status status, printed;

    if (path == NULL) {
        return diagnostics->count[PC_ERROR] > 0 ? PC_ERR_IO : PC_ERR_NO_MEMORY;
    }
    with->threads = (int)options->threads.value;
    with->round_to = (int)options->round_to.value;
    with->progress = cli_progress_wanted(options) ? cli_progress_left : NULL;
    with->context = &began;
    with->stop = &cli_stop;
    cli_progress_label("Sweeping");
    status = pc_sweep_run(sweep, path, with, &outcome, diagnostics);
    pc_diagnostics_round(diagnostics, with->round_to);
    cli_progress_clear();
    printed = status == PC_OK || status == PC_ERR_INTERRUPTED ? print(options, sweep, path, &outcome) : PC_OK;
    free(path);
    return status != PC_OK ? status : printed;
}

pc_status cli_sweep(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_sweep_options with = {0};
    cli_session session; /* for the settings of the command line */
    pc_sweep *sweep = NULL;
    pc_status status = read_shard(options->shard, &with, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    if (options->merge) {
        return merge(options, diagnostics);
    }
    if (options->n_argument > 1) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "%s: one argument too many, expected one sweep file (several databases go with "
                           "--merge)",
                           options->argument[1]);
        return PC_ERR_USAGE;
    }
    status = cli_session_begin(&session, options);
    status =
        status != PC_OK ? status : pc_sweep_load(options->argument[0], &session.with, &sweep, diagnostics);
    status = status != PC_OK ? status : run(sweep, options, &with, diagnostics);
    pc_sweep_free(sweep);
    cli_session_free(&session);
    return status;
}

void cli_sweep_help(void)
{
    puts("\nKeys of a sweep file:\n");
    pc_sweep_write_reference(stdout, false);
}

pc_status cli_check_sweep(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_sweep_options with = {.threads = (int)options->threads.value, .stop = &cli_stop};
    pc_sweep_estimate estimate = {0};
    cli_session session;
    pc_sweep *sweep = NULL;
    pc_status status = cli_session_begin(&session, options), printed = PC_OK;

    if (status == PC_OK && options->show_effective) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = options->argument[0]},
                           "--show-effective: found a sweep file, expected a scenario");
        status = PC_ERR_USAGE;
    }
    if (status == PC_OK) {
        status = pc_sweep_load(options->argument[0], &session.with, &sweep, diagnostics);
        status = status != PC_OK ? status : pc_sweep_estimate_run(sweep, &with, &estimate, diagnostics);
        if (options->json) {
            printed = pc_sweep_check_json(options->argument[0], status == PC_OK ? sweep : NULL, &estimate,
                                          diagnostics, stdout);
        } else if (!options->quiet) {
            pc_sweep_check_summary(options->argument[0], status == PC_OK ? sweep : NULL, &estimate,
                                   diagnostics, stdout);
        }
        if (options->json || !options->quiet) {
            cli_already_printed(diagnostics);
        }
    }
    pc_sweep_free(sweep);
    cli_session_free(&session);
    return status != PC_OK ? status : printed;
}
