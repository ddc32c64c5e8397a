/* summary_children.c - the table of children of a run's summary: now and at the end of each year by category,
 * and how they move between. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/summary_parts.h"

enum { P90 = 6, LABEL_MOST = 26, MOST_YEARS = 8, SPARK_LEAST = 5, SPARK_MOST = 12 };

static const pc_statistics *annual(const pc_forecast *forecast, size_t category, size_t year)
{
    return pc_forecast_annual(forecast, forecast->n_la - 1, PC_MEASURE_CHILDREN, category, year);
}

static double now(const pc_forecast *forecast, size_t category)
{
    return (double)forecast->children_now[(forecast->n_la - 1) * (forecast->n_category + 1) + category];
}

/* A category that is empty now and stays so has no line. */
static bool worth_a_line(const pc_forecast *forecast, size_t category)
{
    bool any = category == forecast->n_category || now(forecast, category) > 0;

    for (size_t year = 0; year < forecast->n_year && !any; year++) {
        const pc_statistics *value = annual(forecast, category, year);

        any = value->mean >= 0.5 || value->quantile[P90] >= 0.5;
    }
    return any;
}

static const char *label_of(const pc_forecast *forecast, size_t category)
{
    return category < forecast->n_category ? forecast->category_label[category] : "All children";
}

/* How dates are written at the heads of columns: the shorter, the more columns there is room for. */
typedef enum head_form { HEAD_DAY, HEAD_MONTH, HEAD_NOW } head_form;

static char *head(pc_day day, head_form form, bool is_now, char text[SAY_SIZE])
{
    if (form == HEAD_NOW && is_now) {
        snprintf(text, SAY_SIZE, "now");
    } else if (form == HEAD_DAY) {
        say_day_short(day, text);
    } else {
        char whole[SAY_SIZE];

        snprintf(text, SAY_SIZE, "%s", strchr(say_day_short(day, whole), ' ') + 1);
    }
    return text;
}

/* How wide the columns are, and which years have one. */
typedef struct layout {
    head_form form;
    size_t label, now, cell, spark;
    size_t n, year[MOST_YEARS];
} layout;

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The first years that fit, and always the last, with `gap` blanks between columns. */
static layout lay_out(const pc_forecast *forecast, const say_page *page, head_form form, size_t gap)
{
    char text[3 * SAY_SIZE];
    layout out = {.form = form};
    size_t left;

    for (size_t category = 0; category <= forecast->n_category; category++) {
        if (worth_a_line(forecast, category)) {
            out.label = larger(out.label, say_columns(label_of(forecast, category)));
        }
        out.now = larger(out.now, say_columns(say_count(now(forecast, category), text)));
        for (size_t year = 0; year < forecast->n_year; year++) {
            out.cell = larger(out.cell,
                              say_columns(summary_range(annual(forecast, category, year), say_count, text)));
        }
    }
    out.now = larger(out.now, form == HEAD_DAY ? 11 : form == HEAD_MONTH ? 8 : 3) + gap;
    out.cell = larger(out.cell, form == HEAD_DAY ? 11 : 8) + gap;
    out.label = out.label < LABEL_MOST ? out.label : LABEL_MOST;
    left = page->width > out.now + out.cell ? page->width - out.now - out.cell : 0;
    out.label = out.label < left ? out.label : left;
    out.n = (page->width - out.label - out.now) / out.cell;
    out.n = out.n < 1 ? 1 : out.n < MOST_YEARS ? out.n : MOST_YEARS;
    out.n = out.n < forecast->n_year ? out.n : forecast->n_year;
    for (size_t c = 0; c < out.n; c++) {
        out.year[c] = c + 1 < out.n ? c : forecast->n_year - 1;
    }
    left = out.label + out.now + out.n * out.cell;
    left = page->sparks && left < page->width ? page->width - left - 1 : 0;
    out.spark = left < SPARK_LEAST ? 0 : left < SPARK_MOST ? left : SPARK_MOST;
    return out;
}

/* Whole dates, wide apart, if every year fits and the small charts do; else nearer, else shorter. */
static layout choose(const pc_forecast *forecast, const say_page *page)
{
    static const struct {
        head_form form;
        size_t gap;
    } each[] = {{HEAD_DAY, 2}, {HEAD_DAY, 1}, {HEAD_MONTH, 1}, {HEAD_NOW, 1}};
    layout best = {0};

    for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
        layout out = lay_out(forecast, page, each[e].form, each[e].gap);
        bool more_years = out.n > best.n, first_spark = out.n == best.n && out.spark > 0 && best.spark == 0;

        if (e == 0 || more_years || first_spark || (out.n == best.n && out.label > best.label)) {
            best = out;
        }
    }
    return best;
}

static void spark(const pc_forecast *forecast, size_t category, size_t columns, const say_page *page)
{
    double *mean = pc_new_zero(forecast->n_month, sizeof *mean);
    char text[3 * SAY_SPARK_MOST + 1];

    for (size_t m = 0; mean != NULL && m < forecast->n_month; m++) {
        mean[m] = pc_forecast_monthly(forecast, forecast->n_la - 1, PC_MEASURE_CHILDREN, category, m)->mean;
    }
    if (mean != NULL) { /* a summary never fails */
        say_ink_begin(page, SAY_QUIET);
        fprintf(page->stream, " %s", say_spark(mean, forecast->n_month, columns, text));
        say_ink_end(page);
    }
    free(mean);
}

static void row(const pc_forecast *forecast, size_t category, const layout *out, const say_page *page)
{
    char text[3 * SAY_SIZE];

    say_label(page, label_of(forecast, category), out->label);
    say_right(page, say_count(now(forecast, category), text), out->now);
    for (size_t c = 0; c < out->n; c++) {
        say_right(page, summary_range(annual(forecast, category, out->year[c]), say_count, text), out->cell);
    }
}

void summary_children(const pc_forecast *forecast, pc_day extract, const say_page *page)
{
    layout out = choose(forecast, page);
    char text[SAY_SIZE];

    say_ink_begin(page, SAY_STRONG);
    say_left(page, "Children", out.label);
    say_right(page, head(extract, out.form, true, text), out.now);
    for (size_t c = 0; c < out.n; c++) {
        say_right(page, head(summary_year_end(forecast, out.year[c]), out.form, false, text), out.cell);
    }
    say_ink_end(page);
    say_newline(page);
    for (size_t category = 0; category <= forecast->n_category; category++) {
        bool total = category == forecast->n_category;

        if (!worth_a_line(forecast, category)) {
            continue;
        }
        if (total) {
            say_ink_begin(page, SAY_STRONG);
        }
        row(forecast, category, &out, page);
        if (total) {
            say_ink_end(page);
        }
        if (out.spark > 0) {
            spark(forecast, category, out.spark, page);
        }
        say_newline(page);
    }
    if (out.n < forecast->n_year) {
        say_paragraph(page, "", "The years between are in annual.csv.");
    }
}
