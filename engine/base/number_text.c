#include "base/number_text.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* printf follows the caller's locale: put the point back. */
static void use_point(char *text)
{
    const char *point = localeconv()->decimal_point;
    char *found;

    if (point[0] != '.' && (found = strstr(text, point)) != NULL) {
        found[0] = '.';
        memmove(found + 1, found + strlen(point), strlen(found + strlen(point)) + 1);
    }
}

char *pc_number_format(double value, int decimals, char text[PC_NUMBER_TEXT_SIZE])
{
    text[0] = '\0';
    if (!isfinite(value) || fabs(value) > 1e40) {
        return text;
    }
    snprintf(text, PC_NUMBER_TEXT_SIZE, "%.*f", decimals, value);
    use_point(text);
    if (text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1)) {
        memmove(text, text + 1, strlen(text));
    }
    return text;
}

char *pc_number_format_significant(double value, int digits, char text[PC_NUMBER_TEXT_SIZE])
{
    text[0] = '\0';
    if (isfinite(value)) {
        snprintf(text, PC_NUMBER_TEXT_SIZE, "%.*g", digits, value + 0.0);
        use_point(text);
    }
    return text;
}

char *pc_pence_format(int64_t pence, char text[PC_NUMBER_TEXT_SIZE])
{
    uint64_t size = pence < 0 ? 0U - (uint64_t)pence : (uint64_t)pence;

    snprintf(text, PC_NUMBER_TEXT_SIZE, "%s%llu.%02llu", pence < 0 ? "-" : "",
             (unsigned long long)(size / 100), (unsigned long long)(size % 100));
    return text;
}

static size_t skip_digits(const char *text, size_t at)
{
    while (isdigit((unsigned char)text[at])) {
        at++;
    }
    return at;
}

static bool decimal_form(const char *text)
{
    size_t at = text[0] == '+' || text[0] == '-';
    size_t whole = skip_digits(text, at), part = whole;

    if (text[whole] == '.') {
        part = skip_digits(text, whole + 1);
        if (whole == at && part == whole + 1) {
            return false;
        }
    } else if (whole == at) {
        return false;
    }
    at = part;
    if (text[at] == 'e' || text[at] == 'E') {
        size_t sign = at + 1 + (text[at + 1] == '+' || text[at + 1] == '-');

        at = skip_digits(text, sign);
        if (at == sign) {
            return false;
        }
    }
    return text[at] == '\0';
}

bool pc_number_parse(const char *text, size_t length, double *out)
{
    char copy[PC_NUMBER_TEXT_SIZE + 8];
    const char *point = localeconv()->decimal_point;
    char *found, *end;

    if (length == 0 || length >= PC_NUMBER_TEXT_SIZE || memchr(text, '\0', length) != NULL) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!decimal_form(copy)) {
        return false;
    }
    if (point[0] != '.' && strlen(point) < 8 && (found = strchr(copy, '.')) != NULL) {
        memmove(found + strlen(point), found + 1, strlen(found + 1) + 1);
        memcpy(found, point, strlen(point));
    }
    *out = strtod(copy, &end);
    return *end == '\0' && isfinite(*out);
}

bool pc_integer_parse(const char *text, size_t length, int64_t *out)
{
    bool negative = length > 0 && text[0] == '-';
    size_t at = length > 0 && (text[0] == '-' || text[0] == '+');
    uint64_t value = 0;

    if (at == length || length - at > 18) {
        return false;
    }
    for (; at < length; at++) {
        if (!isdigit((unsigned char)text[at])) {
            return false;
        }
        value = value * 10 + (uint64_t)(text[at] - '0');
    }
    *out = negative ? -(int64_t)value : (int64_t)value;
    return true;
}
