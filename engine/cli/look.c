/* look.c - what the terminal can show: its width, colour, characters beyond ASCII. In a pipe, and where it is
 * not known, 80 columns of plain text. */
#define _DEFAULT_SOURCE /* struct winsize */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

enum { WIDEST = 120 }; /* longer lines are harder to read */

/* COLUMNS is how a user or a test overrides what the terminal says. */
size_t cli_columns(int descriptor)
{
    const char *text = getenv("COLUMNS");
    long columns = text == NULL ? 0 : strtol(text, NULL, 10);
    struct winsize size;

    if (columns <= 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
        columns = size.ws_col;
    }
    return columns <= 0 ? PC_LOOK_WIDTH : columns > WIDEST ? WIDEST : (size_t)columns;
}

static bool is_set(const char *name)
{
    const char *text = getenv(name);

    return text != NULL && text[0] != '\0';
}

/* The locale that decides on characters, in the order of POSIX; setlocale is for the whole process and would
 * change how the libraries write numbers. */
static bool is_utf8(void)
{
    static const char *const name[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    size_t n = 0;
    const char *text;

    while (n < 3 && !is_set(name[n])) {
        n++;
    }
    text = n < 3 ? getenv(name[n]) : NULL;
    text = text == NULL ? NULL : strchr(text, '.');
    return text != NULL && (strncasecmp(text, ".utf-8", 6) == 0 || strncasecmp(text, ".utf8", 5) == 0);
}

pc_look cli_look(void)
{
    const char *term = getenv("TERM");
    bool able = isatty(STDOUT_FILENO) != 0 && term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
    pc_look look = {0};

    if (isatty(STDOUT_FILENO) != 0) {
        look.width = cli_columns(STDOUT_FILENO);
        look.colour = able && !is_set("NO_COLOR"); /* https://no-color.org */
        look.sparks = able && is_utf8();
    }
    return look;
}
