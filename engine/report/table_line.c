#include "report/table_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number_text.h"
#include "base/out_file.h"

void report_table_flush(report_table *self)
{
    fwrite(self->text, 1, self->n, self->stream);
    self->n = 0;
}

static void put(report_table *self, const char *text, size_t length)
{
    if (length > REPORT_BUFFER - self->n) {
        report_table_flush(self);
    }
    if (length > REPORT_BUFFER) {
        fwrite(text, 1, length, self->stream);
        return;
    }
    memcpy(self->text + self->n, text, length);
    self->n += length;
}

void report_table_text(report_table *self, const char *text)
{
    put(self, text, strlen(text));
}

void report_table_char(report_table *self, char c)
{
    put(self, &c, 1);
}

/* Writes the digits of `value` so that they end before `end`, at least `n_min` of them; returns where they
 * begin. */
static char *digits_before(char *end, unsigned long long value, int n_min)
{
    char *at = end;

    while (value > 0 || end - at < n_min) {
        *--at = (char)('0' + value % 10);
        value /= 10;
    }
    return at;
}

void report_table_number(report_table *self, double value, int decimals, int trim)
{
    static const unsigned long long power[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    char text[PC_NUMBER_TEXT_SIZE];
    char *end = text + sizeof text, *at = end;
    double size = fabs(value);
    unsigned long long scaled;

    if (!isfinite(value)) {
        return;
    }
    if (!(size < 1e12)) { /* scaled to millionths it would pass what a double holds exactly by far */
        report_table_text(self, pc_number_format(value, decimals, text));
        return;
    }
    scaled = (unsigned long long)(size * (double)power[decimals] + 0.5);
    while (trim && decimals > 0 && scaled % 10 == 0) {
        scaled /= 10;
        decimals--;
    }
    if (decimals > 0) {
        at = digits_before(at, scaled % power[decimals], decimals);
        *--at = '.';
    }
    at = digits_before(at, scaled / power[decimals], 1);
    if (value < 0 && scaled > 0) {
        *--at = '-';
    }
    put(self, at, (size_t)(end - at));
}

void report_table_whole(report_table *self, long value)
{
    report_table_number(self, (double)value, 0, 0);
}

char *report_field(const char *text)
{
    char *field = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&field, &size);

    if (stream == NULL) {
        return NULL;
    }
    pc_out_text(stream, text);
    if (fclose(stream) != 0) {
        free(field);
        return NULL;
    }
    return field;
}
