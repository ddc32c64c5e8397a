#include "scenario/price_rows.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number_text.h"
#include "scenario/categories.h"

static char *lower(const char *name, char text[64])
{
    size_t c = 0;

    for (; c < 63 && name[c] != '\0'; c++) {
        text[c] = (char)tolower((unsigned char)name[c]);
    }
    text[c] = '\0';
    return text;
}

void price_wrong(price_table *self, long row, size_t column, const char *format, ...)
{
    char text[1024], name[64];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    self->n_error++;
    pc_diagnostics_add(
        self->diagnostics, PC_ERROR,
        (pc_place){.file = self->file, .line = row, .column_name = lower(self->column[column].name, name)},
        "%s", text);
}

static bool known_column(const price_table *self, const char *name)
{
    for (size_t c = 0; c < self->n_column; c++) {
        if (strcmp(self->column[c].name, name) == 0) {
            return true;
        }
    }
    /* A comma at the end of the line; where the figures come from, which assumptions.csv repeats. */
    return name[0] == '\0' || strcmp(name, "SOURCE") == 0;
}

pc_status price_find_columns(price_table *self, const pc_csv_header *header)
{
    char name[64];

    for (size_t c = 0; c < self->n_column; c++) {
        self->at[c] = pc_csv_column(header, self->column[c].name);
        if (self->at[c] < 0 && self->column[c].required) {
            price_wrong(self, 1, c, "missing, expected it in the header");
        }
    }
    for (size_t h = 0; h < header->n_column; h++) {
        if (!known_column(self, header->name[h])) {
            pc_diagnostics_add(
                self->diagnostics, PC_WARNING,
                (pc_place){.file = self->file, .line = 1, .column_name = lower(header->name[h], name)},
                "not a column of this table; it is ignored");
        } else if (header->name[h][0] != '\0' && pc_csv_column(header, header->name[h]) != (int)h) {
            self->n_error++;
            pc_diagnostics_add(
                self->diagnostics, PC_ERROR,
                (pc_place){.file = self->file, .line = 1, .column_name = lower(header->name[h], name)},
                "found twice, expected once");
        }
    }
    return self->n_error > 0 ? PC_ERR_INPUT : PC_OK;
}

pc_status price_close(price_table *self, pc_status status, size_t n, pc_severity severity,
                      const char *nothing)
{
    if (status != PC_OK || self->n_error > 0) {
        return status == PC_OK ? PC_ERR_INPUT : status;
    }
    if (n == 0) {
        pc_diagnostics_add(self->diagnostics, severity, (pc_place){.file = self->file}, "%s", nothing);
    }
    return n == 0 && severity == PC_ERROR ? PC_ERR_INPUT : PC_OK;
}

const char *price_field(const price_table *self, const pc_field *field, size_t column)
{
    return self->at[column] < 0 ? "" : field[self->at[column]].text;
}

bool price_number(price_table *self, long row, const pc_field *field, size_t column, double low, double high,
                  const char *hint, double *out)
{
    const char *text = price_field(self, field, column);
    char from[PC_NUMBER_TEXT_SIZE], to[PC_NUMBER_TEXT_SIZE];
    double number;

    if (pc_number_parse(text, strlen(text), &number) && number >= low && number <= high) {
        *out = number;
        return true;
    }
    price_wrong(self, row, column, "found %.60s, expected a number from %s to %s%s",
                text[0] == '\0' ? "nothing" : text, pc_number_format_significant(low, 15, from),
                pc_number_format_significant(high, 15, to), hint);
    return false;
}

bool price_year(price_table *self, long row, const pc_field *field, size_t column, int *out)
{
    const char *text = price_field(self, field, column);

    if (pc_financial_year_parse(text, strlen(text), out) && *out >= 1900 && *out <= 2199) {
        return true;
    }
    price_wrong(self, row, column, "found %.60s, expected a financial year such as 2024/25",
                text[0] == '\0' ? "nothing" : text);
    return false;
}

bool price_day(price_table *self, long row, const pc_field *field, size_t column, pc_day otherwise,
               pc_day *out)
{
    const char *text = price_field(self, field, column);

    *out = otherwise;
    if (text[0] == '\0' || pc_day_parse(text, strlen(text), out)) {
        return true;
    }
    price_wrong(self, row, column, "found %.60s, expected a day such as 2025-04-01 or 01/04/2025", text);
    return false;
}

bool price_category(price_table *self, long row, const pc_field *field, size_t column, int *out)
{
    const char *text = price_field(self, field, column);
    char hint[SCENARIO_CATEGORIES_SIZE];

    *out = pc_codes_find_category(self->codes, text);
    if (*out < 0) {
        price_wrong(self, row, column, "unknown category \"%.60s\", %s", text,
                    scenario_category_suggest(self->codes, text, hint));
    }
    return *out >= 0;
}

bool price_need(price_table *self, long row, const pc_field *field, size_t column, uint8_t *out)
{
    const char *text = price_field(self, field, column);

    *out = 0;
    if (text[0] == '\0' || strcmp(text, "all") == 0) {
        return true;
    }
    if ((text[0] == 'N' || text[0] == 'n') && text[1] >= '1' && text[1] < '0' + PC_N_NEED &&
        text[2] == '\0') {
        *out = (uint8_t)(text[1] - '0');
        return true;
    }
    price_wrong(self, row, column, "found %.60s, expected N1 to N8 or all", text);
    return false;
}
