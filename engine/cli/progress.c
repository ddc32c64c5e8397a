/* progress.c - messages and the bar, on standard error. */
#include <stdlib.h>
#include <unistd.h>

#include "session.h"

void cli_print_messages(const pc_diagnostics *diagnostics, pc_severity severity)
{
    for (size_t m = 0; m < diagnostics->n; m++) {
        char *line;

        if (diagnostics->message[m].severity != severity) {
            continue;
        }
        line = pc_message_line(&diagnostics->message[m]);
        fprintf(stderr, "%s%s\n", severity == PC_WARNING ? "warning: " : "",
                line != NULL ? line : diagnostics->message[m].text);
        free(line);
    }
}

static int bar_shown = -1; /* percent on the screen; -1: no bar */

bool cli_progress_wanted(const cli_options *options)
{
    return !options->quiet && isatty(STDERR_FILENO) != 0;
}

void cli_progress(void *context, double done)
{
    static const char hashes[] = "##################################################";
    int percent = done >= 0 && done <= 1 ? (int)(done * 100) : 100;

    (void)context;
    if (percent != bar_shown) {
        fprintf(stderr, "\rSimulating [%-50.*s] %3d%%", percent / 2, hashes, percent);
        fflush(stderr);
        bar_shown = percent;
    }
}

void cli_progress_left(void *context, double done)
{
    static const char hashes[] = "########################################";
    double passed = cli_clock() - *(const double *)context;
    int percent = done >= 0 && done <= 1 ? (int)(done * 100) : 100;
    int left = percent > 0 ? (int)(passed / done * (1 - done) + 0.5) : 0;

    if (percent != bar_shown) {
        fprintf(stderr, "\rBack-testing [%-40.*s] %3d%%", percent * 2 / 5, hashes, percent);
        if (percent > 0 && passed > 1) {
            fprintf(stderr, ", %d:%02d left ", left / 60, left % 60);
        }
        fflush(stderr);
        bar_shown = percent;
    }
}

void cli_progress_clear(void)
{
    if (bar_shown >= 0) {
        fprintf(stderr, "\r%79s\r", "");
        fflush(stderr);
        bar_shown = -1;
    }
}
