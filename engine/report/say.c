#include "report/say.h"

#include <math.h>
#include <string.h>

#include "base/number_text.h"

static const char *const month_name[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};

char *say_count(double value, char text[SAY_SIZE])
{
    char digits[PC_NUMBER_TEXT_SIZE];
    const char *from = pc_number_format(value, 0, digits);
    size_t length = strlen(from), at = 0;

    if (length == 0) {
        return strcpy(text, "-");
    }
    for (size_t d = 0; d < length; d++) {
        text[at++] = from[d];
        if (from[d] != '-' && d + 1 < length && (length - d - 1) % 3 == 0) {
            text[at++] = ',';
        }
    }
    text[at] = '\0';
    return text;
}

/* Steps so that rounding never shows "£1000k" or "£100.0m". */
char *say_money(double pounds, char text[SAY_SIZE])
{
    char digits[SAY_SIZE > PC_NUMBER_TEXT_SIZE ? SAY_SIZE : PC_NUMBER_TEXT_SIZE];
    const char *sign = pounds < 0 ? "-" : "";
    double size = fabs(pounds);
    const char *unit = "";

    if (!isfinite(pounds)) {
        return strcpy(text, "-");
    }
    if (size < 999.5) {
        say_count(size, digits);
    } else if (size < 999.5e3) {
        say_count(size / 1e3, digits);
        unit = "k";
    } else if (size < 99.95e6) {
        pc_number_format(size / 1e6, 1, digits);
        unit = "m";
    } else if (size < 999.5e6) {
        say_count(size / 1e6, digits);
        unit = "m";
    } else {
        pc_number_format(size / 1e9, 1, digits);
        unit = "bn";
    }
    snprintf(text, SAY_SIZE, "%s\u00a3%.80s%s", sign, digits, unit);
    return text;
}

char *say_day_short(pc_day day, char text[SAY_SIZE])
{
    pc_date date = pc_date_from_day(day);

    snprintf(text, SAY_SIZE, "%d %.3s %d", date.day, month_name[date.month - 1], date.year);
    return text;
}

char *say_day(pc_day day, char text[SAY_SIZE])
{
    pc_date date = pc_date_from_day(day);

    snprintf(text, SAY_SIZE, "%d %s %d", date.day, month_name[date.month - 1], date.year);
    return text;
}

static int begins_letter(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t say_columns(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        n += begins_letter(*text) ? 1 : 0;
    }
    return n;
}

/* Bytes of the first `columns` letters. */
static size_t bytes_of(const char *text, size_t columns)
{
    size_t at = 0;

    for (size_t seen = 0; text[at] != '\0'; at++) {
        if (begins_letter(text[at]) && seen++ == columns) {
            break;
        }
    }
    return at;
}

static void blanks(FILE *stream, size_t n)
{
    fprintf(stream, "%*s", (int)n, "");
}

void say_left(FILE *stream, const char *text, size_t width)
{
    size_t columns = say_columns(text);

    fwrite(text, 1, bytes_of(text, width), stream);
    blanks(stream, columns < width ? width - columns : 0);
}

void say_right(FILE *stream, const char *text, size_t width)
{
    size_t columns = say_columns(text);

    blanks(stream, columns < width ? width - columns : 0);
    fwrite(text, 1, bytes_of(text, width), stream);
}

void say_paragraph(FILE *stream, const char *first, const char *text)
{
    size_t indent = say_columns(first), column = indent;

    fputs(first, stream);
    while (*text != '\0') {
        size_t length = strcspn(text, " \n"), columns;
        char word[512];

        length = length < sizeof word ? length : sizeof word - 1;
        memcpy(word, text, length);
        word[length] = '\0';
        columns = say_columns(word);
        if (column > indent && column + 1 + columns > SAY_WIDTH) {
            fputc('\n', stream);
            blanks(stream, indent);
            column = indent;
        } else if (column > indent) {
            fputc(' ', stream);
            column++;
        }
        fputs(word, stream);
        column += columns;
        text += length;
        text += strspn(text, " \n");
    }
    fputc('\n', stream);
}
