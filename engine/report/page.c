/* page.c - report.html: the template of page/ with the words and data of a run put in. */
#include <string.h>

#include "base/embedded.h"
#include "base/out_file.h"
#include "report/describe.h"
#include "report/page.h"

void page_html_text(FILE *stream, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", stream);
            break;
        case '<':
            fputs("&lt;", stream);
            break;
        case '>':
            fputs("&gt;", stream);
            break;
        case '"':
            fputs("&quot;", stream);
            break;
        case '\'':
            fputs("&#39;", stream);
            break;
        default:
            fputc(*text, stream);
        }
    }
}

static pc_status put_file(FILE *stream, const char *path)
{
    const pc_embedded_file *file = pc_embedded_find(path);

    if (file == NULL) {
        return PC_ERR_INTERNAL;
    }
    fwrite(file->bytes, 1, file->size, stream);
    return PC_OK;
}

static pc_status put_script(FILE *stream)
{
    static const char *const part[] = {"data.js",        "words.js",  "tables.js", "charts.js",
                                       "sections.js",    "places.js", "more.js",   "money.js",
                                       "sensitivity.js", "invest.js", "start.js"};
    pc_status status = PC_OK;

    for (size_t p = 0; status == PC_OK && p < sizeof part / sizeof part[0]; p++) {
        char path[64];

        snprintf(path, sizeof path, "engine/report/page/%s", part[p]);
        status = put_file(stream, path);
    }
    return status;
}

static pc_status put_headline(FILE *stream, const result_folder *results)
{
    page_words words;
    pc_status status = page_words_make(results, &words);

    for (size_t s = 0; status == PC_OK && s < words.n; s++) {
        fputs(s == 0 ? "<p class=\"first\">" : "<p>", stream);
        page_html_text(stream, words.sentence[s]);
        fputs("</p>\n", stream);
    }
    page_words_free(&words);
    return status;
}

/* "Base", or "Base and 2 other scenarios". */
static void put_title(FILE *stream, const result_folder *results)
{
    result_file file = result_has(results, RESULT_ANNUAL) ? RESULT_ANNUAL : RESULT_FORECAST;
    const result_table *table = &results->table[file];
    int column = result_column(table, "scenario");
    size_t others = 0;

    if (table->n_row == 0) { /* of a sensitivity analysis alone */
        page_html_text(stream, result_sensitivity_text(results, "sweep"));
        return;
    }
    for (size_t row = 1; row < table->n_row; row++) { /* rows are ordered by scenario */
        others += strcmp(result_text(table, row, column), result_text(table, row - 1, column)) != 0;
    }
    page_html_text(stream, result_text(table, 0, column));
    if (others > 0) {
        fprintf(stream, " and %zu other scenario%s", others, others == 1 ? "" : "s");
    }
}

static pc_status put_part(FILE *stream, const char *name, size_t length, const result_folder *results)
{
    static const char *const known[] = {"title", "style", "headline", "data", "library", "script"};
    size_t part = 0;

    while (part < 6 && (strlen(known[part]) != length || strncmp(known[part], name, length) != 0)) {
        part++;
    }
    switch (part) {
    case 0:
        put_title(stream, results);
        return PC_OK;
    case 1:
        return put_file(stream, "engine/report/page/page.css");
    case 2:
        return put_headline(stream, results);
    case 3:
        return page_data_write(results, stream);
    case 4:
        return put_file(stream, "chart.js");
    case 5:
        return put_script(stream);
    default:
        return PC_ERR_INTERNAL;
    }
}

/* {{name}} stands for a part. */
static pc_status put_page(FILE *stream, const result_folder *results)
{
    const pc_embedded_file *template = pc_embedded_find("engine/report/page/page.html");
    const char *at = template == NULL ? NULL : (const char *)template->bytes;
    pc_status status = at == NULL ? PC_ERR_INTERNAL : PC_OK;

    while (status == PC_OK) {
        const char *open = strstr(at, "{{"), *close = open == NULL ? NULL : strstr(open, "}}");

        if (close == NULL) {
            fputs(at, stream);
            break;
        }
        fwrite(at, 1, (size_t)(open - at), stream);
        status = put_part(stream, open + 2, (size_t)(close - open) - 2, results);
        at = close + 2;
    }
    return status;
}

pc_status page_write(const result_folder *results, pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, results->path, "report.html", 0644, diagnostics);

    if (status == PC_OK) {
        status = put_page(file.stream, results);
        if (status == PC_OK) {
            status = pc_out_commit(&file, diagnostics);
        } else {
            pc_out_abandon(&file);
        }
    }
    return status;
}
