/* verb_summaries.c - the summaries of fit, check and synth: a few lines each. */

#include "report/say.h"
#include "report/summary_parts.h"

enum { ASSUMPTIONS_MOST = 6 };

void pc_report_fit_summary(const pc_run_record *record, FILE *stream)
{
    const pc_model *model = record->model;
    const say_page on = say_page_of(&record->look, stream), *page = &on;
    double children = 0, left_out = 0, starts = 0;
    char from[SAY_SIZE], to[SAY_SIZE], number[SAY_SIZE], other[SAY_SIZE];

    for (size_t a = 0; a < model->n_authority; a++) {
        children += (double)model->authority[a].n_child;
        left_out += (double)model->authority[a].left_out;
        for (size_t s = 0; s < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; s++) {
            starts += model->authority[a].mean.starts[s];
        }
    }
    say_paragraph(page, "Scenario  ", record->scenario->name);
    if (model->n_authority == 1) {
        const char *la = model->authority[0].la;

        summary_authority(record, &la, 1, page);
    } else {
        summary_authority(record, NULL, model->n_authority, page);
    }
    say_words(page, "Rates     ", "from %s to %s", say_day(model->window_from, from),
              say_day(model->window_to, to));
    say_count(children, number);
    say_day(model->extract, to);
    if (left_out > 0) {
        say_words(page, "Children  ", "%s in care on %s; %s more left out: no birth date", number, to,
                  say_count(left_out, other));
    } else {
        say_words(page, "Children  ", "%s in care on %s", number, to);
    }
    say_words(page, "Starts    ", "about %s a year", say_count(starts, number));
    summary_cleaned(record, page);
    summary_assumptions(record->diagnostics, ASSUMPTIONS_MOST, " in fit.json", page);
    summary_written(record, page);
}

void pc_report_check(const char *file, const pc_scenario *scenario, const pc_diagnostics *diagnostics,
                     FILE *stream)
{
    static const char *const before[] = {"", "warning: ", "assumed: "};
    char from[SAY_SIZE], number[SAY_SIZE];
    size_t errors = diagnostics->count[PC_ERROR], warnings = diagnostics->count[PC_WARNING];

    for (int severity = 0; severity < PC_N_SEVERITY; severity++) {
        for (size_t m = 0; m < diagnostics->n; m++) {
            if ((int)diagnostics->message[m].severity == severity) {
                fputs(before[severity], stream);
                pc_message_write(&diagnostics->message[m], stream);
                putc('\n', stream);
            }
        }
    }
    if (scenario == NULL) {
        fprintf(stream, "%s: %zu problem%s\n", file, errors, errors == 1 ? "" : "s");
        return;
    }
    fprintf(stream, "%s: no problems", file);
    if (warnings > 0) {
        fprintf(stream, ", %zu warning%s", warnings, warnings == 1 ? "" : "s");
    }
    fputc('\n', stream);
    fprintf(stream, "Would run: %s, %d months from %s, ", scenario->name, scenario->months,
            say_day(scenario->start, from));
    if (scenario->method == PC_METHOD_EXPECTED) {
        fputs("expected values\n", stream);
    } else {
        fprintf(stream, "%s simulated futures, seed %llu\n", say_count(scenario->replicates, number),
                (unsigned long long)scenario->seed);
    }
}

void pc_report_synth(const pc_synth_record *record, FILE *stream)
{
    char first[PC_DAY_TEXT_SIZE], last[PC_DAY_TEXT_SIZE];

    fprintf(stream, "Made %d returns, %s to %s, seed %llu%s\nWritten to %s\n", record->years,
            pc_financial_year_format(record->first_year, first),
            pc_financial_year_format(record->first_year + record->years - 1, last),
            (unsigned long long)record->seed, record->messy ? ", with planted defects" : "", record->folder);
}
