#include "scenario/budget_rows.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"

#define MOST_POUNDS 1e10
#define LONGEST_TEXT 200

const char *const budget_column_name[BUDGET_N_COLUMN] = {
    [BUDGET_YEAR] = "year",   [BUDGET_SIDE] = "side",     [BUDGET_LINE] = "line",
    [BUDGET_KIND] = "kind",   [BUDGET_AMOUNT] = "amount", [BUDGET_CONFIDENCE] = "confidence",
    [BUDGET_SHARE] = "share", [BUDGET_HOLDER] = "holder", [BUDGET_REPLACES] = "replaces",
};

static const char *const kind_name[PC_N_BUDGET_KIND] = {
#define KIND_NAME(name, text, help) text,
    PC_BUDGET_KIND_LIST(KIND_NAME)
#undef KIND_NAME
};

static const char *const side_name[PC_N_BUDGET_SIDE] = {"budget", "outturn"};

const char *pc_budget_kind_name(pc_budget_kind kind)
{
    return (unsigned)kind < PC_N_BUDGET_KIND ? kind_name[kind] : "";
}

const char *pc_budget_side_name(pc_budget_side side)
{
    return (unsigned)side < PC_N_BUDGET_SIDE ? side_name[side] : "";
}

bool budget_kind_parse(const char *text, pc_budget_kind *out)
{
    for (unsigned k = 0; k < PC_N_BUDGET_KIND; k++) {
        if (strcmp(text, kind_name[k]) == 0) {
            *out = (pc_budget_kind)k;
            return true;
        }
    }
    return false;
}

char *budget_kinds(char text[SCENARIO_TEXT_SIZE])
{
    size_t at = 0;

    for (unsigned k = 0; k < PC_N_BUDGET_KIND; k++) {
        at += (size_t)snprintf(text + at, SCENARIO_TEXT_SIZE - at, "%s%s",
                               k == 0                      ? ""
                               : k + 1 == PC_N_BUDGET_KIND ? " or "
                                                           : ", ",
                               kind_name[k]);
    }
    return text;
}

static void PC_PRINTF(3, 4) wrong(budget_complaint *complaint, budget_column column, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    complaint->n++;
    complaint->wrong(complaint->context, column, text);
}

static const char *found(const char *text)
{
    return text[0] == '\0' ? "nothing" : text;
}

bool budget_pence_parse(const char *text, int64_t *out)
{
    double pounds, pence;

    if (!pc_number_parse(text, strlen(text), &pounds) || !(fabs(pounds) <= MOST_POUNDS)) {
        return false;
    }
    pence = round(pounds * 100.0);
    *out = (int64_t)pence;
    return fabs(pounds * 100.0 - pence) < 1e-3; /* no fractions of a penny */
}

/* A share from 0 to 1; NaN when blank. */
static double read_share(const char *text, budget_complaint *complaint, budget_column column)
{
    double number = (double)NAN;

    if (text[0] != '\0' &&
        !(pc_number_parse(text, strlen(text), &number) && number >= 0.0 && number <= 1.0)) {
        wrong(complaint, column, "found %.60s, expected a number from 0 to 1 (60%% is 0.6), or blank", text);
    }
    return number;
}

static void read_year(const char *text, budget_complaint *complaint, pc_budget_line *out)
{
    if (out->kind == PC_BUDGET_RESERVE) {
        if (text[0] != '\0') {
            wrong(complaint, BUDGET_YEAR,
                  "found %.60s, expected it blank: a reserve has no year; money of a year is growth", text);
        }
    } else if (!pc_financial_year_parse(text, strlen(text), &out->year) || out->year < 1900 ||
               out->year > 2199) {
        wrong(complaint, BUDGET_YEAR, "found %.60s, expected a financial year such as 2024/25", found(text));
    }
}

static void read_side(const char *text, budget_complaint *complaint, pc_budget_line *out)
{
    if (strcmp(text, "budget") == 0) {
        out->side = PC_BUDGET_SIDE_BUDGET;
    } else if (strcmp(text, "outturn") == 0) {
        out->side = PC_BUDGET_SIDE_OUTTURN;
    } else if (text[0] != '\0' || (out->kind != PC_BUDGET_RESERVE && out->kind != PC_BUDGET_GAP_STATED)) {
        wrong(complaint, BUDGET_SIDE, "found %.60s, expected budget or outturn", found(text));
    }
    if (out->kind == PC_BUDGET_MODELLED && strcmp(text, "budget") == 0) {
        wrong(
            complaint, BUDGET_SIDE,
            "found budget with kind modelled, expected outturn: the simulation fills what is spent, not what "
            "is allowed");
    }
    if (out->kind == PC_BUDGET_RESERVE && strcmp(text, "outturn") == 0) {
        wrong(complaint, BUDGET_SIDE, "found outturn with kind reserve, expected budget or blank");
    }
}

static void read_amount(const char *text, budget_complaint *complaint, pc_budget_line *out)
{
    if (out->kind == PC_BUDGET_MODELLED) {
        if (text[0] != '\0') {
            wrong(complaint, BUDGET_AMOUNT,
                  "found %.60s, expected it blank with kind modelled: the simulation fills it", text);
        }
    } else if (!budget_pence_parse(text, &out->pence)) {
        wrong(complaint, BUDGET_AMOUNT,
              "found %.60s, expected pounds and pence, without commas or a pound sign, such as 1120000 or "
              "1120000.50",
              found(text));
    } else if (out->pence < 0 && (out->kind == PC_BUDGET_SAVING || out->kind == PC_BUDGET_RESERVE)) {
        wrong(complaint, BUDGET_AMOUNT, "found %.60s, expected a %s without a minus%s", text,
              pc_budget_kind_name(out->kind),
              out->kind == PC_BUDGET_SAVING
                  ? ": it is taken off; a saving that is given back is growth or a pressure"
                  : "");
    }
}

static bool is_movement(pc_budget_kind kind)
{
    return kind == PC_BUDGET_GROWTH || kind == PC_BUDGET_SAVING || kind == PC_BUDGET_GRANT ||
           kind == PC_BUDGET_INFLATION || kind == PC_BUDGET_PRESSURE;
}

/* confidence alone: all or nothing. share alone: that part for certain. Both: all, or else that part. */
static void read_delivery(const char *const *text, budget_complaint *complaint, pc_budget_line *out)
{
    double chance = read_share(text[BUDGET_CONFIDENCE], complaint, BUDGET_CONFIDENCE);
    double share = read_share(text[BUDGET_SHARE], complaint, BUDGET_SHARE);
    static const budget_column column[] = {BUDGET_CONFIDENCE, BUDGET_SHARE, BUDGET_REPLACES};

    for (size_t c = 0; c < sizeof column / sizeof column[0]; c++) {
        if (text[column[c]][0] == '\0') {
            continue;
        }
        if (!is_movement(out->kind)) {
            wrong(complaint, column[c], "found %.60s, expected it blank with kind %s", text[column[c]],
                  pc_budget_kind_name(out->kind));
        } else if (out->side == PC_BUDGET_SIDE_BUDGET) {
            complaint->warn(complaint->context, column[c],
                            "has no effect: a line of the budget counts in full; it acts on lines of the "
                            "outturn");
        }
    }
    out->chance_full = isfinite(chance) ? chance : isfinite(share) ? 0.0 : 1.0;
    out->share = isfinite(share) ? share : 0.0;
    if (out->side == PC_BUDGET_SIDE_BUDGET) {
        out->chance_full = 1.0;
        out->share = 0.0;
    }
}

static void check_text(const char *text, budget_complaint *complaint, budget_column column, bool needed)
{
    bool one_line = true;

    for (const char *c = text; *c != '\0'; c++) {
        one_line = one_line && (unsigned char)*c >= 0x20;
    }
    if ((needed && text[0] == '\0') || !one_line || strlen(text) > LONGEST_TEXT) {
        wrong(complaint, column, "found %s, expected one line of text of up to %d letters",
              !one_line         ? "several lines"
              : text[0] == '\0' ? "nothing"
                                : "a longer text",
              LONGEST_TEXT);
    }
}

pc_status budget_line_read(const char *const text[BUDGET_N_COLUMN], budget_complaint *complaint,
                           pc_budget_line *out, bool *ok)
{
    size_t before = complaint->n;

    *out = (pc_budget_line){0};
    *ok = false;
    if (!budget_kind_parse(text[BUDGET_KIND], &out->kind)) {
        char kinds[SCENARIO_TEXT_SIZE];

        wrong(complaint, BUDGET_KIND, "found %.60s, expected %s", found(text[BUDGET_KIND]),
              budget_kinds(kinds));
        out->kind = PC_BUDGET_GROWTH; /* for what else can be checked */
    }
    read_year(text[BUDGET_YEAR], complaint, out);
    read_side(text[BUDGET_SIDE], complaint, out);
    read_amount(text[BUDGET_AMOUNT], complaint, out);
    read_delivery(text, complaint, out);
    check_text(text[BUDGET_LINE], complaint, BUDGET_LINE, true);
    check_text(text[BUDGET_HOLDER], complaint, BUDGET_HOLDER, false);
    if (strcmp(text[BUDGET_HOLDER], "all") == 0) {
        wrong(complaint, BUDGET_HOLDER,
              "found all, expected the name of a budget holder: `all` is their sum");
    }
    if (complaint->n > before) {
        return PC_OK;
    }
    out->line = pc_copy_text(text[BUDGET_LINE]);
    out->holder = pc_copy_text(text[BUDGET_HOLDER]);
    out->replaces = text[BUDGET_REPLACES][0] == '\0' || out->side == PC_BUDGET_SIDE_BUDGET
                        ? NULL
                        : pc_copy_text(text[BUDGET_REPLACES]);
    if (out->line == NULL || out->holder == NULL ||
        (out->replaces == NULL && text[BUDGET_REPLACES][0] != '\0' && out->side != PC_BUDGET_SIDE_BUDGET)) {
        budget_line_free(out);
        return PC_ERR_NO_MEMORY;
    }
    *ok = true;
    return PC_OK;
}

void budget_line_free(pc_budget_line *self)
{
    free(self->line);
    free(self->holder);
    free(self->replaces);
    *self = (pc_budget_line){0};
}

pc_status budget_add(pc_budget *self, size_t *capacity, const pc_budget_line *line)
{
    pc_status status = pc_grow(&self->line, capacity, self->n + 1, sizeof *self->line);

    if (status == PC_OK) {
        self->line[self->n++] = *line;
    }
    return status;
}

int64_t pc_budget_effect(const pc_budget_line *line)
{
    switch (line->kind) {
    case PC_BUDGET_OPENING:
    case PC_BUDGET_GROWTH:
    case PC_BUDGET_INFLATION:
    case PC_BUDGET_PRESSURE:
        return line->pence;
    case PC_BUDGET_SAVING:
        return -line->pence;
    case PC_BUDGET_GRANT:
        return line->side == PC_BUDGET_SIDE_OUTTURN ? -line->pence : line->pence;
    case PC_BUDGET_CLOSING_STATED:
    case PC_BUDGET_GAP_STATED:
    case PC_BUDGET_MODELLED:
    case PC_BUDGET_RESERVE:
    case PC_N_BUDGET_KIND:
    default:
        return 0;
    }
}

bool pc_budget_has_outturn(const pc_budget *self, int year, const char *holder)
{
    for (size_t l = 0; l < self->n; l++) {
        const pc_budget_line *line = &self->line[l];

        if (line->side == PC_BUDGET_SIDE_OUTTURN && line->year == year && strcmp(line->holder, holder) == 0 &&
            (line->kind == PC_BUDGET_MODELLED || line->kind == PC_BUDGET_OPENING ||
             is_movement(line->kind))) {
            return true;
        }
    }
    return false;
}

void pc_budget_free(pc_budget *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t l = 0; l < self->n; l++) {
        budget_line_free(&self->line[l]);
    }
    free(self->line);
    free(self->file);
    *self = (pc_budget){0};
}
