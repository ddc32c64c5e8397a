/* rounding_words.c - numbers of children in messages, rounded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "placecast/rounding.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool follows(const char *text, const char *at, const char *words)
{
    size_t length = strlen(words);

    return (size_t)(at - text) >= length && begins(at - length, words);
}

/* What is counted of children or of their records. */
static bool is_counted(const char *after)
{
    static const char *const noun[] = {" child", " row", " episode", " start", " leaver", " birth"};

    for (size_t n = 0; n < sizeof noun / sizeof noun[0]; n++) {
        if (begins(after, noun[n])) {
            return true;
        }
    }
    return false;
}

static const char *number_end(const char *at)
{
    while (is_digit(*at)) {
        at++;
    }
    return at;
}

/* Whether the number from `at` to `end` counts children: "12 children", "12 of 820 children", "12 of the 820
 * starts", "the other 12". `row 12` and 2012-01-31 do not. */
static bool counts_children(const char *text, const char *at, const char *end)
{
    const char *after = end;
    bool preceded = at > text && strchr("-/.:,", at[-1]) != NULL && at - text > 1 && is_digit(at[-2]);

    if (preceded || end - at > 9) {
        return false;
    }
    if (follows(text, at, "the other ") || follows(text, at, "actual prices without price_year (")) {
        return true;
    }
    if (begins(after, " of ")) {
        after += strlen(" of ");
        after += begins(after, "the ") ? strlen("the ") : 0;
        if (!is_digit(*after)) {
            return false;
        }
        after = number_end(after);
    }
    return is_counted(after);
}

/* " (1.5%)" after children: with their number it would tell the other one. Its length, or 0. */
static size_t share_length(const char *text, const char *at)
{
    size_t length = 2;

    if (!begins(at, " (") || !(follows(text, at, " children") || follows(text, at, " children in care"))) {
        return 0;
    }
    while (is_digit(at[length]) || at[length] == '.') {
        length++;
    }
    return length > 2 && begins(at + length, "%)") ? length + 2 : 0;
}

/* The caller frees; NULL when out of memory. A rounded number has at most one digit more. */
static char *rounded_text(const char *text, int to)
{
    char *out = malloc(2 * strlen(text) + 1), *put = out;

    for (const char *at = text; out != NULL && *at != '\0';) {
        const char *end = number_end(at);
        bool whole = end > at && (at == text || !is_digit(at[-1]));

        if (whole && counts_children(text, at, end)) {
            put += sprintf(put, "%ld", pc_round_count(strtol(at, NULL, 10), to));
            at = end;
        } else if (share_length(text, at) > 0) {
            at += share_length(text, at);
        } else {
            *put++ = *at++;
        }
    }
    if (out != NULL) {
        *put = '\0';
    }
    return out;
}

void pc_diagnostics_round(pc_diagnostics *self, int to)
{
    for (size_t m = 0; to >= 2 && m < self->n; m++) {
        char *text = rounded_text(self->message[m].text, to);

        if (text == NULL) {
            self->lost = 1;
        } else {
            free(self->message[m].text);
            self->message[m].text = text;
        }
    }
}
