/* summary_money.c - a sum and its range, in few letters. */
#include <math.h>
#include <string.h>

#include "report/summary_parts.h"

enum { P10 = 2, P90 = 6 };

/* "£60.7m" -> "60.7" and "m". */
static char unit_of(const char *money)
{
    size_t length = strlen(money);
    char last = length == 0 ? '\0' : money[length - 1];

    return last == 'k' || last == 'm' || last == 'n' ? last : '\0';
}

/* "-£1.2m" -> "-1.2" */
static void without_unit(char *money)
{
    char *pound = strstr(money, "\u00a3");

    if (pound != NULL) {
        memmove(pound, pound + strlen("\u00a3"), strlen(pound + strlen("\u00a3")) + 1);
    }
    money[strcspn(money, "kmb")] = '\0';
}

char *summary_brief_money(const pc_statistics *value, double budget, char text[3 * SAY_SIZE])
{
    double low = value->quantile[P10] - budget, high = value->quantile[P90] - budget;
    char mean[SAY_SIZE], from[SAY_SIZE], to[SAY_SIZE];

    say_money(value->mean - budget, mean);
    if (!(isfinite(low) && isfinite(high))) {
        snprintf(text, 3 * SAY_SIZE, "%s", mean);
        return text;
    }
    say_money(low, from);
    say_money(high, to);
    if (unit_of(from) != '\0' && unit_of(from) == unit_of(mean) && unit_of(to) == unit_of(mean)) {
        without_unit(from);
        without_unit(to);
    }
    snprintf(text, 3 * SAY_SIZE, "%.80s (%.80s%s%.80s)", mean, from, low < 0.0 ? " to " : "-", to);
    return text;
}
