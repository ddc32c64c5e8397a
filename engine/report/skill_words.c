/* skill_words.c - what a run and a back-test say of past forecasts. */
#include <math.h>

#include "placecast/report.h"
#include "report/say.h"
#include "report/summary_parts.h"
#include "report/summary_table.h"

/* "3.1%" */
static char *percent(double share, char text[SAY_SIZE])
{
    if (isfinite(share)) {
        snprintf(text, SAY_SIZE, "%.1f%%", 100.0 * share);
    } else {
        snprintf(text, SAY_SIZE, "an unknown share");
    }
    return text;
}

char *pc_skill_sentence(const pc_skill_headline *headline, char text[PC_SKILL_SENTENCE_SIZE])
{
    char missed[SAY_SIZE], naive[SAY_SIZE];

    if (headline->n == 0) {
        snprintf(
            text, PC_SKILL_SENTENCE_SIZE,
            "No past forecast at 12 months can be checked: that takes two years of returns before it and "
            "one after.");
        return text;
    }
    snprintf(text, PC_SKILL_SENTENCE_SIZE,
             "Over %zu past forecast%s at 12 months this model missed by %s (last value %s); its 80%% range "
             "held %.0f%% of the time%s",
             headline->n, headline->n == 1 ? "" : "s", percent(headline->mape, missed),
             percent(headline->naive_mape, naive), 100.0 * (double)headline->held_80 / (double)headline->n,
             headline->n < PC_SKILL_FEW ? ": too few forecasts to judge it by." : ".");
    return text;
}

/* The forecasts of all children by horizon, one line each. */
static void horizons(const pc_skill *skill, const pc_skill_summary *summary, const say_page *page)
{
    static const char *const head[] = {"forecasts", "missed by", "last value", "line", "80% range held"};
    enum { N_HEAD = sizeof head / sizeof head[0] };
    summary_table table;

    summary_table_begin(&table, "Horizon", N_HEAD);
    for (size_t h = 0; h < N_HEAD; h++) {
        summary_table_cell(&table, h, head[h]);
    }
    for (size_t r = 0; r < summary->n; r++) {
        const pc_skill_summary_row *row = &summary->row[r];
        char text[SAY_SIZE];

        if (row->measure != PC_MEASURE_CHILDREN || row->category != skill->n_category ||
            row->band != PC_SIZE_ALL) {
            continue;
        }
        snprintf(text, sizeof text, "%d months", row->horizon);
        summary_table_row(&table, text);
        snprintf(text, sizeof text, "%zu", row->n);
        summary_table_cell(&table, 0, text);
        summary_table_cell(&table, 1, percent(row->mape, text));
        summary_table_cell(&table, 2, percent(row->naive_mape, text));
        summary_table_cell(&table, 3, percent(row->line_mape, text));
        snprintf(text, sizeof text, "%.0f%%", 100.0 * row->held[PC_COVER_80]);
        summary_table_cell(&table, 4, text);
    }
    (void)summary_table_end(&table, page);
}

static void about(const pc_run_record *record, const pc_skill *skill, const say_page *page)
{
    char from[SAY_SIZE], to[SAY_SIZE], line[4 * SAY_SIZE];

    if (record->scenario != NULL) {
        say_paragraph(page, "Scenario  ", record->scenario->name);
    } else {
        say_paragraph(page, "Panel     ", record->data);
    }
    if (skill->n_origin > 0) {
        snprintf(line, sizeof line, "%zu, from %s to %s; %d simulated futures each", skill->n_origin,
                 say_day(skill->origin[0], from), say_day(skill->origin[skill->n_origin - 1], to),
                 skill->replicates);
    } else {
        snprintf(line, sizeof line,
                 "none: the returns hold no 31 March with two years before it and a "
                 "horizon after");
    }
    say_paragraph(page, "Origins   ", line);
    say_paragraph(
        page, "Known     ",
        record->scenario == NULL
            ? "at each origin: the figures of all authorities to that day and nothing later, but "
              "for the national ages of starts and leavers before 2019"
            : "at each origin: the returns to that day; but the national rates, drift and spread of years "
              "are the shipped ones, from figures to 2025; capacity, interventions and growth of prices "
              "left out");
}

pc_status pc_report_backtest_summary(const pc_run_record *record, const pc_skill *skill, FILE *stream)
{
    const say_page on = say_page_of(&record->look, stream), *page = &on;
    pc_skill_headline headline = pc_skill_headline_of(skill);
    pc_skill_summary summary;
    char text[PC_SKILL_SENTENCE_SIZE];
    pc_status status = pc_skill_summarise(skill, &summary);

    if (status != PC_OK) {
        return status;
    }
    about(record, skill, page);
    if (skill->n > 0) {
        say_newline(page);
        say_paragraph(page, "", "All children: mean error in percent of what happened.");
        say_newline(page);
        horizons(skill, &summary, page);
    }
    say_newline(page);
    say_paragraph(page, "Skill     ", pc_skill_sentence(&headline, text));
    summary_assumptions(record->scenario == NULL ? record->diagnostics : NULL, 4, "", page);
    summary_rounded(record, page);
    summary_written(record, page);
    pc_skill_summary_free(&summary);
    return PC_OK;
}
