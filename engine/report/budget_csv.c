/* budget_csv.c - budget_lines.csv and budget_needed.csv. Columns: docs/outputs.md. */
#include <math.h>

#include "base/out_file.h"
#include "placecast/mtfs.h"
#include "placecast/report.h"

enum { PENCE = 2, MOST_DECIMALS = 6 };

static void put_text(FILE *stream, const char *text)
{
    fputc(',', stream);
    pc_out_text(stream, text);
}

static void put_number(FILE *stream, double value, int decimals)
{
    fputc(',', stream);
    if (isfinite(value)) {
        pc_out_number(stream, value, decimals);
    }
}

static void put_year(FILE *stream, int year)
{
    char text[PC_DAY_TEXT_SIZE];

    put_text(stream, year == 0 ? "" : pc_financial_year_format(year, text));
}

static void put_line(FILE *stream, const char *scenario, const pc_mtfs_line *line)
{
    pc_out_text(stream, scenario);
    put_year(stream, line->year);
    put_text(stream, line->holder);
    put_text(stream, line->side);
    put_text(stream, line->line);
    put_text(stream, line->kind);
    put_number(stream, line->computed_gbp, PENCE);
    put_number(stream, line->p10_gbp, PENCE);
    put_number(stream, line->p90_gbp, PENCE);
    put_number(stream, line->stated_gbp, PENCE);
    put_number(stream, line->residual_gbp, PENCE);
    put_text(stream, line->note);
    fputc('\n', stream);
}

static void put_lines(FILE *stream, const pc_forecast *forecast)
{
    const pc_mtfs *of = forecast->mtfs;

    for (size_t line = 0; of != NULL && line < of->n_line; line++) {
        put_line(stream, forecast->scenario, &of->line[line]);
    }
}

static void put_needed_row(FILE *stream, const char *scenario, int year, const char *holder,
                           const char *measure, double confidence, double needed, double given, double p)
{
    pc_out_text(stream, scenario);
    put_year(stream, year);
    put_text(stream, holder);
    put_text(stream, measure);
    put_number(stream, confidence, PENCE);
    put_number(stream, needed, PENCE);
    put_number(stream, given, PENCE);
    put_number(stream, needed - given, PENCE);
    put_number(stream, p, MOST_DECIMALS);
    fputc('\n', stream);
}

static void put_needed(FILE *stream, const pc_forecast *forecast)
{
    const pc_mtfs *of = forecast->mtfs;

    for (size_t at = 0; of != NULL && at < of->n_holder * of->n_year; at++) {
        size_t holder = at / of->n_year, year = at % of->n_year;
        const pc_mtfs_year *mine = pc_mtfs_at(of, holder, year);

        for (size_t level = 0; level < PC_N_CONFIDENCE && mine->has_outturn; level++) {
            put_needed_row(stream, forecast->scenario, forecast->year[year].year, of->holder[holder],
                           "budget", pc_confidence_level[level], mine->needed[level],
                           mine->has_budget ? (double)mine->budget_pence / 100.0 : (double)NAN, mine->p_over);
        }
    }
    for (size_t level = 0; of != NULL && of->has_gap && level < PC_N_CONFIDENCE; level++) {
        put_needed_row(stream, forecast->scenario, 0, of->n_holder > 1 ? "all" : of->holder[0], "reserve",
                       pc_confidence_level[level], of->reserve_needed[level],
                       of->has_reserve ? (double)of->reserve_pence / 100.0 : (double)NAN,
                       1.0 - of->p_reserve_enough);
    }
}

static pc_status write_table(size_t n, const pc_forecast *forecast, const char *name, const char *header,
                             void (*put)(FILE *stream, const pc_forecast *forecast), const char *folder,
                             pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, name, 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs(header, file.stream);
    for (size_t at = 0; at < n; at++) {
        put(file.stream, &forecast[at]);
    }
    return pc_out_commit(&file, diagnostics);
}

pc_status pc_report_budget(size_t n, const pc_forecast *forecast, const char *folder,
                           pc_diagnostics *diagnostics)
{
    pc_status status = write_table(n, forecast, "budget_lines.csv",
                                   "scenario,year,holder,side,line,kind,computed_gbp,p10_gbp,p90_gbp,"
                                   "stated_gbp,residual_gbp,note\n",
                                   put_lines, folder, diagnostics);

    return status != PC_OK ? status
                           : write_table(n, forecast, "budget_needed.csv",
                                         "scenario,year,holder,measure,confidence,needed_gbp,given_gbp,"
                                         "short_gbp,p_over\n",
                                         put_needed, folder, diagnostics);
}
