/* tieout.c - the engine's own count beside the national rules' and a published one, at each 31 March. */
#include <stdlib.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "placecast/episodes.h"

#define ALL (-1)

enum { DATE, CATEGORY, AGE_BAND, CHILDREN, N_COLUMN };
static const char *const column_name[N_COLUMN] = {"DATE", "CATEGORY", "AGE_BAND", "CHILDREN"};

typedef struct published {
    const pc_episodes *episodes;
    pc_tieout *out;
    const char *file;
    pc_diagnostics *diagnostics;
    int column[N_COLUMN];
    bool wrong;
} published;

static size_t cell(const pc_codes *codes, int category, int age_band)
{
    size_t row = category == ALL ? codes->n_category : (size_t)category;

    return row * (PC_N_AGE_BAND + 1) + (age_band == ALL ? PC_N_AGE_BAND : (size_t)age_band);
}

static long official_count(const pc_episodes *episodes, size_t date, int category, int age_band)
{
    size_t size = (episodes->codes.n_category + 1) * (PC_N_AGE_BAND + 1);

    return episodes->official.children[date * size + cell(&episodes->codes, category, age_band)];
}

static long engine_count(const pc_episodes *episodes, pc_day day, int category, int age_band)
{
    long children = 0;

    for (size_t r = 0; r < episodes->n; r++) {
        const pc_episode *row = &episodes->row[r];
        pc_day birth = episodes->child[row->child].birth;

        if (row->start <= day && day < row->end && (category == ALL || row->category == category) &&
            (age_band == ALL ||
             (birth != PC_DAY_NONE && pc_age_band_of_years(pc_age_years(birth, day)) == age_band))) {
            children++;
        }
    }
    return children;
}

static pc_status add_row(const pc_episodes *episodes, pc_tieout *out, size_t date, int category, int age_band,
                         pc_tieout_row **row)
{
    pc_day day = episodes->official.date[date];

    if (pc_grow(&out->row, &out->capacity, out->n + 1, sizeof *out->row) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    *row = &out->row[out->n++];
    **row = (pc_tieout_row){day,
                            category,
                            age_band,
                            engine_count(episodes, day, category, age_band),
                            official_count(episodes, date, category, age_band),
                            -1};
    return PC_OK;
}

/* All children, then by category, then by age band. */
static pc_status add_margins(const pc_episodes *episodes, size_t date, pc_tieout *out)
{
    pc_tieout_row *row;
    pc_status status = add_row(episodes, out, date, ALL, ALL, &row);

    for (int category = 0; category < (int)episodes->codes.n_category && status == PC_OK; category++) {
        status = add_row(episodes, out, date, category, ALL, &row);
    }
    for (int age_band = 0; age_band < PC_N_AGE_BAND && status == PC_OK; age_band++) {
        status = add_row(episodes, out, date, ALL, age_band, &row);
    }
    return status;
}

/* ---- the published counts ---- */

static void complain(published *self, long line, int column, const char *found, const char *expected)
{
    pc_place place = {self->file, line, 0, column_name[column]};

    if (found == NULL) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, place, "missing, expected %s", expected);
    } else {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, place, "`%s`, expected %s", found, expected);
    }
    self->wrong = true;
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    published *self = context;

    for (int column = 0; column < N_COLUMN; column++) {
        self->column[column] = pc_csv_column(header, column_name[column]);
        if (self->column[column] < 0 && (column == DATE || column == CHILDREN)) {
            complain(self, 1, column, NULL, "the columns date and children (and category, age_band)");
        }
    }
    return self->wrong ? PC_ERR_INPUT : PC_OK;
}

static bool is_all(const char *text)
{
    return text[0] == '\0' || strcmp(text, "all") == 0;
}

static int age_band_of(const char *text)
{
    for (int band = 0; band < PC_N_AGE_BAND; band++) {
        if (strcmp(pc_age_band_name(band), text) == 0) {
            return band;
        }
    }
    return ALL;
}

static pc_status place_count(published *self, long line, pc_day day, int category, int age_band,
                             long children)
{
    const pc_official *official = &self->episodes->official;
    pc_tieout_row *row = NULL;
    char text[PC_DAY_TEXT_SIZE];
    size_t date = 0;
    pc_status status = PC_OK;

    while (date < official->n_date && official->date[date] != day) {
        date++;
    }
    if (date == official->n_date) {
        pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){self->file, line, 0, "DATE"},
                           "%s is not a 31 March that the returns cover: not compared",
                           pc_day_format(day, text));
        return PC_OK;
    }
    for (size_t r = 0; r < self->out->n && row == NULL; r++) {
        pc_tieout_row *known = &self->out->row[r];

        if (known->date == day && known->category == category && known->age_band == age_band) {
            row = known;
        }
    }
    if (row == NULL) {
        status = add_row(self->episodes, self->out, date, category, age_band, &row);
    } else if (row->published >= 0) {
        complain(self, line, DATE, pc_day_format(day, text), "each date, category and age band once");
    }
    if (status == PC_OK) {
        row->published = children;
    }
    return status;
}

static pc_status on_row(void *context, long line, const pc_field *field)
{
    published *self = context;
    const char *category_text = self->column[CATEGORY] < 0 ? "" : field[self->column[CATEGORY]].text;
    const char *age_text = self->column[AGE_BAND] < 0 ? "" : field[self->column[AGE_BAND]].text;
    pc_field date = field[self->column[DATE]], children_text = field[self->column[CHILDREN]];
    int category =
        is_all(category_text) ? ALL : pc_codes_find_category(&self->episodes->codes, category_text);
    int age_band = is_all(age_text) ? ALL : age_band_of(age_text);
    bool was_wrong = self->wrong;
    int64_t children = -1;
    pc_day day = PC_DAY_NONE;

    self->wrong = false;
    if (!pc_day_parse(date.text, date.length, &day)) {
        complain(self, line, DATE, date.text, "a date dd/mm/yyyy or yyyy-mm-dd");
    }
    if (category == ALL && !is_all(category_text)) {
        complain(self, line, CATEGORY, category_text, "a category of the code map, or all");
    }
    if (age_band == ALL && !is_all(age_text)) {
        complain(self, line, AGE_BAND, age_text, "0, 1-4, 5-9, 10-15, 16-17 or all");
    }
    if (!pc_integer_parse(children_text.text, children_text.length, &children) || children < 0 ||
        children > 10000000) {
        complain(self, line, CHILDREN, children_text.text, "a number of children");
    }
    if (self->wrong) {
        return PC_OK; /* the other rows may be wrong too: say it all */
    }
    self->wrong = was_wrong;
    return place_count(self, line, day, category, age_band, (long)children);
}

/* By date, then all, categories, age bands, and what is both last. */
static int by_date_and_cell(const void *left, const void *right)
{
    const pc_tieout_row *a = left, *b = right;
    int kind_a = (a->category != ALL) + 2 * (a->age_band != ALL),
        kind_b = (b->category != ALL) + 2 * (b->age_band != ALL);

    if (a->date != b->date) {
        return a->date < b->date ? -1 : 1;
    }
    if (kind_a != kind_b) {
        return kind_a < kind_b ? -1 : 1;
    }
    return a->category != b->category ? (a->category < b->category ? -1 : 1) : a->age_band - b->age_band;
}

pc_status pc_tieout_make(const pc_episodes *episodes, const char *published_file, pc_tieout *out,
                         pc_diagnostics *diagnostics)
{
    published given = {.episodes = episodes, .out = out, .file = published_file, .diagnostics = diagnostics};
    pc_status status = PC_OK;

    memset(out, 0, sizeof *out);
    for (size_t date = 0; date < episodes->official.n_date && status == PC_OK; date++) {
        status = add_margins(episodes, date, out);
    }
    if (status == PC_OK && published_file != NULL) {
        status = pc_csv_read(published_file, published_file, 0, on_header, on_row, &given, diagnostics);
        if (status == PC_OK && given.wrong) {
            status = PC_ERR_INPUT;
        }
    }
    if (status == PC_OK && out->n > 0) {
        qsort(out->row, out->n, sizeof *out->row, by_date_and_cell);
    }
    if (status != PC_OK) {
        pc_tieout_free(out);
    }
    return status;
}
