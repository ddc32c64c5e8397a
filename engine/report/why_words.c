#include "report/why_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/json_parts.h"
#include "report/say.h"

enum { NAMED_MOST = 3, KINDS_MOST = 2 }; /* the largest first */

/* Rows [first, end) of one change. */
typedef struct span {
    size_t first, end;
} span;

static span span_at(const pc_why *why, size_t first)
{
    const pc_why_row *begin = &why->row[first];
    span self = {first, first};

    while (self.end < why->n && why->row[self.end].year == begin->year &&
           why->row[self.end].layer == begin->layer && strcmp(why->row[self.end].from, begin->from) == 0 &&
           strcmp(why->row[self.end].to, begin->to) == 0) {
        self.end++;
    }
    return self;
}

static int64_t sum_of(const pc_why *why, span of)
{
    int64_t sum = 0;

    for (size_t at = of.first; at < of.end; at++) {
        sum += why->row[at].pence;
    }
    return sum;
}

static const char *in_words(const pc_why_row *row)
{
    static const struct {
        const char *driver, *words;
    } known[] = {{"days_covered", "days covered"},
                 {"children_at_start", "children at the start of the year"},
                 {"length_of_stay", "length of stay"},
                 {"child_years", "children"},
                 {"age", "ages"},
                 {"category", "placements"},
                 {"price", "prices"},
                 {"not_by_child", "paid for no child's days"},
                 {"other", "other settings"}};

    for (size_t at = 0; strcmp(row->kind, "prevent") != 0 && at < sizeof known / sizeof known[0]; at++) {
        if (strcmp(row->driver, known[at].driver) == 0) {
            return known[at].words;
        }
    }
    return row->driver;
}

static void add(char **text, const char *separator, const char *words)
{
    char *longer = *text == NULL ? NULL : pc_format_text("%s%s%s", *text, separator, words);

    free(*text);
    *text = longer;
}

static void add_amount(char **text, const char *separator, const char *words, int64_t pence)
{
    char amount[SAY_SIZE], *phrase = pc_format_text("%s %s%s", words, pence < 0 ? "-" : "+",
                                                    say_money(fabs((double)pence / 100.0), amount));

    add(text, separator, phrase == NULL ? "" : phrase);
    free(phrase);
}

/* The row that is the n-th largest in size, the first of equals first. */
static size_t largest(const pc_why *why, span of, size_t n)
{
    size_t found = of.end;

    for (size_t at = of.first; at < of.end; at++) {
        int64_t size = llabs(why->row[at].pence);
        size_t before = 0;

        for (size_t other = of.first; other < of.end; other++) {
            int64_t than = llabs(why->row[other].pence);

            before += than > size || (than == size && other < at);
        }
        found = before == n ? at : found;
    }
    return found;
}

/* The drivers of one change, the largest first, as far as they cost a pound. */
static void add_drivers(char **text, const pc_why *why, span of, size_t most)
{
    int64_t left = sum_of(why, of);
    const char *separator = ": ";

    for (size_t n = 0; n < of.end - of.first; n++) {
        const pc_why_row *row = &why->row[largest(why, of, n)];

        if (n == most || llabs(row->pence) < 100) {
            break;
        }
        add_amount(text, separator, in_words(row), row->pence);
        left -= row->pence;
        separator = ", ";
    }
    if (llabs(left) >= 100) {
        add_amount(text, separator, "others", left);
    }
}

static void say_change(const pc_why *why, span of, char *begin, size_t most, const say_page *page)
{
    char *text = begin, amount[SAY_SIZE];
    int64_t change = sum_of(why, of);

    add(&text, " ", say_money(fabs((double)change / 100.0), amount));
    add(&text, " ", change < 0 ? "less" : "more");
    add_drivers(&text, why, of, most);
    if (text != NULL) {
        say_paragraph(page, "Why       ", text);
    }
    free(text);
}

/* The rows of one kind as one: the four factors, and what is for no child's days. */
static size_t add_up_kinds(const pc_why *why, span of, pc_why_row kind[])
{
    size_t n = 0;

    for (size_t at = of.first; at < of.end; at++) {
        if (n == 0 || strcmp(kind[n - 1].kind, why->row[at].kind) != 0) {
            kind[n] = why->row[at];
            kind[n].driver = why->row[at].kind;
            kind[n++].pence = 0;
        }
        kind[n - 1].pence += why->row[at].pence;
    }
    return n;
}

void summary_why_years(const pc_forecast *forecast, const say_page *page)
{
    const pc_why *why = &forecast->why;
    pc_why_row kind[PC_N_WHY_DRIVER];
    pc_why kinds = {.row = kind};
    span of = {0, 0}, chosen = {0, 0};
    size_t year = 1;

    for (size_t first = 0; first < why->n; first = of.end, year++) {
        bool whole = year < forecast->n_year && forecast->year[year].months == 12 &&
                     forecast->year[year - 1].months == 12;

        of = span_at(why, first);
        chosen = whole || chosen.end == 0 ? of : chosen;
    }
    kinds.n = add_up_kinds(why, chosen, kind);
    if (kinds.n > 0) {
        say_change(&kinds, (span){0, kinds.n}, pc_format_text("%s:", kind[0].to), KINDS_MOST, page);
    }
}

/* By cause where that is known, which says what to do; else by what the bill is made of. */
static void say_pair(const pc_why *why, const char *to, int year, const say_page *page)
{
    bool causes = false;
    span of;

    for (size_t at = 0; at < why->n; at++) {
        causes |= why->row[at].layer == PC_WHY_CAUSES && why->row[at].year == year &&
                  strcmp(why->row[at].to, to) == 0;
    }

    for (size_t first = 0; first < why->n; first = of.end) {
        char text[PC_DAY_TEXT_SIZE];

        of = span_at(why, first);
        if (why->row[first].year == year && strcmp(why->row[first].to, to) == 0 &&
            (why->row[first].layer == PC_WHY_CAUSES) == causes) {
            say_change(why, of,
                       pc_format_text("%s, %s, by %s:", to, pc_financial_year_format(year, text),
                                      why->row[first].layer == PC_WHY_CAUSES
                                          ? "cause"
                                          : "children, ages, placements and prices"),
                       NAMED_MOST, page);
        }
    }
}

void summary_why_pairs(const pc_comparison *comparison, const say_page *page)
{
    const pc_forecast *reference = &comparison->forecast[0];

    for (size_t at = 1; at < comparison->n && reference->n_year > 0; at++) {
        say_pair(&comparison->why, comparison->forecast[at].scenario,
                 reference->year[reference->n_year - 1].year, page);
    }
}

json_t *report_json_why(const pc_why *why)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t at = 0; at < why->n; at++) {
        const pc_why_row *row = &why->row[at];
        json_t *one = json_object();
        char year[PC_DAY_TEXT_SIZE];

        report_json_set(one, "from", report_json_text(row->from), &failed);
        report_json_set(one, "to", report_json_text(row->to), &failed);
        report_json_set(one, "year", json_string(pc_financial_year_format(row->year, year)), &failed);
        report_json_set(one, "layer", json_string(pc_why_layer_name(row->layer)), &failed);
        report_json_set(one, "driver", report_json_text(row->driver), &failed);
        report_json_set(one, "kind", json_string(row->kind), &failed);
        report_json_set(one, "contribution_gbp", report_json_number((double)row->pence / 100.0), &failed);
        report_json_append(array, one, &failed);
    }
    if (failed) {
        json_decref(array);
        return NULL;
    }
    return array;
}
