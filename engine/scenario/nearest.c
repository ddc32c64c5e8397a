#include "scenario/nearest.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define MOST ((size_t)63)

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int lower(char c)
{
    return tolower((unsigned char)c);
}

size_t scenario_word_distance(const char *a, const char *b)
{
    size_t row[3][MOST + 1], n = strlen(a), m = strlen(b);
    size_t *before = row[0], *above = row[1], *now = row[2];

    if (n > MOST || m > MOST) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= m; j++) {
        before[j] = 0;
        above[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *free_row = before;

        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t changed = lower(a[i - 1]) != lower(b[j - 1]);

            now[j] = least(least(above[j] + 1, now[j - 1] + 1), above[j - 1] + changed);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
                now[j] = least(now[j], before[j - 2] + 1);
            }
        }
        before = above;
        above = now;
        now = free_row;
    }
    return above[m];
}

bool scenario_word_near(const char *a, size_t distance)
{
    size_t allowed = strlen(a) / 3;

    return distance <= least(allowed < 1 ? 1 : allowed, 3);
}
