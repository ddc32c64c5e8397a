/* page_words.c - the headline of report.html, for people who read one paragraph: numbers as they would be
 * said, none without its range where it has one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/page.h"
#include "report/say.h"

enum { MOST_YEARS = 12, MOST_CATEGORIES = 64 };

typedef char *(*say_function)(double value, char text[SAY_SIZE]);

typedef struct figure {
    double mean, low, high; /* p10 and p90; NaN when not known */
} figure;

void page_words_free(page_words *self)
{
    for (size_t s = 0; s < self->n; s++) {
        free(self->sentence[s]);
    }
    free(self->sentence);
    memset(self, 0, sizeof *self);
}

/* Takes `sentence`, which may be NULL: out of memory. */
static pc_status add(page_words *self, char *sentence)
{
    pc_status status = sentence == NULL
                           ? PC_ERR_NO_MEMORY
                           : pc_grow(&self->sentence, &self->capacity, self->n + 1, sizeof *self->sentence);

    if (status == PC_OK) {
        self->sentence[self->n++] = sentence;
    } else {
        free(sentence);
    }
    return status;
}

char *page_label(const result_folder *results, const char *category)
{
    const json_t *list = json_object_get(results->run, "categories");
    char *label;

    for (size_t c = 0; c < json_array_size(list); c++) {
        const json_t *one = json_array_get(list, c);
        const char *name = json_string_value(json_object_get(one, "name"));
        const char *text = json_string_value(json_object_get(one, "label"));

        if (name != NULL && text != NULL && strcmp(name, category) == 0) {
            return pc_copy_text(text);
        }
    }
    label = pc_copy_text(category);
    for (char *c = label; c != NULL && *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return label;
}

static figure figure_of(const result_table *table, size_t row)
{
    figure out = {NAN, NAN, NAN};

    (void)result_number(table, row, result_column(table, "mean"), &out.mean);
    (void)result_number(table, row, result_column(table, "p10"), &out.low);
    (void)result_number(table, row, result_column(table, "p90"), &out.high);
    return out;
}

static bool is_row(const result_table *table, size_t row, const char *scenario, const char *measure,
                   const char *category)
{
    int la = result_column(table, "la");
    const char *authority = page_authority(table);

    return strcmp(result_text(table, row, result_column(table, "scenario")), scenario) == 0 &&
           strcmp(result_text(table, row, result_column(table, "measure")), measure) == 0 &&
           strcmp(result_text(table, row, result_column(table, "category")), category) == 0 &&
           (authority == NULL || strcmp(result_text(table, row, la), authority) == 0);
}

/* "; in 8 of 10 simulated futures between 58 and 68", or nothing. */
static void range_words(figure value, say_function say, char text[3 * SAY_SIZE])
{
    char low[SAY_SIZE], high[SAY_SIZE];

    text[0] = '\0';
    if (isfinite(value.low) && isfinite(value.high)) {
        snprintf(text, 3 * SAY_SIZE, "; in 8 of 10 simulated futures between %s and %s", say(value.low, low),
                 say(value.high, high));
    }
}

static const char *day_words(const char *iso, char text[SAY_SIZE])
{
    pc_day day;

    if (pc_day_parse(iso, strlen(iso), &day)) {
        return say_day(day, text);
    }
    snprintf(text, SAY_SIZE, "%s", iso);
    return text;
}

/* The newest count of tieout.csv: how many there were. "" when there is none. */
static void now_words(const result_folder *results, char text[3 * SAY_SIZE])
{
    const result_table *table = &results->table[RESULT_TIEOUT];
    const char *newest = "";
    char number[SAY_SIZE], day[SAY_SIZE];

    text[0] = '\0';
    for (size_t row = 0; row < table->n_row; row++) {
        const char *date = result_text(table, row, result_column(table, "date"));
        double count;

        if (strcmp(result_text(table, row, result_column(table, "category")), "all") == 0 &&
            strcmp(result_text(table, row, result_column(table, "age_band")), "all") == 0 &&
            strcmp(date, newest) >= 0 && result_number(table, row, result_column(table, "engine"), &count)) {
            newest = date;
            snprintf(text, 3 * SAY_SIZE, " On %s there were %s.", day_words(date, day),
                     say_count(count, number));
        }
    }
}

/* "In scenario “Base”, o" when there are others, else "O": how the first sentence begins. */
static char *opening(const result_folder *results, const char *scenario)
{
    const result_table *table = &results->table[RESULT_FORECAST];
    bool several =
        table->n_row > 0 &&
        strcmp(result_text(table, table->n_row - 1, result_column(table, "scenario")), scenario) != 0;

    return several ? pc_format_text("In scenario \u201c%s\u201d, o", scenario) : pc_copy_text("O");
}

static pc_status add_children(page_words *self, const result_folder *results, const char *scenario)
{
    const result_table *table = &results->table[RESULT_FORECAST];
    const char *date = NULL;
    figure value = {NAN, NAN, NAN};
    char day[SAY_SIZE], number[SAY_SIZE], range[3 * SAY_SIZE], now[3 * SAY_SIZE];
    char *begin;
    pc_status status;

    for (size_t row = 0; row < table->n_row; row++) {
        if (is_row(table, row, scenario, "children", "all")) {
            date = result_text(table, row, result_column(table, "date"));
            value = figure_of(table, row);
        }
    }
    if (date == NULL) {
        return PC_OK;
    }
    range_words(value, say_count, range);
    now_words(results, now);
    begin = opening(results, scenario);
    status = begin == NULL
                 ? PC_ERR_NO_MEMORY
                 : add(self, pc_format_text("%sn %s about %s children are expected to be in care%s.%s", begin,
                                            day_words(date, day), say_count(value.mean, number), range, now));
    free(begin);
    return status;
}

/* "£6.2m under" */
static void over_or_under(double gap, char text[2 * SAY_SIZE])
{
    char money[SAY_SIZE];

    snprintf(text, 2 * SAY_SIZE, "%s %s", say_money(fabs(gap), money), gap >= 0 ? "over" : "under");
}

/* Of the outturn where there is one, else of the bill; its row, or that of the bill. */
static size_t outturn_row(const result_table *table, size_t bill)
{
    const char *year = result_text(table, bill, result_column(table, "year"));
    const char *scenario = result_text(table, bill, result_column(table, "scenario"));

    for (size_t row = 0; row < table->n_row; row++) {
        if (is_row(table, row, scenario, "outturn_gbp", "all") &&
            strcmp(result_text(table, row, result_column(table, "year")), year) == 0) {
            return row;
        }
    }
    return bill;
}

/* " That is £1.2m over the budget of £60.0m (in 8 of 10 simulated futures between £1.0m under and £3.1m
 * over); spending passes the budget in 83 of 100 simulated futures." */
static char *budget_words(const result_table *table, size_t bill)
{
    size_t row = outturn_row(table, bill);
    figure value = figure_of(table, row);
    double budget, gap, over, other;
    char text[2][2 * SAY_SIZE], range[6 * SAY_SIZE] = "", chance[2 * SAY_SIZE] = "", number[SAY_SIZE];
    char budget_text[SAY_SIZE], spending[3 * SAY_SIZE] = " That";

    if (!result_number(table, row, result_column(table, "budget_gbp"), &budget) ||
        !result_number(table, row, result_column(table, "gap_gbp"), &gap)) {
        return pc_copy_text("");
    }
    if (result_number(table, row, result_column(table, "p_over_budget"), &over)) {
        snprintf(chance, sizeof chance, "; spending passes the budget in %s of 100 simulated futures",
                 say_count(100 * over, number));
    }
    other = gap - (value.mean - budget); /* what is spent besides, where the bill is all that is known */
    if (value.low < value.high) {
        over_or_under(value.low + other - budget, text[0]);
        over_or_under(value.high + other - budget, text[1]);
        snprintf(range, sizeof range, " (in 8 of 10 simulated futures between %s and %s)", text[0], text[1]);
    }
    if (fabs(gap - (figure_of(table, bill).mean - budget)) > 1) {
        snprintf(spending, sizeof spending, " By the lines of the budget spending is %s, which",
                 say_money(gap + budget, number));
    }
    over_or_under(gap, text[0]);
    return pc_format_text("%s is %s the budget of %s%s%s.", spending, text[0], say_money(budget, budget_text),
                          range, chance);
}

static pc_status add_bill(page_words *self, const result_table *table, size_t row)
{
    const char *months = result_text(table, row, result_column(table, "months"));
    figure value = figure_of(table, row);
    char number[SAY_SIZE], range[3 * SAY_SIZE], part[SAY_SIZE] = "";
    char *budget = budget_words(table, row);
    pc_status status;

    if (strcmp(months, "12") != 0) {
        snprintf(part, sizeof part, " (%s month%s of it)", months, strcmp(months, "1") == 0 ? "" : "s");
    }
    range_words(value, say_money, range);
    status = budget == NULL ? PC_ERR_NO_MEMORY
                            : add(self, pc_format_text("The placement bill for %s%s is forecast at %s%s.%s",
                                                       result_text(table, row, result_column(table, "year")),
                                                       part, say_money(value.mean, number), range, budget));
    free(budget);
    return status;
}

static pc_status add_bills(page_words *self, const result_folder *results, const char *scenario)
{
    const result_table *table = &results->table[RESULT_ANNUAL];
    pc_status status = PC_OK;
    size_t n = 0;

    for (size_t row = 0; status == PC_OK && row < table->n_row; row++) {
        if (is_row(table, row, scenario, "cost_gbp", "all") && n++ < MOST_YEARS) {
            status = add_bill(self, table, row);
        }
    }
    return status;
}

/* Whether the category of a row of days_full is full on at least half of the days of that month, on average.
 */
static bool is_half_full(const result_table *table, size_t row, pc_day *month_end)
{
    const char *date = result_text(table, row, result_column(table, "date"));
    double full;

    return pc_day_parse(date, strlen(date), month_end) &&
           result_number(table, row, result_column(table, "mean"), &full) &&
           full >= 0.5 * pc_date_from_day(*month_end).day;
}

static pc_status add_one_full(page_words *self, const result_folder *results, const char *category,
                              pc_day month_end)
{
    char *label = page_label(results, category), text[SAY_SIZE];
    const char *words = say_day(month_end, text);
    pc_status status =
        label == NULL
            ? PC_ERR_NO_MEMORY
            : add(self, pc_format_text("%s is first full on half of the days of a month or more in %s, on "
                                       "average over the simulated futures.",
                                       label, words + strcspn(words, " ") + 1));

    free(label);
    return status;
}

/* The first such month of each category. Of several authorities the days add up, and say nothing of a month.
 */
static pc_status add_full(page_words *self, const result_folder *results, const char *scenario)
{
    const result_table *table = &results->table[RESULT_FORECAST];
    const char *said[MOST_CATEGORIES];
    const char *authority = page_authority(table);
    pc_status status = PC_OK;

    if (authority != NULL && strcmp(authority, "all") == 0) {
        return PC_OK;
    }
    for (size_t row = 0, n = 0; status == PC_OK && n < MOST_CATEGORIES && row < table->n_row; row++) {
        const char *category = result_text(table, row, result_column(table, "category"));
        size_t before = 0;
        pc_day end;

        if (!is_row(table, row, scenario, "days_full", category) || strcmp(category, "all") == 0 ||
            !is_half_full(table, row, &end)) {
            continue;
        }
        while (before < n && strcmp(said[before], category) != 0) {
            before++;
        }
        if (before == n) {
            said[n++] = category;
            status = add_one_full(self, results, category, end);
        }
    }
    return status;
}

/* The last row of a scenario and measure, or n_row. */
static size_t last_row(const result_table *table, const char *scenario, const char *measure)
{
    size_t found = table->n_row;

    for (size_t row = 0; row < table->n_row; row++) {
        if (is_row(table, row, scenario, measure, "all")) {
            found = row;
        }
    }
    return found;
}

/* "£754k less than “Base” (in 8 of 10 futures £275k to £1.3m less)": of the difference, future by future,
 * where that is known. "" when neither says anything. The caller frees. */
static char *difference_words(const result_folder *results, const char *scenario, const char *reference,
                              const char *measure, say_function say, const char *less, const char *more)
{
    const result_table *annual = &results->table[RESULT_ANNUAL];
    const result_table *table = &results->table[RESULT_ANNUAL_DIFFERENCES];
    size_t own = last_row(annual, scenario, measure), base = last_row(annual, reference, measure);
    size_t row = last_row(table, scenario, measure);
    char number[SAY_SIZE], low[SAY_SIZE], high[SAY_SIZE], range[4 * SAY_SIZE] = "";
    double difference;

    if (own == annual->n_row || base == annual->n_row) {
        return pc_copy_text("");
    }
    difference = figure_of(annual, own).mean - figure_of(annual, base).mean;
    if (row < table->n_row) {
        figure value = figure_of(table, row);
        double near = fmin(fabs(value.low), fabs(value.high)), far = fmax(fabs(value.low), fabs(value.high));

        if (isfinite(near) && isfinite(far) && (value.low >= 0 || value.high <= 0)) {
            snprintf(range, sizeof range, " (in 8 of 10 futures %s to %s %s)", say(near, low), say(far, high),
                     value.high <= 0 ? less : more);
        } else if (isfinite(near) && isfinite(far)) {
            snprintf(range, sizeof range, " (in 8 of 10 futures between %s %s and %s %s)",
                     say(-value.low, low), less, say(value.high, high), more);
        }
    }
    return pc_format_text("%s %s than \u201c%s\u201d%s", say(fabs(difference), number),
                          difference > 0 ? more : less, reference, range);
}

/* The bill of the last year where there is one, and the children at its end, each against the reference. */
static pc_status add_scenario(page_words *self, const result_folder *results, const char *scenario,
                              const char *reference)
{
    const result_table *table = &results->table[RESULT_ANNUAL];
    size_t bill = last_row(table, scenario, "cost_gbp"), children = last_row(table, scenario, "children");
    char *bill_difference =
        difference_words(results, scenario, reference, "cost_gbp", say_money, "less", "more");
    char *fewer = difference_words(results, scenario, reference, "children", say_count, "fewer", "more");
    pc_status status = bill_difference == NULL || fewer == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    char number[SAY_SIZE], range[3 * SAY_SIZE];

    if (status == PC_OK && bill < table->n_row) {
        figure value = figure_of(table, bill);

        range_words(value, say_money, range);
        status = add(self, pc_format_text("Scenario \u201c%s\u201d gives a placement bill of %s in %s%s. On "
                                          "average that is %s.",
                                          scenario, say_money(value.mean, number),
                                          result_text(table, bill, result_column(table, "year")), range,
                                          bill_difference));
    }
    if (status == PC_OK && children < table->n_row) {
        figure value = figure_of(table, children);

        range_words(value, say_count, range);
        status = add(self, pc_format_text("Scenario \u201c%s\u201d leads to about %s children in care at the "
                                          "end of %s%s. On average that is %s.",
                                          scenario, say_count(value.mean, number),
                                          result_text(table, children, result_column(table, "year")), range,
                                          fewer));
    }
    free(bill_difference);
    free(fewer);
    return status;
}

static pc_status add_scenarios(page_words *self, const result_folder *results, const char *reference)
{
    const result_table *table = &results->table[RESULT_ANNUAL];
    int column = result_column(table, "scenario");
    const char *last = reference;
    pc_status status = PC_OK;

    for (size_t row = 0; status == PC_OK && row < table->n_row; row++) {
        const char *scenario = result_text(table, row, column);

        if (strcmp(scenario, last) != 0 && strcmp(scenario, reference) != 0) {
            status = add_scenario(self, results, scenario, reference);
        }
        last = scenario;
    }
    return status;
}

static pc_status add_rounded(page_words *self, const result_folder *results)
{
    const json_t *to = json_object_get(results->run, "rounded_to");

    return !json_is_integer(to)
               ? PC_OK
               : add(self, pc_format_text(
                               "Every number of children on this page is rounded to the nearest %ld, each by "
                               "itself: a total may differ from the sum of its parts. Money is not rounded.",
                               (long)json_integer_value(to)));
}

pc_status page_words_make(const result_folder *results, page_words *out)
{
    result_file file = result_has(results, RESULT_ANNUAL) ? RESULT_ANNUAL : RESULT_FORECAST;
    const result_table *table = &results->table[file];
    const char *scenario;
    pc_status status;

    memset(out, 0, sizeof *out);
    if (table->n_row == 0) {
        return PC_OK;
    }
    scenario = result_text(table, 0, result_column(table, "scenario"));
    status = add_children(out, results, scenario);
    status = status == PC_OK ? add_bills(out, results, scenario) : status;
    status = status == PC_OK ? add_full(out, results, scenario) : status;
    status = status == PC_OK ? add_scenarios(out, results, scenario) : status;
    status = status == PC_OK ? add_rounded(out, results) : status;
    if (status != PC_OK) {
        page_words_free(out);
    }
    return status;
}
