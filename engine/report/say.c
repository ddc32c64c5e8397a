#include "report/say.h"

#include <math.h>
#include <stdarg.h>
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
        return memcpy(text, "-", sizeof "-");
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
        return memcpy(text, "-", sizeof "-");
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
size_t say_bytes(const char *text, size_t columns)
{
    size_t at = 0;

    for (size_t seen = 0; text[at] != '\0'; at++) {
        if (begins_letter(text[at]) && seen++ == columns) {
            break;
        }
    }
    return at;
}

say_page say_page_of(const pc_look *look, FILE *stream)
{
    size_t width = look->width == 0 ? PC_LOOK_WIDTH : look->width;

    return (say_page){.stream = stream,
                      .width = width < PC_LOOK_LEAST ? PC_LOOK_LEAST : width,
                      .colour = look->colour,
                      .sparks = look->sparks};
}

/* Select Graphic Rendition of ECMA-48: the sixteen colours that readers set for themselves. */
void say_ink_begin(const say_page *page, say_ink ink)
{
    static const char *const code[] = {"1", "1;31", "32", "36"};

    if (page->colour) {
        fprintf(page->stream, "\033[%sm", code[ink]);
    }
}

void say_ink_end(const say_page *page)
{
    if (page->colour) {
        fputs("\033[0m", page->stream);
    }
}

static void blanks(FILE *stream, size_t n)
{
    fprintf(stream, "%*s", (int)n, "");
}

void say_left(const say_page *page, const char *text, size_t width)
{
    size_t columns = say_columns(text);

    fwrite(text, 1, say_bytes(text, width), page->stream);
    blanks(page->stream, columns < width ? width - columns : 0);
}

void say_right(const say_page *page, const char *text, size_t width)
{
    size_t columns = say_columns(text);

    blanks(page->stream, columns < width ? width - columns : 0);
    fwrite(text, 1, say_bytes(text, width), page->stream);
}

void say_label(const say_page *page, const char *text, size_t width)
{
    char cut[SAY_SIZE];
    size_t length;

    if (say_columns(text) <= width || width < 4 || width > sizeof cut / 4) {
        say_left(page, text, width);
        return;
    }
    length = say_bytes(text, width - 2);
    for (size_t back = length; back > length / 2; back--) {
        if (text[back] == ' ') {
            length = back;
            break;
        }
    }
    snprintf(cut, sizeof cut, "%.*s..", (int)length, text);
    say_left(page, cut, width);
}

void say_newline(const say_page *page)
{
    fputc('\n', page->stream);
}

void say_paragraph(const say_page *page, const char *first, const char *text)
{
    size_t indent = say_columns(first), column = indent;

    if (first[0] != '\0') {
        say_ink_begin(page, SAY_STRONG);
        fputs(first, page->stream);
        say_ink_end(page);
    }
    while (*text != '\0') {
        size_t length = strcspn(text, " \n"), columns;
        char word[512];

        length = length < sizeof word ? length : sizeof word - 1;
        memcpy(word, text, length);
        word[length] = '\0';
        columns = say_columns(word);
        if (column > indent && column + 1 + columns > page->width) {
            fputc('\n', page->stream);
            blanks(page->stream, indent);
            column = indent;
        } else if (column > indent) {
            fputc(' ', page->stream);
            column++;
        }
        fputs(word, page->stream);
        column += columns;
        text += length;
        text += strspn(text, " \n");
    }
    fputc('\n', page->stream);
}

void say_words(const say_page *page, const char *first, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say_paragraph(page, first, text);
}

/* The mean of the finite values of value[from..to); NaN when there is none. */
static double mean_of(const double *value, size_t from, size_t to)
{
    double sum = 0;
    size_t n = 0;

    for (size_t at = from; at < to; at++) {
        if (isfinite(value[at])) {
            sum += value[at];
            n++;
        }
    }
    return n == 0 ? (double)NAN : sum / (double)n;
}

char *say_spark(const double *value, size_t n, size_t columns, char text[3 * SAY_SPARK_MOST + 1])
{
    static const char *const bar[] = {"\u2581", "\u2582", "\u2583", "\u2584",
                                      "\u2585", "\u2586", "\u2587", "\u2588"};
    double each[SAY_SPARK_MOST], low = INFINITY, high = -INFINITY, span;
    size_t at = 0;

    columns = columns > SAY_SPARK_MOST ? SAY_SPARK_MOST : columns;
    columns = columns > n ? n : columns;
    for (size_t c = 0; c < columns; c++) {
        each[c] = mean_of(value, c * n / columns, (c + 1) * n / columns);
        low = each[c] < low ? each[c] : low;
        high = each[c] > high ? each[c] : high;
    }
    span = fmax(high - low, 0.2 * fmax(fabs(high), fabs(low)));
    low = 0.5 * (low + high) - 0.5 * span;
    text[0] = '\0';
    for (size_t c = 0; c < columns; c++) {
        double level = span > 0 ? (each[c] - low) / span * 7.999 : 0;
        const char *shown = !isfinite(each[c]) ? " " : bar[level < 0 ? 0 : level > 7 ? 7 : (int)level];

        memcpy(text + at, shown, strlen(shown) + 1);
        at += strlen(shown);
    }
    return text;
}
