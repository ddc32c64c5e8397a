/* nearest.c - the word that a misspelt one was meant to be. */
#include <string.h>

#include "cli.h"

enum { LONGEST = 32 };

/* Edits (insert, delete, replace one letter) that turn one word into the other; a large number for long
 * words. */
static size_t distance(const char *left, const char *right)
{
    size_t n_left = strlen(left), n_right = strlen(right);
    size_t row[LONGEST + 1];

    if (n_left > LONGEST || n_right > LONGEST) {
        return 2 * LONGEST;
    }
    for (size_t r = 0; r <= n_right; r++) {
        row[r] = r;
    }
    for (size_t l = 1; l <= n_left; l++) {
        size_t diagonal = row[0];

        row[0] = l;
        for (size_t r = 1; r <= n_right; r++) {
            size_t replace = diagonal + (left[l - 1] != right[r - 1]);
            size_t insert = row[r - 1] + 1, delete = row[r] + 1;

            diagonal = row[r];
            row[r] = replace < insert ? replace : insert;
            row[r] = row[r] < delete ? row[r] : delete;
        }
    }
    return row[n_right];
}

const char *cli_nearest(const char *text, const char *const *words)
{
    const char *best = NULL;
    size_t least = 3; /* more than two edits away is another word */

    for (; *words != NULL; words++) {
        size_t edits = distance(text, *words);

        if (edits < least && edits < strlen(*words)) {
            least = edits;
            best = *words;
        }
    }
    return best;
}
