/* clean_summary.c - what cleaning found, and whether it ties to the return: the first question of every user.
 */
#include <string.h>

#include "report/rule_counts.h"
#include "report/say.h"
#include "report/summary_parts.h"
#include "report/summary_table.h"

enum { ASSUMPTIONS_MOST = 6 };

static const char *say_severity(const char *severity)
{
    return strcmp(severity, "set_aside") == 0  ? "set aside"
           : strcmp(severity, "repaired") == 0 ? "repaired"
                                               : "noted";
}

static void rules(const pc_quality *quality, const say_page *page)
{
    report_rule_counts counts;

    if (report_rule_counts_make(quality, &counts) != PC_OK) {
        say_paragraph(page, "", "(not shown: out of memory)");
        return;
    }
    if (counts.n == 0) {
        say_paragraph(page, "", "Nothing to set aside, repair or note.");
    } else {
        say_ink_begin(page, SAY_STRONG);
        say_left(page, "", 10);
        say_right(page, "lines", 9);
        say_left(page, "  rule", 6);
        say_ink_end(page);
        say_newline(page);
    }
    for (size_t r = 0; r < counts.n; r++) {
        char first[2 * SAY_SIZE], text[SAY_SIZE];

        snprintf(first, sizeof first, "%-10s%9s  ", say_severity(counts.rule[r].severity),
                 say_count((double)counts.rule[r].n, text));
        say_words(page, first, "%s: %s", counts.rule[r].name, counts.rule[r].meaning);
    }
    report_rule_counts_free(&counts);
}

static const char *say_known(long count, char text[SAY_SIZE])
{
    return count < 0 ? "-" : say_count((double)count, text);
}

static void tie_row(summary_table *table, const pc_tieout_row *row, bool published)
{
    char text[SAY_SIZE];
    long against = row->published >= 0 ? row->published : row->official_rule;
    size_t column = 0;

    summary_table_row(table, say_day_short(row->date, text));
    summary_table_cell(table, column++, say_known(row->engine, text));
    summary_table_cell(table, column++, say_known(row->official_rule, text));
    if (published) {
        summary_table_cell(table, column++, say_known(row->published, text));
    }
    summary_table_cell(table, column,
                       row->engine < 0 || against < 0 ? "-"
                                                      : say_count((double)(row->engine - against), text));
}

/* Of the rows for all children. */
static bool any_difference(const pc_tieout *tieout)
{
    bool any = false;

    for (size_t t = 0; t < tieout->n; t++) {
        const pc_tieout_row *row = &tieout->row[t];

        any = any || (row->category < 0 && row->age_band < 0 && row->published < 0 &&
                      row->engine != row->official_rule);
    }
    return any;
}

/* The rows for all children; those by category and age band are in tieout.csv. */
static void ties(const pc_tieout *tieout, const say_page *page)
{
    bool published = false;
    summary_table table;
    size_t n = 0;

    for (size_t t = 0; t < tieout->n; t++) {
        published = published || tieout->row[t].published >= 0;
    }
    summary_table_begin(&table, "Children in care", published ? 4 : 3);
    summary_table_cell(&table, 0, "this tool");
    summary_table_cell(&table, 1, "national rules");
    if (published) {
        summary_table_cell(&table, 2, "published");
    }
    summary_table_cell(&table, published ? 3 : 2, "difference");
    for (size_t t = 0; t < tieout->n; t++) {
        if (tieout->row[t].category < 0 && tieout->row[t].age_band < 0) {
            tie_row(&table, &tieout->row[t], published);
            n++;
        }
    }
    if (n == 0) {
        summary_table_drop(&table);
        return;
    }
    say_newline(page);
    (void)summary_table_end(&table, page);
    say_paragraph(page, "",
                  published ? "Difference: this tool's count less the published one, or less that of the "
                              "national rules where none is published."
                            : "Difference: this tool's count less that of the national rules.");
    if (any_difference(tieout)) {
        say_paragraph(page, "",
                      "Differences come from the rows repaired or set aside above; quality.csv names each.");
    }
}

/* Children are ordered by authority. */
static size_t count_authorities(const pc_episodes *episodes)
{
    size_t n = 0;

    for (size_t c = 0; c < episodes->n_child; c++) {
        n += c == 0 || episodes->child[c].la != episodes->child[c - 1].la;
    }
    return n;
}

void pc_report_clean_summary(const pc_run_record *record, FILE *stream)
{
    const say_page on = say_page_of(&record->look, stream), *page = &on;
    const pc_episodes *episodes = record->episodes;
    char read[SAY_SIZE], kept[SAY_SIZE], children[SAY_SIZE], all[SAY_SIZE], day[SAY_SIZE];

    say_paragraph(page, "Returns   ", record->data);
    say_words(page, "Read      ", "%s episode rows of %s children in %zu files, to %s",
              say_count((double)episodes->rows_read, read), say_count((double)episodes->children_read, all),
              record->quality->path.n, say_day(episodes->extract, day));
    say_count((double)episodes->n, kept);
    say_count((double)episodes->n_child, children);
    if (count_authorities(episodes) > 1) {
        say_words(page, "Kept      ", "%s episodes of %s children in %zu authorities", kept, children,
                  count_authorities(episodes));
    } else {
        say_words(page, "Kept      ", "%s episodes of %s children", kept, children);
    }
    say_newline(page);
    rules(record->quality, page);
    if (record->tieout != NULL) {
        ties(record->tieout, page);
    }
    say_newline(page);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, "", page);
    summary_written(record, page);
}
