/* sensitivity_summary.c - what moves the results, as a table, as text and as JSON. */
#include <math.h>

#include "base/number_text.h"
#include "base/out_file.h"
#include "placecast/sensitivity.h"
#include "placecast/version.h"
#include "report/json_parts.h"
#include "report/say.h"

static const struct {
    const char *name, *words;
    int unit;
} known[PC_N_SENSITIVITY] = {
#define SENSITIVITY_ROW(name, text, words, unit) {text, words, unit},
    PC_SENSITIVITY_LIST(SENSITIVITY_ROW)
#undef SENSITIVITY_ROW
};

/* ---- sensitivity.csv ---- */

static void put(FILE *stream, double value, int decimals)
{
    fputc(',', stream);
    pc_out_number(stream, value, decimals);
}

static void put_row(const pc_sensitivity *self, const pc_sensitivity_result *result,
                    const pc_sensitivity_row *row, FILE *stream)
{
    const double index[] = {row->index.first, row->index.first_low, row->index.first_high,
                            row->index.total, row->index.total_low, row->index.total_high};
    int decimals = known[result->measure].unit == 1 ? 2 : 4;

    fprintf(stream, "%s,", known[result->measure].name);
    pc_out_text(stream, self->factor[row->factor]);
    fputc(',', stream);
    pc_out_text(stream, row->low);
    fputc(',', stream);
    pc_out_text(stream, row->high);
    put(stream, row->at_low, decimals);
    put(stream, result->middle, decimals);
    put(stream, row->at_high, decimals);
    put(stream, row->width, decimals);
    for (size_t at = 0; at < sizeof index / sizeof index[0]; at++) {
        put(stream, index[at], 4);
    }
    fputc('\n', stream);
}

/* What the table is of: sensitivity.json. */
static json_t *about_json(const pc_sensitivity *self, int *failed)
{
    json_t *root = json_object();

    report_json_set(root, "placecast", json_string(PC_VERSION), failed);
    report_json_set(root, "sweep", report_json_text(self->sweep), failed);
    report_json_set(root, "end", report_json_day(self->end), failed);
    report_json_set(root, "runs", json_integer((json_int_t)self->n_run), failed);
    report_json_set(root, "points", json_integer((json_int_t)self->points), failed);
    report_json_set(root, "replicates", json_integer((json_int_t)self->replicates), failed);
    if (self->round_to >= 2) {
        report_json_set(root, "rounded_to", json_integer(self->round_to), failed);
    }
    return root;
}

static pc_status write_about(const pc_sensitivity *self, const char *folder, pc_diagnostics *diagnostics)
{
    int failed = 0;
    json_t *root = about_json(self, &failed);

    return report_json_file(root, failed, folder, "sensitivity.json", diagnostics);
}

pc_status pc_sensitivity_write(const pc_sensitivity *self, const char *folder, pc_diagnostics *diagnostics)
{
    pc_out_file file = {0};
    pc_status status = pc_make_folder(folder, diagnostics);

    status = status != PC_OK ? status : pc_out_open(&file, folder, "sensitivity.csv", 0644, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    fputs("result,factor,low_value,high_value,at_low,at_middle,at_high,width,first,first_low,first_high,"
          "total,total_low,total_high\n",
          file.stream);
    for (size_t r = 0; r < self->n_result; r++) {
        for (size_t f = 0; f < self->n_factor; f++) {
            put_row(self, &self->result[r], &self->result[r].row[f], file.stream);
        }
    }
    status = pc_out_commit(&file, diagnostics);
    return status == PC_OK ? write_about(self, folder, diagnostics) : status;
}

/* ---- on the screen ---- */

static char *figure(const pc_sensitivity_result *result, double value, char text[SAY_SIZE])
{
    char number[PC_NUMBER_TEXT_SIZE];

    if (known[result->measure].unit == 1 || isnan(value)) {
        return say_money(value, text);
    }
    snprintf(text, SAY_SIZE, "%s", pc_number_format(value, known[result->measure].unit == 2 ? 3 : 1, number));
    return text;
}

static void say_share(const say_page *page, double share)
{
    char text[PC_NUMBER_TEXT_SIZE];

    fputc(' ', page->stream);
    say_right(page, isnan(share) ? "" : pc_number_format(share, 2, text), 5);
}

static void say_row(const pc_sensitivity *self, const pc_sensitivity_result *result,
                    const pc_sensitivity_row *row, const say_page *page)
{
    const double value[] = {row->at_low, row->at_high, row->width};
    char text[SAY_SIZE];

    fputs("  ", page->stream);
    say_label(page, self->factor[row->factor], 16);
    fputc(' ', page->stream);
    say_right(page, row->low, 9);
    fputc(' ', page->stream);
    say_right(page, row->high, 9);
    for (size_t at = 0; at < sizeof value / sizeof value[0]; at++) {
        fputc(' ', page->stream);
        say_right(page, figure(result, value[at], text), 8);
    }
    if (self->points > 0) {
        say_share(page, row->index.first);
        say_share(page, row->index.total);
    }
    say_newline(page);
}

static void say_result(const pc_sensitivity *self, const pc_sensitivity_result *result, const say_page *page)
{
    char text[SAY_SIZE];

    fprintf(page->stream, "\n%s: %s in the middle\n", known[result->measure].words,
            figure(result, result->middle, text));
    fprintf(page->stream, "  %-16s %9s %9s %8s %8s %8s%s\n", "factor", "low", "high", "at low", "at high",
            "width", self->points > 0 ? " first total" : "");
    for (size_t f = 0; f < self->n_factor; f++) {
        say_row(self, result, &result->row[f], page);
    }
}

/* Half of the widest interval of a total index: what the last digits are worth. */
static double widest(const pc_sensitivity *self)
{
    double most = 0;

    for (size_t r = 0; r < self->n_result; r++) {
        for (size_t f = 0; f < self->n_factor; f++) {
            const pc_sobol_index *index = &self->result[r].row[f].index;

            most = fmax(most,
                        fmax(index->first_high - index->first_low, index->total_high - index->total_low) / 2);
        }
    }
    return most;
}

void pc_sensitivity_summary(const pc_sensitivity *self, const char *folder, FILE *stream)
{
    const pc_look plain = {0};
    const say_page page = say_page_of(&plain, stream);
    char text[SAY_SIZE], number[PC_NUMBER_TEXT_SIZE];

    say_words(&page, "Sensitivity  ", "%s, to %s", self->sweep, say_day(self->end, text));
    fprintf(stream, "Runs         %s", say_count((double)self->n_run, text));
    if (self->replicates > 0) {
        fprintf(stream, " of %s simulated futures", say_count(self->replicates, text));
    } else {
        fputs(" of expected values", stream);
    }
    fprintf(stream, ", the same in each\n             %s of one factor at a time",
            say_count((double)self->n_single, text));
    if (self->points > 0) {
        fprintf(stream, ", %s of %zu range%s together (%d points)",
                say_count((double)(self->n_run - self->n_single), text), self->n_range,
                self->n_range == 1 ? "" : "s", self->points);
    }
    fputc('\n', stream);
    for (size_t r = 0; r < self->n_result; r++) {
        say_result(self, &self->result[r], &page);
    }
    fputc('\n', stream);
    if (self->points > 0) {
        say_words(&page, "",
                  "first: the share of the variance of all ranges that goes with this one alone; total: with "
                  "those it acts together with. Their 95%% intervals are in the table, here up to +-%s; more "
                  "--points narrow them.",
                  pc_number_format(widest(self), 2, number));
    }
    if (self->round_to >= 2) {
        say_words(&page, "Rounded      ", SAY_ROUNDED, self->round_to);
    }
    say_words(
        &page, "",
        "Written to %s: sensitivity.csv, sensitivity.json, datapackage.json, report.html, workbook.xlsx",
        folder);
}

/* ---- JSON ---- */

static json_t *row_json(const pc_sensitivity *self, const pc_sensitivity_row *row)
{
    json_t *object = json_object();
    int failed = 0;

    report_json_set(object, "factor", report_json_text(self->factor[row->factor]), &failed);
    report_json_set(object, "low_value", report_json_text(row->low), &failed);
    report_json_set(object, "high_value", report_json_text(row->high), &failed);
    report_json_set(object, "at_low", report_json_number(row->at_low), &failed);
    report_json_set(object, "at_high", report_json_number(row->at_high), &failed);
    report_json_set(object, "width", report_json_number(row->width), &failed);
    report_json_set(object, "first", report_json_number(row->index.first), &failed);
    report_json_set(object, "first_low", report_json_number(row->index.first_low), &failed);
    report_json_set(object, "first_high", report_json_number(row->index.first_high), &failed);
    report_json_set(object, "total", report_json_number(row->index.total), &failed);
    report_json_set(object, "total_low", report_json_number(row->index.total_low), &failed);
    report_json_set(object, "total_high", report_json_number(row->index.total_high), &failed);
    if (failed) {
        json_decref(object);
    }
    return failed ? NULL : object;
}

static json_t *result_json(const pc_sensitivity *self, const pc_sensitivity_result *result)
{
    json_t *object = json_object(), *rows = json_array();
    int failed = 0;

    for (size_t f = 0; f < self->n_factor; f++) {
        report_json_append(rows, row_json(self, &result->row[f]), &failed);
    }
    report_json_set(object, "result", json_string(known[result->measure].name), &failed);
    report_json_set(object, "at_middle", report_json_number(result->middle), &failed);
    report_json_set(object, "factors", rows, &failed);
    if (failed) {
        json_decref(object);
    }
    return failed ? NULL : object;
}

pc_status pc_sensitivity_summary_json(const pc_sensitivity *self, const char *folder, FILE *stream)
{
    static const char *const output[] = {"sensitivity.csv", "sensitivity.json", "datapackage.json",
                                         "report.html", "workbook.xlsx"};
    json_t *root = json_object(), *results = json_array();
    int failed = 0;

    for (size_t r = 0; r < self->n_result; r++) {
        report_json_append(results, result_json(self, &self->result[r]), &failed);
    }
    report_json_set(root, "verb", json_string("sensitivity"), &failed);
    report_json_set(root, "sweep", report_json_text(self->sweep), &failed);
    report_json_set(root, "end", report_json_day(self->end), &failed);
    report_json_set(root, "runs", json_integer((json_int_t)self->n_run), &failed);
    report_json_set(root, "points", json_integer((json_int_t)self->points), &failed);
    report_json_set(root, "replicates", json_integer((json_int_t)self->replicates), &failed);
    if (self->round_to >= 2) {
        report_json_set(root, "rounded_to", json_integer(self->round_to), &failed);
    }
    report_json_set(root, "results", results, &failed);
    report_json_set(root, "folder", report_json_text(folder), &failed);
    report_json_set(root, "outputs", report_json_texts(output, sizeof output / sizeof output[0]), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}
