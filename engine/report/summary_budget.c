/* summary_budget.c - what the summaries tell of budget and outturn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/mtfs.h"
#include "report/summary_parts.h"

enum { GAP = 2, N_COLUMN = 5, LEVEL_80 = 1 };

/* Over in so many of 100 futures; with so much one would be 80% sure. */
static const char *const heads[N_COLUMN] = {"budget", "outturn", "gap", "over in", "80% sure"};

/* "+£1.3m (-2.5 to 4.9)"; a part year has a part of its budget. */
static char *say_gap(const pc_mtfs_year *of, char text[3 * SAY_SIZE])
{
    char gap[3 * SAY_SIZE];

    if (of->outturn.sd > 0.0) {
        summary_brief_money(&of->outturn, of->outturn.mean - of->gap_gbp, gap);
    } else {
        say_money(of->gap_gbp, gap);
    }
    snprintf(text, 3 * SAY_SIZE, "%s%.280s", of->gap_gbp >= 0.0 ? "+" : "", gap);
    return text;
}

/* "£35,940,000": residuals would be lost in a figure rounded to millions. */
static char *say_pounds(double pounds, char text[SAY_SIZE])
{
    char count[SAY_SIZE];

    say_count(fabs(pounds), count);
    snprintf(text, SAY_SIZE, "%s\u00a3%.60s", pounds < 0.0 ? "-" : "", count);
    return text;
}

static char *cell_text(const pc_mtfs_year *of, size_t column, char text[3 * SAY_SIZE])
{
    switch (column) {
    case 0:
        return say_money(of->has_budget ? (double)of->budget_pence / 100.0 : (double)NAN, text);
    case 1: /* lines that are certain have no range */
        return of->outturn.sd > 0.0 ? summary_brief_money(&of->outturn, 0.0, text)
                                    : say_money(of->outturn.mean, text);
    case 2:
        return say_gap(of, text);
    case 3:
        return summary_chance(of->p_over, text);
    default:
        return say_money(of->needed[LEVEL_80], text);
    }
}

static bool is_told(const pc_mtfs_year *of)
{
    return of->has_budget || of->has_outturn;
}

typedef struct budget_block {
    size_t from, to; /* columns */
    size_t label, gap;
    const size_t *width;
} budget_block;

static void block_lines(const pc_forecast *forecast, const budget_block *block, const say_page *page)
{
    const pc_mtfs *of = forecast->mtfs;
    char text[3 * SAY_SIZE], name[SAY_SIZE];

    say_ink_begin(page, SAY_STRONG);
    say_left(page, "Budget", block->label);
    for (size_t column = block->from; column < block->to; column++) {
        say_right(page, heads[column], block->width[column] + block->gap);
    }
    say_ink_end(page);
    say_newline(page);
    for (size_t year = 0; year < of->n_year; year++) {
        const pc_mtfs_year *mine = pc_mtfs_at(of, of->n_holder - 1, year);

        if (!is_told(mine)) {
            continue;
        }
        say_left(page, summary_year(&forecast->year[year], true, name), block->label);
        for (size_t column = block->from; column < block->to; column++) {
            bool ink = column == GAP && isfinite(mine->gap_gbp);

            if (ink) {
                say_ink_begin(page, mine->gap_gbp > 0.0 ? SAY_OVER : SAY_UNDER);
            }
            say_right(page, cell_text(mine, column, text), block->width[column] + block->gap);
            if (ink) {
                say_ink_end(page);
            }
        }
        say_newline(page);
    }
}

/* Of all holders together; each holder is in budget_needed.csv. On a narrow page one below the other. */
static void years(const pc_forecast *forecast, const say_page *page)
{
    const pc_mtfs *of = forecast->mtfs;
    size_t width[N_COLUMN], total = 0;
    budget_block block = {.width = width, .label = strlen("2024/25*")};
    char text[3 * SAY_SIZE];

    for (size_t column = 0; column < N_COLUMN; column++) {
        width[column] = strlen(heads[column]);
        for (size_t year = 0; year < of->n_year; year++) {
            size_t columns = say_columns(cell_text(pc_mtfs_at(of, of->n_holder - 1, year), column, text));

            width[column] = columns > width[column] ? columns : width[column];
        }
        total += width[column];
    }
    total += block.label;
    block.gap = total + N_COLUMN * 3 <= page->width ? 3 : total + N_COLUMN * 2 <= page->width ? 2 : 1;
    for (; block.from < N_COLUMN; block.from = block.to) {
        size_t used = block.label + width[block.from] + block.gap;

        block.to = block.from + 1;
        while (block.to < N_COLUMN && used + width[block.to] + block.gap <= page->width) {
            used += width[block.to++] + block.gap;
        }
        block_lines(forecast, &block, page);
    }
}

static void paragraph(const say_page *page, const char *first, char *text)
{
    if (text != NULL) {
        say_paragraph(page, first, text);
    }
    free(text);
}

static void reserve(const pc_mtfs *of, const say_page *page)
{
    char needed[PC_N_CONFIDENCE][SAY_SIZE], held[SAY_SIZE], chance[SAY_SIZE];

    if (of->has_gap && isfinite(of->reserve_needed[0])) {
        for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
            say_money(of->reserve_needed[level], needed[level]);
        }
        paragraph(page, "Reserve   ",
                  pc_format_text("needed over the plan: %s to be 50%% sure, %s for 80%%, %s for 90%%",
                                 needed[0], needed[1], needed[2]));
    }
    if (of->has_reserve) {
        say_money((double)of->reserve_pence / 100.0, held);
        paragraph(page, "Reserve   ",
                  isfinite(of->p_reserve_enough)
                      ? pc_format_text("unphased, of no year: %s; enough with a chance of %s", held,
                                       summary_chance(of->p_reserve_enough, chance))
                      : pc_format_text("unphased, of no year: %s", held));
    }
}

static void add_words(char **text, char *words)
{
    char *longer = *text == NULL || words == NULL ? NULL : pc_format_text("%s%s", *text, words);

    free(*text);
    free(words);
    *text = longer;
}

static char *residual_words(const pc_mtfs_line *line, bool first)
{
    char stated[SAY_SIZE], computed[SAY_SIZE], residual[SAY_SIZE];

    say_pounds(line->stated_gbp, stated);
    say_pounds(line->computed_gbp, computed);
    say_pounds(line->residual_gbp, residual);
    if (strcmp(line->kind, "gap") == 0) {
        return pc_format_text("%s gap %s, nearest is %s (%s)", first ? "" : ";", stated, computed,
                              line->line);
    }
    return pc_format_text("%s %s %s%s%s %s (lines give %s): %s", first ? "" : ";", line->side, line->kind,
                          line->holder[0] == '\0' ? "" : " of ", line->holder, stated, computed, residual);
}

static bool is_unexplained(const pc_mtfs_line *line)
{
    return fabs(line->residual_gbp) >= 0.01 && (strcmp(line->kind, "gap") != 0 || line->note[0] != '\0');
}

/* Totals that the user's own lines do not add up to: a paragraph a year. */
static void residuals(const pc_mtfs *of, const say_page *page)
{
    for (size_t at = 0, next; at < of->n_line; at = next) {
        char year[PC_DAY_TEXT_SIZE];
        char *text = NULL;

        for (next = at; next < of->n_line && of->line[next].year == of->line[at].year; next++) {
            if (is_unexplained(&of->line[next])) {
                bool first = text == NULL;

                text = first ? pc_format_text("%s, as stated:",
                                              pc_financial_year_format(of->line[at].year, year))
                             : text;
                add_words(&text, residual_words(&of->line[next], first));
            }
        }
        paragraph(page, "Residual  ", text);
    }
}

void summary_budget(const pc_forecast *forecast, const say_page *page)
{
    if (forecast->mtfs == NULL) {
        return;
    }
    years(forecast, page);
    reserve(forecast->mtfs, page);
    residuals(forecast->mtfs, page);
    say_newline(page);
}
