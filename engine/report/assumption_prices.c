/* assumption_prices.c - prices, their growth, and what is paid besides. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "report/assumption_table.h"
#include "report/say.h"

enum { MOST_ROWS = 200 }; /* of one table: more are told together */

typedef char *(*row_words)(const assumption_table *self, const result_table *table, size_t row);

static const char *text_of(const result_table *table, size_t row, const char *column)
{
    return result_text(table, row, result_column(table, column));
}

/* For whom the row is, beyond its category. */
static char *conditions(const result_table *table, size_t row)
{
    static const char *const column[] = {"age_band", "provider", "need", "from"};
    char *text = pc_copy_text("");

    for (size_t c = 0; c < sizeof column / sizeof column[0] && text != NULL; c++) {
        const char *value = text_of(table, row, column[c]);
        char *longer = NULL;

        if (value[0] != '\0' && strcmp(value, "all") != 0) {
            longer = pc_format_text("%s, %s %s", text, c == 0 ? "ages" : column[c], value);
            free(text);
            text = longer;
        }
    }
    return text;
}

/* "In-house foster: £600 a week, prices of 2024/25" */
static char *price_words(const assumption_table *self, const result_table *table, size_t row)
{
    const char *category = text_of(table, row, "category"), *year = text_of(table, row, "price_year");
    char *who = conditions(table, row), number[PC_NUMBER_TEXT_SIZE], *words;
    double gbp;

    if (who == NULL || !result_number(table, row, result_column(table, "weekly_gbp"), &gbp)) {
        free(who);
        return NULL;
    }
    words = pc_format_text("%s%s: \u00a3%s a week%s%s", assumption_label(self, category), who,
                           pc_number_format(gbp, floor(gbp) < gbp ? 2 : 0, number),
                           year[0] == '\0' ? "" : ", prices of ", year);
    free(who);
    return words;
}

/* "All prices grow by 2% in 2012/13, 0% to 4%" */
static char *growth_words(const assumption_table *self, const result_table *table, size_t row)
{
    static const char *const column[] = {"likely", "low", "high"};
    const char *category = text_of(table, row, "category");
    char number[3][PC_NUMBER_TEXT_SIZE];

    for (size_t c = 0; c < 3; c++) {
        double value;

        if (!result_number(table, row, result_column(table, column[c]), &value)) {
            return NULL;
        }
        pc_number_format_significant(100 * value, 4, number[c]);
    }
    return pc_format_text("%s: %s%% dearer in %s, from %s%% to %s%%",
                          strcmp(category, "all") == 0 ? "Prices of all other kinds"
                                                       : assumption_label(self, category),
                          number[0], text_of(table, row, "year"), number[1], number[2]);
}

static char *review_words(const assumption_table *self, const result_table *table, size_t row)
{
    char unit[SAY_SIZE];

    (void)self;
    snprintf(unit, sizeof unit, "%s", text_of(table, row, "unit"));
    for (char *c = unit; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return pc_format_text("Review %s is due %s %s after %s", text_of(table, row, "review"),
                          text_of(table, row, "after"), unit,
                          strcmp(text_of(table, row, "review"), "1") == 0 ? "care began" : "the one before");
}

/* One row for each row of the table, with the place and the source of that row. */
static void put_rows(assumption_table *self, const char *path, const char *shipped, row_words words_of,
                     const char *together)
{
    result_table table;

    if (!assumption_read(self, path, shipped, &table)) {
        return;
    }
    for (size_t row = 0; row < table.n_row && table.n_row <= MOST_ROWS; row++) {
        char *place = path != NULL ? pc_format_text("%s:%ld", path, table.line[row])
                                   : pc_copy_text(shipped + strlen("scenarios/"));

        if (place == NULL) {
            self->status = PC_ERR_NO_MEMORY;
            break;
        }
        assumption_put(self, words_of(self, &table, row),
                       path != NULL ? ASSUMPTION_COUNCIL : ASSUMPTION_SHIPPED, text_of(&table, row, "source"),
                       place);
        free(place);
    }
    if (table.n_row > MOST_ROWS) {
        assumption_put_sources(self, together, path, shipped, NULL, NULL);
    }
    result_table_free(&table);
}

/* The default is said by the run itself. */
static void put_discount(assumption_table *self)
{
    char *place = assumption_place(self->scenario, "discount"), rate[PC_NUMBER_TEXT_SIZE];

    if (place == NULL) {
        self->status = PC_ERR_NO_MEMORY;
    } else if (place[0] != '\0') {
        assumption_put(
            self,
            pc_format_text("Net present values: %s%% a year in real terms",
                           pc_number_format_significant(100 * self->scenario->discount_rate, 4, rate)),
            ASSUMPTION_COUNCIL, "", place);
    }
    free(place);
}

void assumption_put_prices(assumption_table *self)
{
    const pc_scenario *scenario = self->scenario;
    const struct {
        const char *path, *words;
    } further[] = {{scenario->current, "Actual weekly prices of those in placement now"},
                   {scenario->contracts, "What is paid besides: block contracts, retainers, set-up costs"},
                   {scenario->processes, "Unit costs of the social work processes"},
                   {scenario->proceedings, "Share of children in legal proceedings, by months in care"}};

    self->topic = "Prices";
    if (scenario->weekly == NULL) {
        return;
    }
    put_rows(self, scenario->weekly, NULL, price_words, "Weekly prices by kind of placement");
    if (scenario->inflation == NULL) {
        assumption_put(self, pc_copy_text("Prices do not grow"), ASSUMPTION_PROGRAM,
                       "our judgement: no growth is given", "");
    } else {
        put_rows(self, scenario->inflation, NULL, growth_words, "Growth of prices by kind and year");
    }
    for (size_t f = 0; f < sizeof further / sizeof further[0]; f++) {
        if (further[f].path != NULL) {
            assumption_put_sources(self, further[f].words, further[f].path, NULL, NULL, NULL);
        }
    }
    if (scenario->income != NULL) { /* its column `source` says who pays */
        assumption_put(self, pc_copy_text("What partners and government pay"), ASSUMPTION_COUNCIL, "",
                       scenario->income);
    }
    if (scenario->processes != NULL) {
        put_rows(self, scenario->reviews, "scenarios/defaults/reviews.csv", review_words,
                 "When reviews are due");
    }
    put_discount(self);
}
