/* verb_rerun.c - placecast rerun RUN.JSON: an earlier run once more, byte for byte, or what differs. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "placecast/library.h"
#include "placecast/rerun.h"

#define DEFAULT_FOLDER "out/rerun"

static pc_status all_confined(const pc_manifest *manifest, const char *confine, pc_diagnostics *diagnostics)
{
    pc_status status = cli_confined(confine, manifest->path, diagnostics);

    for (size_t i = 0; i < manifest->n_input; i++) {
        pc_status one = cli_confined(confine, manifest->input[i].path, diagnostics);

        status = status == PC_OK ? one : status;
    }
    return status;
}

/* The words of the run, read as they were then; only where to, how fast and how loud are ours. */
static pc_status read_command(const pc_manifest *manifest, const cli_options *options, const char *folder,
                              cli_options *out, const cli_verb **verb, pc_diagnostics *diagnostics)
{
    pc_status status = cli_options_parse((int)manifest->n_word, manifest->word, out, verb);

    if (status == PC_ERR_NO_MEMORY) {
        return status;
    }
    if (status != PC_OK || *verb == NULL || ((*verb)->bit & (CLI_RUN | CLI_COMPARE)) == 0 || out->self_test) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = manifest->path},
                           "its command is not one that this version can run again, expected `run` or "
                           "`compare`");
        return PC_ERR_INPUT;
    }
    out->out = folder;
    out->json = false;
    out->quiet = true;
    out->threads = options->threads;
    out->confine = options->confine != NULL ? options->confine : out->confine;
    return PC_OK;
}

static pc_status tell(const cli_options *options, const pc_manifest *manifest, const char *folder,
                      size_t n_compared, size_t n_different)
{
    bool same = n_different == 0;

    if (options->json) {
        return pc_report_rerun_json(manifest, folder, n_compared, n_different, stdout);
    }
    if (!options->quiet && same) {
        printf("The same bytes: %zu file%s in %s equal to those of %s.\n", n_compared,
               n_compared == 1 ? "" : "s", folder, manifest->path);
    } else if (!options->quiet) {
        printf("Not the same: %zu difference%s from %s, listed on standard error.\n", n_different,
               n_different == 1 ? "" : "s", manifest->path);
    }
    return PC_OK;
}

/* Is a hash missing now that was there then? The file could not be read again for it. */
static bool lacks(size_t n_then, const pc_manifest_file *then, size_t n_now, const pc_manifest_file *now)
{
    bool missing = false;

    for (size_t a = 0; a < n_then; a++) {
        for (size_t b = 0; b < n_now && then[a].sha256 != NULL; b++) {
            missing = missing || (now[b].sha256 == NULL && strcmp(then[a].path, now[b].path) == 0);
        }
    }
    return missing;
}

/* `silent`: whether all that the run warns of was said then. */
static pc_status compare(const cli_options *options, const pc_manifest *manifest, const char *folder,
                         bool *silent, pc_diagnostics *diagnostics)
{
    size_t length = strlen(folder) + sizeof "/run.json", n_compared, n_different;
    char *path = malloc(length);
    pc_manifest again = {0};
    pc_status status = PC_ERR_NO_MEMORY, told;

    if (path != NULL) {
        snprintf(path, length, "%s/run.json", folder);
        status = pc_manifest_read(path, &again, diagnostics);
    }
    if (status == PC_OK) {
        status = pc_manifest_compare(manifest, &again, &n_compared, &n_different, diagnostics);
    }
    if (status == PC_OK) {
        *silent = n_different == 0 &&
                  !lacks(manifest->n_output, manifest->output, again.n_output, again.output) &&
                  !lacks(manifest->n_input, manifest->input, again.n_input, again.input);
        told = tell(options, manifest, folder, n_compared, n_different);
        status = n_different > 0 ? PC_ERR_INTERNAL : told;
    }
    pc_manifest_free(&again);
    free(path);
    return status;
}

/* The messages of one severity. */
static void take(const pc_diagnostics *from, pc_severity severity, pc_diagnostics *to)
{
    for (size_t m = 0; m < from->n; m++) {
        const pc_message *said = &from->message[m];

        if (said->severity == severity) {
            pc_diagnostics_add(to, severity,
                               (pc_place){.file = said->file,
                                          .line = said->line,
                                          .column = said->column,
                                          .column_name = said->column_name},
                               "%s", said->text);
        }
    }
}

static pc_status run(const cli_options *options, const cli_options *command, const cli_verb *verb,
                     const pc_manifest *manifest, pc_diagnostics *diagnostics)
{
    pc_diagnostics said;
    pc_status status;
    bool silent = false;

    pc_diagnostics_init(&said);
    status = verb->call(command, &said);
    take(&said, PC_ERROR, diagnostics);
    if (status == PC_OK) {
        status = compare(options, manifest, command->out, &silent, diagnostics);
    }
    /* What the run warns of was said then: it is of interest only where something is not as it was, since it
     * may say why (a file that could not be read again, say). */
    if (!silent) {
        take(&said, PC_WARNING, diagnostics);
    }
    pc_diagnostics_free(&said);
    return status;
}

static pc_status rerun(const pc_manifest *manifest, const cli_options *options, pc_diagnostics *diagnostics)
{
    const char *folder = options->out != NULL ? options->out : DEFAULT_FOLDER;
    const cli_verb *verb = NULL;
    cli_options command;
    pc_status status = all_confined(manifest, options->confine, diagnostics);

    if (status == PC_OK && cli_same_path(folder, manifest->folder)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = folder},
                           "is the folder of the run itself, expected another one for --out");
        status = PC_ERR_USAGE;
    }
    if (!pc_manifest_same_version(manifest)) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = manifest->path},
                           "was written by placecast %s; this is %s, which may give other figures",
                           manifest->version, pc_library_version());
    }
    status = status == PC_OK ? pc_manifest_check_inputs(manifest, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    status = read_command(manifest, options, folder, &command, &verb, diagnostics);
    status = status == PC_OK ? run(options, &command, verb, manifest, diagnostics) : status;
    cli_options_free(&command);
    return status;
}

pc_status cli_rerun(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_manifest manifest;
    pc_status status = cli_confined(options->confine, options->argument[0], diagnostics);

    status = status == PC_OK ? pc_manifest_read(options->argument[0], &manifest, diagnostics) : status;
    if (status == PC_OK) {
        status = rerun(&manifest, options, diagnostics);
        pc_manifest_free(&manifest);
    }
    return status;
}
