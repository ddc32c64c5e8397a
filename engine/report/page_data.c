/* page_data.c - what report.html shows, as one JSON object inside it. Cells stay text as they stand in the
 * files: the page can show no figure that is not theirs. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/page.h"

/* Rows of a table from which on only totals of single authorities are on the page, which must stay small: 40
 * authorities, three scenarios and five years of forecast.csv have some million. */
enum { MANY_ROWS = 1000000 };

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(text, *list) == 0) {
            return true;
        }
    }
    return false;
}

/* Rows are ordered by authority, "all" last. */
const char *page_authority(const result_table *table)
{
    int la = result_column(table, "la");

    if (la < 0 || table->n_row == 0) {
        return NULL;
    }
    return result_text(
        table, strcmp(result_text(table, table->n_row - 1, la), "all") == 0 ? table->n_row - 1 : 0, la);
}

static bool is_zero_row(const result_table *table, size_t row)
{
    double mean;

    return !result_number(table, row, result_column(table, "mean"), &mean) || !(mean > 0);
}

/* By month every measure of every category would be some 2 MB for three scenarios over five years. By
 * category the page shows the months of the first scenario, days full of every one, and the years of all. */
static bool shows_month(const result_table *table, size_t row, const char *measure, const char *category)
{
    static const char *const total[] = {"starts", "ceases", "cost_gbp", NULL};
    int scenario = result_column(table, "scenario");

    bool first = strcmp(result_text(table, row, scenario), result_text(table, 0, scenario)) == 0;

    if (strcmp(category, "all") == 0) {
        return strcmp(measure, "children") == 0 || is_one_of(measure, total);
    }
    return (first && strcmp(measure, "children") == 0) ||
           (strcmp(measure, "days_full") == 0 && !is_zero_row(table, row));
}

static bool shows_year(const char *measure, const char *category)
{
    static const char *const each[] = {"children", "cost_gbp", "days_full", "unmet", "overflow", NULL};

    return strcmp(category, "all") == 0 || is_one_of(measure, each);
}

/* One authority of several, for the section in which a reader chooses one: the first scenario, all children
 * by month, the main measures by year and category. Of very many authorities, totals of the years alone. */
static bool shows_authority(const result_table *table, result_file file, size_t row, const char *measure,
                            const char *category)
{
    static const char *const total[] = {"children", "starts", "ceases", "cost_gbp", NULL};
    int scenario = result_column(table, "scenario");
    bool few = table->n_row < MANY_ROWS;

    if (strcmp(result_text(table, row, scenario), result_text(table, 0, scenario)) != 0) {
        return false;
    }
    if (file == RESULT_FORECAST) {
        return few && strcmp(measure, "children") == 0 && strcmp(category, "all") == 0;
    }
    if (file != RESULT_ANNUAL || !is_one_of(measure, total)) {
        return false;
    }
    return strcmp(category, "all") == 0 ||
           (few && !is_zero_row(table, row) &&
            (strcmp(measure, "children") == 0 || strcmp(measure, "cost_gbp") == 0));
}

/* All children, and of the summary by horizon what is said in words. */
static bool shows_skill(const result_table *table, size_t row, const char *measure, const char *category)
{
    int band = result_column(table, "size_band");

    return strcmp(measure, "children") == 0 && strcmp(category, "all") == 0 &&
           (band < 0 || strcmp(result_text(table, row, band), "all") == 0);
}

bool page_shows_row(const result_folder *results, result_file file, size_t row)
{
    const result_table *table = &results->table[file];
    const char *measure = result_text(table, row, result_column(table, "measure"));
    const char *category = result_text(table, row, result_column(table, "category"));
    int la = result_column(table, "la");
    const char *authority = page_authority(table);

    if (file == RESULT_SKILL || file == RESULT_SKILL_SUMMARY) {
        return shows_skill(table, row, measure, category);
    }
    if (la >= 0 && authority != NULL && strcmp(result_text(table, row, la), authority) != 0) {
        return shows_authority(table, file, row, measure, category);
    }
    if (file == RESULT_POSTS) {
        int scenario = result_column(table, "scenario");

        return strcmp(result_text(table, row, result_column(table, "team")), "all") == 0 ||
               strcmp(result_text(table, row, scenario), result_text(table, 0, scenario)) == 0;
    }
    if (file == RESULT_FORECAST) {
        return shows_month(table, row, measure, category);
    }
    if (file == RESULT_TIEOUT) {
        return strcmp(result_text(table, row, result_column(table, "age_band")), "all") == 0;
    }
    if (file == RESULT_ANNUAL || file == RESULT_ANNUAL_DIFFERENCES) {
        return shows_year(measure, category);
    }
    return file != RESULT_DIFFERENCES && file != RESULT_EXITS; /* by month: nothing on the page shows them */
}

static void put_json_char(FILE *stream, char c)
{
    /* Escaped though JSON needs it not: within a script element "</" or "<!--" would end or change the
     * script. */
    if ((unsigned char)c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
        fprintf(stream, "\\u%04x", (unsigned)(unsigned char)c);
    } else {
        fputc(c, stream);
    }
}

void page_json_text(FILE *stream, const char *text)
{
    for (; *text != '\0'; text++) {
        put_json_char(stream, *text);
    }
}

/* A cell in a row of cells: tabs and line breaks part those, so within a cell they become blanks. */
static void put_cell(FILE *stream, const char *text)
{
    for (; *text != '\0'; text++) {
        put_json_char(stream, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
    }
}

static void put_table(FILE *stream, const result_folder *results, result_file file)
{
    const result_table *table = &results->table[file];

    fprintf(stream, "\"%.*s\":{\"columns\":[", (int)strcspn(table->file, "."), table->file);
    for (size_t c = 0; c < table->n_column; c++) {
        fputs(c == 0 ? "\"" : ",\"", stream);
        page_json_text(stream, table->column[c]);
        fputc('"', stream);
    }
    fputs("],\"rows\":[", stream);
    for (size_t row = 0, n = 0; row < table->n_row; row++) {
        if (!page_shows_row(results, file, row)) {
            continue;
        }
        fputs(n++ == 0 ? "\n\"" : ",\n\"", stream);
        for (size_t c = 0; c < table->n_column; c++) {
            if (c > 0) {
                fputs("\\t", stream);
            }
            put_cell(stream, result_text(table, row, (int)c));
        }
        fputc('"', stream);
    }
    fputs("]}", stream);
}

/* The page of a run is the same whenever, wherever and however fast it was made. */
static pc_status put_run(FILE *stream, json_t *run)
{
    static const char *const varies[] = {"command", "outputs", "output_sha256", "timings_seconds",
                                         "peak_memory_bytes"};
    json_t *copy;
    char *text;

    errno = 0;
    copy = run == NULL ? json_object() : json_copy(run);

    for (size_t v = 0; v < sizeof varies / sizeof varies[0]; v++) {
        json_object_del(copy, varies[v]);
    }
    text = json_dumps(copy, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(copy);
    if (text == NULL || errno == ENOMEM) { /* jansson may leave out a part and say nothing */
        free(text);
        return PC_ERR_NO_MEMORY;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '<' || *c == '>' || *c == '&') { /* these stand in strings only */
            put_json_char(stream, *c);
        } else {
            fputc(*c, stream);
        }
    }
    free(text);
    return PC_OK;
}

pc_status page_data_write(const result_folder *results, FILE *stream)
{
    pc_status status;
    bool any = false;

    fputs("{\"run\":", stream);
    status = put_run(stream, results->run);
    if (status == PC_OK && result_has(results, RESULT_SENSITIVITY)) {
        fputs(",\n\"sensitivity\":", stream);
        status = put_run(stream, results->sensitivity);
    }
    fputs(",\n\"tables\":{", stream);
    for (int file = 0; file < RESULT_N_FILE; file++) {
        if (result_has(results, (result_file)file)) {
            fputs(any ? ",\n" : "\n", stream);
            put_table(stream, results, (result_file)file);
            any = true;
        }
    }
    fputs("}}", stream);
    return status;
}
