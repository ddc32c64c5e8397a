#include "report/summary_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/rounding.h"
#include "report/rule_counts.h"

/* A paragraph made by printf; a summary never fails, but says so when memory is short. */
static void paragraph(const say_page *page, const char *first, char *text)
{
    say_paragraph(page, first, text != NULL ? text : "(not shown: out of memory)");
    free(text);
}

static char *say_rounded(const pc_run_record *record, size_t n, char text[SAY_SIZE])
{
    return say_count(pc_round_to((double)n, record->round_to), text);
}

void summary_cleaned(const pc_run_record *record, const say_page *page)
{
    char read[SAY_SIZE], again[SAY_SIZE], aside[SAY_SIZE], repaired[SAY_SIZE];
    report_rule_counts counts;

    if (record->scenario != NULL && record->scenario->summary != NULL) {
        say_paragraph(page, "Data      ", "published tables; no child-level records: see docs/summary.md");
        return;
    }
    if (report_rule_counts_make(record->quality, &counts) != PC_OK) {
        paragraph(page, "Data      ", NULL);
        return;
    }
    say_rounded(record, (size_t)record->episodes->rows_read, read);
    say_rounded(record, counts.told_again, again);
    say_rounded(record, counts.set_aside - counts.told_again, aside);
    say_rounded(record, counts.repaired, repaired);
    paragraph(page, "Data      ",
              pc_format_text("%s rows: %s%s%s set aside, %s repaired: `placecast clean`", read,
                             counts.told_again > 0 ? again : "", counts.told_again > 0 ? " repeats, " : "",
                             aside, repaired));
    report_rule_counts_free(&counts);
}

void summary_assumptions(const pc_diagnostics *diagnostics, size_t most, const char *rest,
                         const say_page *page)
{
    size_t shown = 0;

    for (size_t m = 0; diagnostics != NULL && m < diagnostics->n; m++) {
        if (diagnostics->message[m].severity != PC_ASSUMPTION) {
            continue;
        }
        if (shown++ < most) {
            paragraph(page, "Assumed   ", pc_message_line(&diagnostics->message[m]));
        }
    }
    if (shown > most) {
        paragraph(page, "Assumed   ", pc_format_text("and %zu more%s", shown - most, rest));
    }
}

void summary_checks(const pc_diagnostics *diagnostics, size_t most, bool with_file, const say_page *page)
{
    size_t prefix = strlen(PC_CHECK_PREFIX), n = 0;

    for (size_t m = 0; diagnostics != NULL && m < diagnostics->n; m++) {
        const pc_message *message = &diagnostics->message[m];

        if (message->severity != PC_WARNING || strncmp(message->text, PC_CHECK_PREFIX, prefix) != 0) {
            continue;
        }
        if (n++ < most) {
            paragraph(page, "Check     ",
                      with_file && message->file != NULL
                          ? pc_format_text("%s: %s", message->file, message->text + prefix)
                          : pc_copy_text(message->text + prefix));
        }
    }
    if (n > most) {
        paragraph(page, "Check     ", pc_format_text("and %zu more in run.json", n - most));
    }
}

void summary_written(const pc_run_record *record, const say_page *page)
{
    char *text = pc_format_text("%s:", record->folder == NULL ? "" : record->folder);

    for (size_t o = 0; text != NULL && o < record->n_output; o++) {
        char *longer =
            pc_format_text("%s %s%s", text, record->output[o], o + 1 < record->n_output ? "," : "");

        free(text);
        text = longer;
    }
    if (record->n_output > 0) {
        paragraph(page, "Written   ", text);
    } else {
        free(text);
    }
}

void summary_authority(const pc_run_record *record, const char *const *name, size_t n, const say_page *page)
{
    bool published = record->scenario != NULL && record->scenario->summary != NULL;

    if (n == 1) {
        say_paragraph(page, "Authority ",
                      name[0][0] != '\0' ? name[0]
                      : published        ? "the one in the published tables"
                                         : "the one in the returns (no LA column)");
    } else {
        paragraph(page, "Authority ", pc_format_text("%zu authorities together", n));
    }
}

enum { P10 = 2, P90 = 6 };

char *summary_range(const pc_statistics *value, summary_say say, char text[3 * SAY_SIZE])
{
    char mean[SAY_SIZE], low[SAY_SIZE], high[SAY_SIZE];

    say(value->mean, mean);
    if (isfinite(value->quantile[P10]) && isfinite(value->quantile[P90])) {
        snprintf(text, 3 * SAY_SIZE, "%s (%s%s%s)", mean, say(value->quantile[P10], low),
                 value->quantile[P10] < 0.0 ? " to " : "-", say(value->quantile[P90], high));
    } else {
        memcpy(text, mean, strlen(mean) + 1);
    }
    return text;
}

pc_day summary_year_end(const pc_forecast *forecast, size_t year)
{
    size_t month = 0;

    for (size_t y = 0; y <= year; y++) {
        month += (size_t)forecast->year[y].months;
    }
    return forecast->month_end[month - 1];
}

char *summary_year(const pc_forecast_year *year, bool brief, char text[SAY_SIZE])
{
    char name[PC_DAY_TEXT_SIZE];

    pc_financial_year_format(year->year, name);
    if (year->months == 12) {
        snprintf(text, SAY_SIZE, "%s", name);
    } else if (brief) {
        snprintf(text, SAY_SIZE, "%s*", name);
    } else {
        snprintf(text, SAY_SIZE, "%s (%d month%s)", name, year->months, year->months == 1 ? "" : "s");
    }
    return text;
}

/* "62%"; never "100%" of what failed once, nor "0%" of what came off once. */
char *summary_chance(double chance, char text[SAY_SIZE])
{
    if (!isfinite(chance)) {
        snprintf(text, SAY_SIZE, "-");
    } else if (chance < 1.0 && chance > 0.995) {
        snprintf(text, SAY_SIZE, "over 99%%");
    } else if (chance > 0.0 && chance < 0.005) {
        snprintf(text, SAY_SIZE, "under 1%%");
    } else {
        snprintf(text, SAY_SIZE, "%.0f%%", 100.0 * chance);
    }
    return text;
}

/* A target less likely than this is worth a search for what it would take. */
#define SURE 0.8

static char *say_share(double share, char text[SAY_SIZE])
{
    snprintf(text, SAY_SIZE, "%.1f%%", 100.0 * share);
    return text;
}

static char *say_tenths(double value, char text[SAY_SIZE])
{
    snprintf(text, SAY_SIZE, "%.1f", value);
    return text;
}

static summary_say say_of(const pc_target_result *target)
{
    if (!target->of_workforce) {
        return target->measure == PC_MEASURE_COST ? say_money : say_count;
    }
    return pc_workload_is_money(target->workload)        ? say_money
           : target->workload == PC_WORKLOAD_AGENCY_RATE ? say_share
           : pc_workload_decimals(target->workload) > 0 || pc_workload_counts_months(target->workload)
               ? say_tenths
               : say_count;
}

static char *target_text(const pc_target_result *target)
{
    char range[3 * SAY_SIZE], chance[SAY_SIZE], met[SAY_SIZE], date[SAY_SIZE];
    bool known = isfinite(target->probability), ever = target->first_met != PC_DAY_NONE;

    if (isfinite(target->reached.mean)) {
        summary_range(&target->reached, say_of(target), range);
    } else {
        snprintf(range, sizeof range, "not known");
    }
    if (ever) {
        say_day_short(target->first_met, met);
    }
    return pc_format_text(
        "%s: %s%s%s on %s; %s%s", target->name, known ? summary_chance(target->probability, chance) : "",
        known ? " likely, " : "", range, say_day_short(target->date, date),
        ever ? "met for good by half or more from " : "half or more never meet it for good", ever ? met : "");
}

void summary_say_seek(const say_page *page)
{
    paragraph(page, "          ",
              pc_copy_text("what it would take: placecast seek SCENARIO --target NAME --lever KEY=FROM:TO"));
}

void summary_targets(const pc_forecast *forecast, const say_page *page)
{
    bool unsure = false;

    for (size_t at = 0; at < forecast->n_target; at++) {
        paragraph(page, "Target    ", target_text(&forecast->target[at]));
        unsure |= forecast->target[at].probability < SURE;
    }
    if (unsure) {
        summary_say_seek(page);
    }
}

void summary_rounded(const pc_run_record *record, const say_page *page)
{
    if (record->round_to > 1) {
        say_words(page, "Rounded   ", SAY_ROUNDED, record->round_to);
    }
}

void summary_left_out(const pc_run_record *record, const say_page *page)
{
    const pc_model *model = record->model;
    size_t n = 0, n_child = 0;
    char some[SAY_SIZE], all[SAY_SIZE], line[3 * SAY_SIZE];

    for (size_t a = 0; a < model->n_authority; a++) {
        n += model->authority[a].left_out;
        n_child += model->authority[a].n_child;
    }
    if (n > 0) {
        snprintf(line, sizeof line, "%s of the %s children in care %s left out: no birth date is known.",
                 say_rounded(record, n, some), say_rounded(record, n + n_child, all), n == 1 ? "is" : "are");
        say_paragraph(page, "Left out  ", line);
    }
}

bool summary_treats_children(const char *kind)
{
    const pc_intervention_kind none[] = {PC_INTERVENTION_CAPACITY, PC_INTERVENTION_PRICE,
                                         PC_INTERVENTION_ACTIVITY};

    for (size_t at = 0; at < sizeof none / sizeof none[0]; at++) {
        if (strcmp(kind, pc_intervention_kind_name(none[at])) == 0) {
            return false;
        }
    }
    return true;
}

int summary_find(char *const *names, size_t n, const char *name)
{
    for (size_t at = 0; at < n; at++) {
        if (strcmp(names[at], name) == 0) {
            return (int)at;
        }
    }
    return -1;
}

void summary_skill(const pc_run_record *record, const say_page *page)
{
    char sentence[PC_SKILL_SENTENCE_SIZE];

    if (record->skill != NULL) {
        say_paragraph(page, "Skill     ", pc_skill_sentence(record->skill, sentence));
    }
}
