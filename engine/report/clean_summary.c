/* clean_summary.c - what cleaning found, and whether it ties to the return: the first question of every user.
 */
#include <string.h>

#include "report/rule_counts.h"
#include "report/say.h"
#include "report/summary_parts.h"

enum { ASSUMPTIONS_MOST = 6 };

static const char *say_severity(const char *severity)
{
    return strcmp(severity, "set_aside") == 0  ? "set aside"
           : strcmp(severity, "repaired") == 0 ? "repaired"
                                               : "noted";
}

static void rules(const pc_quality *quality, FILE *stream)
{
    report_rule_counts counts;

    if (report_rule_counts_make(quality, &counts) != PC_OK) {
        return;
    }
    if (counts.n == 0) {
        fputs("Nothing to set aside, repair or note.\n", stream);
    } else {
        fprintf(stream, "%-12s%-40s%10s\n", "", "rule", "lines");
    }
    for (size_t r = 0; r < counts.n; r++) {
        char number[SAY_SIZE];

        fprintf(stream, "%-12s%-40s%10s\n", say_severity(counts.rule[r].severity), counts.rule[r].name,
                say_count((double)counts.rule[r].n, number));
    }
    report_rule_counts_free(&counts);
}

static const char *say_known(long count, char text[SAY_SIZE])
{
    return count < 0 ? "-" : say_count((double)count, text);
}

/* The rows for all children; those by category and age band are in tieout.csv. */
static void ties(const pc_tieout *tieout, FILE *stream)
{
    bool published = false, any = false;

    for (size_t t = 0; t < tieout->n; t++) {
        published = published || tieout->row[t].published >= 0;
    }
    for (size_t t = 0; t < tieout->n; t++) {
        const pc_tieout_row *row = &tieout->row[t];
        char date[SAY_SIZE], engine[SAY_SIZE], official[SAY_SIZE], given[SAY_SIZE], difference[SAY_SIZE];
        long against = row->published >= 0 ? row->published : row->official_rule;

        if (row->category >= 0 || row->age_band >= 0) {
            continue;
        }
        if (!any) {
            fprintf(stream, "\n%-18s%12s%18s%s%13s\n", "Children in care", "this tool", "national rules",
                    published ? "    published" : "", "difference");
            any = true;
        }
        fprintf(stream, "%-18s%12s%18s", say_day_short(row->date, date), say_known(row->engine, engine),
                say_known(row->official_rule, official));
        if (published) {
            fprintf(stream, "%13s", say_known(row->published, given));
        }
        fprintf(stream, "%13s\n",
                row->engine < 0 || against < 0 ? "-"
                                               : say_count((double)(row->engine - against), difference));
    }
    if (any) {
        say_paragraph(stream, "",
                      published ? "Difference: this tool's count less the published one, or less that of the "
                                  "national rules where none is published."
                                : "Difference: this tool's count less that of the national rules.");
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
    const pc_episodes *episodes = record->episodes;
    char read[SAY_SIZE], kept[SAY_SIZE], children[SAY_SIZE], all[SAY_SIZE], day[SAY_SIZE];

    say_paragraph(stream, "Returns   ", record->data);
    fprintf(stream, "Read      %s episode rows of %s children in %zu files, to %s\n",
            say_count((double)episodes->rows_read, read), say_count((double)episodes->children_read, all),
            record->quality->path.n, say_day(episodes->extract, day));
    fprintf(stream, "Kept      %s episodes of %s children", say_count((double)episodes->n, kept),
            say_count((double)episodes->n_child, children));
    if (count_authorities(episodes) > 1) {
        fprintf(stream, " in %zu authorities", count_authorities(episodes));
    }
    fputs("\n\n", stream);
    rules(record->quality, stream);
    if (record->tieout != NULL) {
        ties(record->tieout, stream);
    }
    fputc('\n', stream);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, "", stream);
    summary_written(record, stream);
}
