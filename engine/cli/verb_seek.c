/* verb_seek.c - placecast seek SCENARIO: the smallest lever that meets a target. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "placecast/rounding.h"
#include "placecast/seek.h"
#include "session.h"

static bool read_number(const char *text, char **end, double *out)
{
    errno = 0;
    *out = strtod(text, end);
    return *end != text && errno == 0;
}

/* KEY=FROM:TO or KEY=FROM:TO:STEP. The key is cut off in place. */
static bool read_lever(char *text, pc_seek_lever *out)
{
    char *equals = strrchr(text, '='), *end;

    *out = (pc_seek_lever){.key = text};
    if (equals == NULL || equals == text || !read_number(equals + 1, &end, &out->from) || *end != ':' ||
        !read_number(end + 1, &end, &out->to) || (*end == ':' && !read_number(end + 1, &end, &out->step)) ||
        *end != '\0') {
        return false;
    }
    *equals = '\0';
    return true;
}

static pc_status read_levers(const cli_options *options, char *text[2], pc_seek_lever lever[2],
                             pc_diagnostics *diagnostics)
{
    for (size_t at = 0; at < options->n_lever; at++) {
        text[at] = strdup(options->lever[at]);
        if (text[at] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        if (!read_lever(text[at], &lever[at])) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                               "--lever %s: expected KEY=FROM:TO or KEY=FROM:TO:STEP with numbers",
                               options->lever[at]);
            return PC_ERR_USAGE;
        }
    }
    if (options->n_lever == 0 || options->target == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "seek: %s is missing; see `placecast seek --help`",
                           options->n_lever == 0 ? "--lever" : "--target");
        return PC_ERR_USAGE;
    }
    return PC_OK;
}

static pc_status read_share(const char *name, const char *text, double *out, pc_diagnostics *diagnostics)
{
    char *end;

    if (text != NULL && (!read_number(text, &end, out) || *end != '\0' || !(*out > 0))) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "--%s %s: expected a number above 0", name,
                           text);
        return PC_ERR_USAGE;
    }
    return PC_OK;
}

static pc_status seek(const cli_options *options, const pc_scenario_options *with, const pc_seek_lever *lever,
                      pc_seek_options *how, pc_diagnostics *diagnostics)
{
    double began = cli_clock();
    pc_seek found;
    pc_status status;

    how->threads = (int)options->threads.value;
    how->round_to = (int)options->round_to.value;
    how->progress = cli_progress_wanted(options) ? cli_progress_left : NULL;
    how->context = &began;
    how->stop = &cli_stop;
    cli_progress_label("Seeking");
    status = pc_seek_run(options->argument[0], with, options->target, options->n_lever, lever, how, &found,
                         diagnostics);
    pc_diagnostics_round(diagnostics, how->round_to);
    cli_progress_clear();
    if (status == PC_OK) {
        if (options->json) {
            status = pc_seek_summary_json(&found, stdout);
        } else if (!options->quiet) {
            pc_seek_summary(&found, stdout);
        }
        pc_seek_free(&found);
    }
    return status == PC_ERR_RANGE ? PC_ERR_USAGE : status;
}

pc_status cli_seek(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_seek_options how = pc_seek_options_default();
    pc_seek_lever lever[2];
    char *text[2] = {NULL, NULL};
    cli_session session; /* for the settings of the command line */
    pc_status status = read_levers(options, text, lever, diagnostics);

    status = status != PC_OK ? status
                             : read_share("confidence", options->confidence, &how.confidence, diagnostics);
    status =
        status != PC_OK ? status : read_share("tolerance", options->tolerance, &how.tolerance, diagnostics);
    if (options->points.given) {
        how.curve = how.frontier = (int)options->points.value;
    }
    if (status == PC_OK) {
        status = cli_session_begin(&session, options);
        status = status != PC_OK ? status : seek(options, &session.with, lever, &how, diagnostics);
        cli_session_free(&session);
    }
    free(text[0]);
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): there are at most two levers, and both texts are freed */
    free(text[1]);
    return status;
}
