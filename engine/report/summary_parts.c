#include "report/summary_parts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "report/rule_counts.h"
#include "report/say.h"

/* A paragraph made by printf; nothing when memory is short, for a summary never fails. */
static void paragraph(FILE *stream, const char *first, char *text)
{
    if (text != NULL) {
        say_paragraph(stream, first, text);
    }
    free(text);
}

void summary_cleaned(const pc_run_record *record, FILE *stream)
{
    char read[SAY_SIZE], aside[SAY_SIZE], repaired[SAY_SIZE];
    report_rule_counts counts;

    if (report_rule_counts_make(record->quality, &counts) != PC_OK) {
        return;
    }
    paragraph(stream, "Data      ",
              pc_format_text("%s rows read, %s set aside, %s repaired: see `placecast clean`",
                             say_count((double)record->episodes->rows_read, read),
                             say_count((double)counts.set_aside, aside),
                             say_count((double)counts.repaired, repaired)));
    report_rule_counts_free(&counts);
}

void summary_assumptions(const pc_diagnostics *diagnostics, size_t most, const char *rest, FILE *stream)
{
    size_t shown = 0;

    for (size_t m = 0; diagnostics != NULL && m < diagnostics->n; m++) {
        if (diagnostics->message[m].severity != PC_ASSUMPTION) {
            continue;
        }
        if (shown++ < most) {
            paragraph(stream, "Assumed   ", pc_message_line(&diagnostics->message[m]));
        }
    }
    if (shown > most) {
        paragraph(stream, "Assumed   ", pc_format_text("and %zu more%s", shown - most, rest));
    }
}

void summary_written(const pc_run_record *record, FILE *stream)
{
    char *text = pc_format_text("%s:", record->folder == NULL ? "" : record->folder);

    for (size_t o = 0; text != NULL && o < record->n_output; o++) {
        char *longer =
            pc_format_text("%s %s%s", text, record->output[o], o + 1 < record->n_output ? "," : "");

        free(text);
        text = longer;
    }
    if (record->n_output > 0) {
        paragraph(stream, "Written   ", text);
    } else {
        free(text);
    }
}

void summary_authority(const char *const *name, size_t n, FILE *stream)
{
    if (n == 1) {
        say_paragraph(stream, "Authority ",
                      name[0][0] != '\0' ? name[0] : "the one in the returns (no LA column)");
    } else {
        paragraph(stream, "Authority ", pc_format_text("%zu authorities together", n));
    }
}
