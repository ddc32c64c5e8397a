/* progress.c - messages and the bar, on standard error. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "session.h"

void cli_print_messages(const pc_diagnostics *diagnostics, pc_severity severity)
{
    for (size_t m = 0; m < diagnostics->n; m++) {
        if (diagnostics->message[m].severity != severity) {
            continue;
        }
        fputs(severity == PC_WARNING ? "warning: " : "", stderr);
        pc_message_write(&diagnostics->message[m], stderr);
        putc('\n', stderr);
    }
}

static struct {
    int percent; /* on the screen; -1: no bar */
    double began;
} bar = {-1, 0};

bool cli_progress_wanted(const cli_options *options)
{
    return !options->quiet && isatty(STDERR_FILENO) != 0;
}

/* "Simulating [#######      ]  42%, 0:12 left", one column short of the terminal: a full line would wrap. */
static void draw(const char *what, double began, double done)
{
    static const char hashes[] = "##################################################";
    const size_t most = sizeof hashes - 1, fixed = strlen(what) + strlen(" [] 100%, 99:59 left ");
    size_t columns = cli_columns(STDERR_FILENO), room = columns > fixed + 1 ? columns - fixed - 1 : 0;
    int width = (int)(room < most ? room : most);
    int percent = done >= 0 && done <= 1 ? (int)(done * 100) : 100;
    double passed = cli_clock() - began;
    long left = percent > 0 && percent < 100 ? lround(passed / done * (1 - done)) : 0;

    if (percent == bar.percent) {
        return;
    }
    fprintf(stderr, "\r%s [%-*.*s] %3d%%", what, width, percent * width / 100, hashes, percent);
    if (percent > 0 && (passed > 1 || left > 0)) { /* what ends at once needs no time left */
        fprintf(stderr, ", %ld:%02ld left ", left / 60, left % 60);
    }
    fflush(stderr);
    bar.percent = percent;
}

void cli_progress(void *context, double done)
{
    (void)context;
    if (bar.percent < 0) {
        bar.began = cli_clock();
    }
    draw("Simulating", bar.began, done);
}

static const char *left_label = "Back-testing";

void cli_progress_label(const char *label)
{
    left_label = label;
}

void cli_progress_left(void *context, double done)
{
    draw(left_label, *(const double *)context, done);
}

void cli_progress_clear(void)
{
    if (bar.percent >= 0) {
        fprintf(stderr, "\r%*s\r", (int)cli_columns(STDERR_FILENO) - 1, "");
        fflush(stderr);
        bar.percent = -1;
    }
}
