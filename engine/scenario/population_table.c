/* population.csv: persons by single year of age at mid-year. */
#include "placecast/population.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "scenario/price_rows.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define MOST_PERSONS 1e8
#define N_AGE ((size_t)PC_POPULATION_N_AGE)

enum { YEAR, AGE, PERSONS, LA, N_COLUMN };

static const price_column columns[N_COLUMN] = {
    [YEAR] = {"YEAR", true, false, NULL},
    [AGE] = {"AGE", true, false, NULL},
    [PERSONS] = {"PERSONS", true, false, NULL},
    [LA] = {"LA", false, false, NULL},
};

typedef struct population_row {
    size_t area;
    int year, age;
    double persons;
    long row;
} population_row;

typedef struct population_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    pc_population *out;
    population_row *row;
    size_t n_row, row_capacity, area_capacity;
} population_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static bool read_year(price_table *table, long row, const pc_field *field, int *out)
{
    const char *text = price_field(table, field, YEAR);
    int64_t year;
    int financial;

    if (pc_integer_parse(text, strlen(text), &year) && year >= FIRST_YEAR && year <= LAST_YEAR) {
        *out = (int)year;
        return true;
    }
    price_wrong(table, row, YEAR, "found %.60s, expected a calendar year such as 2012%s",
                text[0] == '\0' ? "nothing" : text,
                pc_financial_year_parse(text, strlen(text), &financial)
                    ? ": the figures are those of 30 June, not of a financial year"
                    : "");
    return false;
}

/* Completed years; "90+" and the like are read too. */
static bool read_age(price_table *table, long row, const pc_field *field, int *out)
{
    const char *text = price_field(table, field, AGE);
    size_t length = strlen(text);
    int64_t age;

    length -= length > 1 && text[length - 1] == '+';
    if (pc_integer_parse(text, length, &age) && age >= 0 && age <= 150 &&
        (text[length] == '\0' || age >= PC_POPULATION_N_AGE)) {
        *out = (int)age;
        return true;
    }
    price_wrong(table, row, AGE, "found %.60s, expected a single year of age such as 0 or 17",
                text[0] == '\0' ? "nothing" : text);
    return false;
}

static pc_status find_area(population_reader *self, const char *la, size_t *out)
{
    pc_population *population = self->out;
    pc_population_area *added;

    for (*out = 0; *out < population->n_area; (*out)++) {
        if (strcmp(population->area[*out].la, la) == 0) {
            return PC_OK;
        }
    }
    if (pc_grow(&population->area, &self->area_capacity, population->n_area + 1, sizeof *added) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    added = &population->area[population->n_area];
    *added = (pc_population_area){.la = pc_copy_text(la)};
    if (added->la == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    population->n_area++;
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    population_reader *self = context;
    price_table *table = &self->table;
    population_row read = {.row = row};
    const char *la = price_field(table, field, LA);
    bool ok = read_year(table, row, field, &read.year);

    ok = read_age(table, row, field, &read.age) && ok;
    ok = price_number(table, row, field, PERSONS, 0, MOST_PERSONS, "", &read.persons) && ok;
    if (table->at[LA] >= 0 && la[0] == '\0') {
        price_wrong(table, row, LA, "found nothing, expected the name of an authority");
        ok = false;
    }
    if (!ok || read.age >= PC_POPULATION_N_AGE) {
        return PC_OK;
    }
    if (find_area(self, la, &read.area) != PC_OK ||
        pc_grow(&self->row, &self->row_capacity, self->n_row + 1, sizeof *self->row) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->row[self->n_row++] = read;
    return PC_OK;
}

static int compare_rows(const void *left, const void *right)
{
    const population_row *a = left, *b = right;

    if (a->area != b->area) {
        return a->area < b->area ? -1 : 1;
    }
    if (a->year != b->year) {
        return a->year < b->year ? -1 : 1;
    }
    if (a->age != b->age) {
        return a->age < b->age ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static void complain_missing(population_reader *self, const pc_population_area *area, int year,
                             unsigned missing)
{
    char ages[128] = "";
    size_t at = 0;

    for (unsigned age = 0; age < PC_POPULATION_N_AGE; age++) {
        if ((missing >> age & 1) != 0 && at + 5 < sizeof ages) {
            at += (size_t)snprintf(ages + at, sizeof ages - at, "%s%u", at == 0 ? "" : ", ", age);
        }
    }
    self->table.n_error++;
    pc_diagnostics_add(self->table.diagnostics, PC_ERROR, (pc_place){.file = self->table.file},
                       "%.80s%syear %d has no row for age %s, expected every age from 0 to 17", area->la,
                       area->la[0] == '\0' ? "" : ", ", year, ages);
}

/* The rows of one area and year, row[first] to row[end - 1], into its next year. */
static void take_year(population_reader *self, size_t first, size_t end)
{
    pc_population_area *area = &self->out->area[self->row[first].area];
    unsigned missing = (1U << PC_POPULATION_N_AGE) - 1;

    for (size_t r = first; r < end; r++) {
        const population_row *row = &self->row[r];

        if ((missing >> row->age & 1) == 0) {
            price_wrong(&self->table, row->row, AGE, "found age %d of %d again, at row %ld already", row->age,
                        row->year, self->row[r - 1].row);
        }
        missing &= ~(1U << row->age);
        area->persons[area->n_year * N_AGE + (size_t)row->age] = row->persons;
    }
    area->day[area->n_year] =
        pc_day_from_date((pc_date){.year = self->row[first].year, .month = 6, .day = 30});
    area->year[area->n_year++] = self->row[first].year;
    if (missing != 0) {
        complain_missing(self, area, self->row[first].year, missing);
    }
}

static pc_status make_areas(population_reader *self)
{
    if (self->n_row > 0) {
        qsort(self->row, self->n_row, sizeof *self->row, compare_rows);
    }
    for (size_t first = 0, end; first < self->n_row; first = end) {
        pc_population_area *area = &self->out->area[self->row[first].area];

        end = first;
        while (end < self->n_row && self->row[end].area == self->row[first].area) {
            end++;
        }
        area->year = pc_new(end - first, sizeof *area->year);
        area->day = pc_new(end - first, sizeof *area->day);
        area->persons = pc_new_zero((end - first) * N_AGE, sizeof *area->persons);
        if (area->year == NULL || area->day == NULL || area->persons == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        for (size_t from = first, to = first; from < end; from = to) {
            while (to < end && self->row[to].year == self->row[from].year) {
                to++;
            }
            take_year(self, from, to);
        }
    }
    return PC_OK;
}

pc_status pc_population_load(const char *path, pc_population *out, pc_diagnostics *diagnostics)
{
    population_reader self = {
        .table = {.file = path, .diagnostics = diagnostics, .column = columns, .n_column = N_COLUMN},
        .out = out};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    if (status == PC_OK) {
        out->file = pc_copy_text(path);
        status = out->file == NULL ? PC_ERR_NO_MEMORY : make_areas(&self);
    }
    free(self.row);
    status = price_close(&self.table, status, out->n_area, PC_ERROR,
                         "no rows, expected persons of each age from 0 to 17 by year");
    if (status != PC_OK) {
        pc_population_free(out);
    }
    return status;
}

void pc_population_free(pc_population *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t a = 0; a < self->n_area; a++) {
        free(self->area[a].la);
        free(self->area[a].year);
        free(self->area[a].day);
        free(self->area[a].persons);
    }
    free(self->area);
    free(self->file);
    memset(self, 0, sizeof *self);
}
