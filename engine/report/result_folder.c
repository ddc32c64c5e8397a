#include "report/result_folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "report/json_file.h"

enum { MOST_REQUIRED = 6 };

/* What each file must have to be shown at all; further columns are taken as they come. */
static const struct {
    const char *name;
    const char *required[MOST_REQUIRED];
} known[RESULT_N_FILE] = {
    [RESULT_FORECAST] = {"forecast.csv", {"scenario", "date", "measure", "category", "mean"}},
    [RESULT_ANNUAL] = {"annual.csv", {"scenario", "year", "measure", "category", "mean", "months"}},
    [RESULT_EXITS] = {"exits.csv", {"scenario", "date", "cause", "mean"}},
    [RESULT_DIFFERENCES] = {"differences.csv", {"scenario", "date", "measure", "category", "mean"}},
    [RESULT_ANNUAL_DIFFERENCES] = {"annual_differences.csv",
                                   {"scenario", "year", "measure", "category", "mean"}},
    [RESULT_ALONE] = {"alone.csv", {"scenario", "year", "intervention", "measure", "mean"}},
    [RESULT_INVEST_TO_SAVE] = {"invest_to_save.csv", {"scenario", "year", "intervention", "measure", "mean"}},
    [RESULT_INTERVENTIONS] = {"interventions.csv", {"scenario"}},
    [RESULT_TARGETS] = {"targets.csv", {"scenario"}},
    [RESULT_WHY] = {"why.csv", {"year", "driver"}},
    [RESULT_BUDGET_LINES] = {"budget_lines.csv", {0}},
    [RESULT_BUDGET_NEEDED] = {"budget_needed.csv", {"scenario", "year", "measure", "needed_gbp"}},
    [RESULT_WORKFORCE] = {"workforce.csv", {"structure", "team"}},
    [RESULT_POSTS] = {"posts.csv", {"date", "team", "posts_needed"}},
    [RESULT_WORKFORCE_CHECKS] = {"workforce_checks.csv", {"structure", "check"}},
    [RESULT_OUT_OF_AREA] = {"out_of_area.csv", {"scenario", "year", "definition", "measure", "category"}},
    [RESULT_SKILL] = {"skill.csv", {"origin", "horizon_months", "measure", "category", "actual", "mean"}},
    [RESULT_SKILL_SUMMARY] = {"skill_summary.csv",
                              {"horizon_months", "measure", "category", "size_band", "forecasts", "mape"}},
    [RESULT_INCOME] = {"income.csv", {"scenario", "year", "source", "measure", "mean"}},
    [RESULT_CONCENTRATION] = {"concentration.csv", {"scenario", "year", "measure", "mean"}},
    [RESULT_PROCESSES] = {"processes.csv", {"scenario", "year", "process", "measure", "mean"}},
    [RESULT_ASSUMPTIONS] = {"assumptions.csv",
                            {"scenario", "topic", "assumption", "origin", "source", "place"}},
    [RESULT_SENSITIVITY] = {"sensitivity.csv",
                            {"result", "factor", "at_low", "at_middle", "at_high", "width"}},
    [RESULT_TIEOUT] = {"tieout.csv", {"date", "category", "age_band", "engine"}},
};

/* Columns that hold numbers or nothing, in whichever file they stand. */
static const char *const number_column[] = {
    "mean",   "sd",        "p025",      "p05",     "p10",    "p25",        "p50",       "p75",
    "p90",    "p95",       "p975",      "months",  "engine", "budget_gbp", "gap_gbp",   "p_over_budget",
    "amount", "at_low",    "at_middle", "at_high", "width",  "first",      "first_low", "first_high",
    "total",  "total_low", "total_high"};

const char *result_file_name(result_file file)
{
    return known[file].name;
}

typedef struct loader {
    result_table *table;
    const char *shown;
    const char *const *required; /* [MOST_REQUIRED], unused ones NULL; NULL: any table will do */
    bool *must;                  /* [n_column]; a number or nothing */
    pc_diagnostics *diagnostics;
} loader;

void result_table_free(result_table *self)
{
    for (size_t c = 0; self->column != NULL && c < self->n_column; c++) {
        free(self->column[c]);
    }
    free(self->column);
    free(self->numeric);
    free(self->cell);
    free(self->line);
    free(self->text);
    memset(self, 0, sizeof *self);
}

static bool is_number_column(const char *name)
{
    for (size_t c = 0; c < sizeof number_column / sizeof number_column[0]; c++) {
        if (strcmp(number_column[c], name) == 0) {
            return true;
        }
    }
    return false;
}

static char *lower_copy(const char *text)
{
    char *copy = pc_copy_text(text);

    for (char *c = copy; c != NULL && *c != '\0'; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    return copy;
}

static pc_status take_header(void *context, const pc_csv_header *header)
{
    loader *self = context;
    result_table *table = self->table;
    bool complete = true;

    table->column = pc_new_zero(header->n_column, sizeof *table->column);
    table->numeric = pc_new_zero(header->n_column, sizeof *table->numeric);
    self->must = pc_new_zero(header->n_column, sizeof *self->must);
    if (table->column == NULL || table->numeric == NULL || self->must == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    table->n_column = header->n_column;
    for (size_t c = 0; c < header->n_column; c++) {
        table->column[c] = lower_copy(header->name[c]);
        if (table->column[c] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        self->must[c] = self->required != NULL && is_number_column(table->column[c]);
    }
    for (size_t r = 0; self->required != NULL && r < MOST_REQUIRED && self->required[r] != NULL; r++) {
        if (result_column(table, self->required[r]) < 0) {
            pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->shown, .line = 1},
                               "has no column %s: not written by this version of placecast",
                               self->required[r]);
            complete = false;
        }
    }
    return complete ? PC_OK : PC_ERR_INPUT;
}

/* The apostrophe of pc_out_text: before text that a spreadsheet would take for a formula. */
static bool is_guarded(const pc_field *field)
{
    return field->length > 1 && field->text[0] == '\'' && strchr("=+-@\t\r", field->text[1]) != NULL;
}

/* A number column with something else in it would be drawn as nothing: better told. */
static pc_status check_number(loader *self, size_t column, long row, const pc_field *field, bool is_number)
{
    if (!self->must[column] || field->length == 0 || is_number) {
        return PC_OK;
    }
    pc_diagnostics_add(
        self->diagnostics, PC_ERROR,
        (pc_place){.file = self->shown, .line = row, .column_name = self->table->column[column]},
        "%.60s: expected a number or nothing", field->text);
    return PC_ERR_INPUT;
}

static pc_status take_row(void *context, long row, const pc_field *field)
{
    loader *self = context;
    result_table *table = self->table;
    size_t first = table->n_row * table->n_column;
    pc_status status =
        pc_grow(&table->cell, &table->row_capacity, first + table->n_column, sizeof *table->cell);

    status = status == PC_OK
                 ? pc_grow(&table->line, &table->line_capacity, table->n_row + 1, sizeof *table->line)
                 : status;
    for (size_t c = 0; status == PC_OK && c < table->n_column; c++) {
        size_t skip = is_guarded(&field[c]) ? 1 : 0, length = field[c].length - skip;
        double number;
        /* A column in which text was seen is text: its further cells need no look. */
        bool is_number =
            (self->must[c] || !table->numeric[c]) && pc_number_parse(field[c].text, field[c].length, &number);

        status = check_number(self, c, row, &field[c], is_number);
        /* Text once seen settles a column: `numeric` is read the other way round until the end. */
        table->numeric[c] = table->numeric[c] || (field[c].length > 0 && !is_number);
        if (status == PC_OK) {
            status = pc_grow(&table->text, &table->text_capacity, table->n_text + length + 1, 1);
        }
        if (status == PC_OK) {
            memcpy(table->text + table->n_text, field[c].text + skip, length + 1);
            table->cell[first + c] = table->n_text;
            table->n_text += length + 1;
        }
    }
    if (status == PC_OK) {
        table->line[table->n_row++] = row;
    }
    return status;
}

static void settle_numeric(result_table *table)
{
    for (size_t c = 0; c < table->n_column; c++) {
        bool any = false;

        for (size_t r = 0; r < table->n_row && !any; r++) {
            any = table->text[table->cell[r * table->n_column + c]] != '\0';
        }
        table->numeric[c] = !table->numeric[c] && any;
    }
}

pc_status result_table_read(const char *path, const void *bytes, size_t size, result_table *out,
                            pc_diagnostics *diagnostics)
{
    loader context = {.table = out, .shown = path, .diagnostics = diagnostics};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = bytes == NULL
                 ? pc_csv_read(path, path, 0, take_header, take_row, &context, diagnostics)
                 : pc_csv_read_bytes(bytes, size, path, 0, take_header, take_row, &context, diagnostics);
    free(context.must);
    if (status == PC_OK) {
        settle_numeric(out);
    } else {
        result_table_free(out);
    }
    return status;
}

static bool is_there(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 || errno != ENOENT;
}

/* A folder may hold tables of an earlier run that this one did not write again. */
static bool is_listed(const json_t *run, const char *file)
{
    const json_t *outputs = json_object_get(run, "outputs");
    bool listed = !json_is_array(outputs);

    for (size_t o = 0; o < json_array_size(outputs) && !listed; o++) {
        const char *name = json_string_value(json_array_get(outputs, o));

        listed = name != NULL && strcmp(name, file) == 0;
    }
    return listed;
}

static pc_status load_table(const char *folder, result_file file, result_table *table,
                            pc_diagnostics *diagnostics)
{
    char *path = pc_format_text("%s/%s", folder, known[file].name);
    loader context = {
        .table = table, .shown = path, .required = known[file].required, .diagnostics = diagnostics};
    pc_status status = path == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK && is_there(path)) {
        status = pc_csv_read(path, path, 0, take_header, take_row, &context, diagnostics);
        if (status == PC_OK) {
            settle_numeric(table);
            table->file = known[file].name;
        }
    }
    free(context.must);
    free(path);
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

static pc_status load_json(const char *folder, const char *name, json_t **out, pc_diagnostics *diagnostics)
{
    char *path = pc_format_text("%s/%s", folder, name);
    pc_status status = path == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK && is_there(path)) {
        status = report_json_load(path, out, diagnostics);
    }
    free(path);
    return status;
}

pc_status result_folder_load(const char *path, result_folder *out, pc_diagnostics *diagnostics)
{
    pc_status status;

    memset(out, 0, sizeof *out);
    out->path = pc_copy_text(path);
    status = out->path == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    if (status == PC_OK) {
        status = load_json(path, "run.json", &out->run, diagnostics);
    }
    if (status == PC_OK && out->run == NULL) {
        status = load_json(path, "compare.json", &out->run, diagnostics);
    }
    if (status == PC_OK) {
        status = load_json(path, "sensitivity.json", &out->sensitivity, diagnostics);
    }
    for (int file = 0; status == PC_OK && file < RESULT_N_FILE; file++) {
        if (file == RESULT_SENSITIVITY || is_listed(out->run, known[file].name)) {
            status = load_table(path, (result_file)file, &out->table[file], diagnostics);
        }
    }
    if (status == PC_OK && !result_has(out, RESULT_FORECAST) && !result_has(out, RESULT_ANNUAL) &&
        !result_has(out, RESULT_SENSITIVITY)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                           "holds neither forecast.csv nor annual.csv: expected the folder of a run");
        status = PC_ERR_INPUT;
    }
    if (status != PC_OK) {
        result_folder_free(out);
    }
    return status;
}

void result_folder_free(result_folder *self)
{
    if (self == NULL) {
        return;
    }
    free(self->path);
    for (int file = 0; file < RESULT_N_FILE; file++) {
        result_table_free(&self->table[file]);
    }
    json_decref(self->run);
    json_decref(self->sensitivity);
    memset(self, 0, sizeof *self);
}

int result_column(const result_table *self, const char *name)
{
    for (size_t c = 0; c < self->n_column; c++) {
        if (strcmp(self->column[c], name) == 0) {
            return (int)c;
        }
    }
    return -1;
}

const char *result_text(const result_table *self, size_t row, int column)
{
    return column < 0 ? "" : self->text + self->cell[row * self->n_column + (size_t)column];
}

bool result_number(const result_table *self, size_t row, int column, double *out)
{
    const char *text = result_text(self, row, column);

    return pc_number_parse(text, strlen(text), out);
}

const char *result_run_text(const result_folder *self, const char *object, const char *key)
{
    const json_t *from = object == NULL ? self->run : json_object_get(self->run, object);
    const char *text = json_string_value(json_object_get(from, key));

    return text == NULL ? "" : text;
}

const char *result_sensitivity_text(const result_folder *self, const char *key)
{
    const char *text = json_string_value(json_object_get(self->sensitivity, key));

    return text == NULL ? "" : text;
}
