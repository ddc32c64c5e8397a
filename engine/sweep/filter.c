#include "sweep/filter.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number_text.h"

enum { DEEPEST = 50, LONGEST_TEXT = 200 };

/* What is being read; after a mistake `wrong` says what, and all else is idle. */
typedef struct filter {
    const pc_sweep *sweep;
    const sweep_choice *choice;
    const char *text, *at;
    const char *wrong; /* what was expected */
    int depth;
} filter;

typedef struct term {
    bool is_text;
    double number;
    char text[LONGEST_TEXT + 1];
} term;

static void skip_blanks(filter *self)
{
    self->at += strspn(self->at, " \t\r\n");
}

static void fail(filter *self, const char *expected)
{
    if (self->wrong == NULL) {
        self->wrong = expected;
    }
}

static bool take(filter *self, const char *symbol)
{
    size_t length = strlen(symbol);

    skip_blanks(self);
    if (strncmp(self->at, symbol, length) != 0 ||
        (isalpha((unsigned char)symbol[0]) &&
         (isalnum((unsigned char)self->at[length]) || self->at[length] == '_'))) {
        return false;
    }
    self->at += length;
    return true;
}

static void set_text(term *out, const char *text, size_t length)
{
    out->is_text = true;
    length = length > LONGEST_TEXT ? LONGEST_TEXT : length;
    memcpy(out->text, text, length);
    out->text[length] = '\0';
}

static void take_factor(filter *self, term *out)
{
    size_t length = 0;

    while (isalnum((unsigned char)self->at[length]) || self->at[length] == '_') {
        length++;
    }
    for (size_t f = 0; f < self->sweep->n_factor; f++) {
        const sweep_factor *factor = &self->sweep->factor[f];

        if (strlen(factor->name) == length && strncmp(factor->name, self->at, length) == 0) {
            if (factor->n_value == 0) {
                out->number = self->choice[f].u;
            } else if (factor->numeric) {
                out->number = factor->value[self->choice[f].level].number;
            } else {
                const char *text = factor->value[self->choice[f].level].text;

                set_text(out, text, strlen(text));
            }
            self->at += length;
            return;
        }
    }
    fail(self, "the name of a factor, a number or a text in quotes");
}

static void take_number(filter *self, term *out)
{
    size_t length = strspn(self->at, "0123456789.");

    if ((self->at[length] == 'e' || self->at[length] == 'E')) {
        size_t sign = self->at[length + 1] == '-' || self->at[length + 1] == '+';
        size_t digits = strspn(self->at + length + 1 + sign, "0123456789");

        length += digits > 0 ? 1 + sign + digits : 0;
    }
    if (!pc_number_parse(self->at, length, &out->number)) {
        fail(self, "a number");
    }
    self->at += length;
}

static void read_value(filter *self, term *out)
{
    *out = (term){.is_text = false};
    skip_blanks(self);
    if (self->at[0] == '\'' || self->at[0] == '"') {
        const char *end = strchr(self->at + 1, self->at[0]);

        if (end == NULL) {
            fail(self, "the end of the quoted text");
            return;
        }
        set_text(out, self->at + 1, (size_t)(end - self->at) - 1);
        self->at = end + 1;
    } else if (isdigit((unsigned char)self->at[0]) || self->at[0] == '.') {
        take_number(self, out);
    } else {
        take_factor(self, out);
    }
}

static void read_signed(filter *self, term *out)
{
    bool minus = false;

    while (take(self, "-")) {
        minus = !minus;
    }
    read_value(self, out);
    if (minus && out->is_text) {
        fail(self, "a number after the minus sign");
    }
    out->number = minus ? -out->number : out->number;
}

static void need_numbers(filter *self, const term *a, const term *b)
{
    if (a->is_text || b->is_text) {
        fail(self, "numbers: texts can be compared with = and != only");
    }
}

static void read_product(filter *self, term *out)
{
    term other;

    read_signed(self, out);
    while (self->wrong == NULL) {
        bool times = take(self, "*");

        if (!times && !take(self, "/")) {
            return;
        }
        read_signed(self, &other);
        need_numbers(self, out, &other);
        if (!times && !(other.number < 0 || other.number > 0)) {
            fail(self, "a divisor other than 0");
            return;
        }
        out->number = times ? out->number * other.number : out->number / other.number;
    }
}

static void read_sum(filter *self, term *out)
{
    term other;

    read_product(self, out);
    while (self->wrong == NULL) {
        bool plus = take(self, "+");

        if (!plus && !take(self, "-")) {
            return;
        }
        read_product(self, &other);
        need_numbers(self, out, &other);
        out->number += plus ? other.number : -other.number;
    }
}

static bool same(const term *a, const term *b)
{
    /* 0.1 as written twice, or as a sum of steps: nearer than any two values that a person would write. */
    return a->is_text ? strcmp(a->text, b->text) == 0
                      : fabs(a->number - b->number) <= 1e-12 * (fabs(a->number) + fabs(b->number));
}

static bool read_comparison(filter *self)
{
    static const char *const symbol[] = {"==", "!=", "<=", ">=", "=", "<", ">"};
    term left, right;
    size_t which = 0;

    read_sum(self, &left);
    while (self->wrong == NULL && which < 7 && !take(self, symbol[which])) {
        which++;
    }
    if (self->wrong != NULL || which == 7) {
        fail(self, "one of = != < <= > >=");
        return false;
    }
    read_sum(self, &right);
    if (left.is_text != right.is_text) {
        fail(self, "two numbers or two texts to compare");
        return false;
    }
    if (which >= 2 && which != 4) {
        need_numbers(self, &left, &right);
    }
    switch (which) {
    case 0:
    case 4:
        return same(&left, &right);
    case 1:
        return !same(&left, &right);
    case 2:
        return left.number < right.number || same(&left, &right);
    case 3:
        return left.number > right.number || same(&left, &right);
    case 5:
        return left.number < right.number && !same(&left, &right);
    default:
        return left.number > right.number && !same(&left, &right);
    }
}

static bool read_condition(filter *self);

static bool read_factor(filter *self)
{
    bool value;

    if (++self->depth > DEEPEST) {
        fail(self, "fewer brackets inside brackets");
        return false;
    }
    if (take(self, "not")) {
        value = !read_factor(self);
    } else if (take(self, "(")) {
        value = read_condition(self);
        if (self->wrong == NULL && !take(self, ")")) {
            fail(self, "a closing bracket, and brackets around conditions only");
        }
    } else {
        value = read_comparison(self);
    }
    self->depth--;
    return value;
}

static bool read_term(filter *self)
{
    bool value = read_factor(self);

    while (self->wrong == NULL && take(self, "and")) {
        bool other = read_factor(self);

        value = value && other;
    }
    return value;
}

static bool read_condition(filter *self)
{
    bool value = read_term(self);

    while (self->wrong == NULL && take(self, "or")) {
        bool other = read_term(self);

        value = value || other;
    }
    return value;
}

pc_status sweep_filter_ask(const pc_sweep *self, const pc_yaml_node *node, const sweep_choice *choice,
                           bool *out, pc_diagnostics *diagnostics)
{
    filter reading = {.sweep = self, .choice = choice, .text = node->text, .at = node->text};

    *out = read_condition(&reading);
    skip_blanks(&reading);
    if (reading.wrong == NULL && reading.at[0] != '\0') {
        fail(&reading, "`and`, `or` or the end");
    }
    if (reading.wrong != NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, pc_yaml_place(node),
                           "filter: found \"%.60s\" in \"%.120s\", expected %s", reading.at, node->text,
                           reading.wrong);
        return PC_ERR_INPUT;
    }
    return PC_OK;
}
