/* workforce_csv.c - workforce.csv and workforce_checks.csv: the structures of posts, and every sum checked.
 * Columns: docs/outputs.md. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "placecast/report.h"

static void put_gbp(FILE *stream, double value)
{
    fputc(',', stream);
    if (isfinite(value)) {
        pc_out_number(stream, value, 2);
    }
}

static void put_row(FILE *stream, const char *scenario, const pc_establishment *of,
                    const pc_establishment_row *row)
{
    char day[PC_DAY_TEXT_SIZE];

    pc_out_text(stream, scenario);
    fputc(',', stream);
    pc_out_text(stream, row->structure);
    fputc(',', stream);
    pc_out_text(stream, row->team);
    fputc(',', stream);
    pc_out_text(stream, row->holder == NULL ? "" : row->holder);
    fputc(',', stream);
    fputs(row->from == PC_DAY_NONE ? "" : pc_day_format(row->from, day), stream);
    put_gbp(stream, row->posts);
    put_gbp(stream, row->cost);
    put_gbp(stream, row->premium);
    put_gbp(stream, row->true_cost);
    put_gbp(stream, row->premium_by_posts);
    put_gbp(stream, row->true_cost_by_posts);
    for (size_t at = 0; at < of->n_source; at++) {
        put_gbp(stream, row->funding[at]);
    }
    put_gbp(stream, row->funding_gap);
    fputc('\n', stream);
}

pc_status pc_report_workforce(const char *scenario, const pc_establishment *of, const char *folder,
                              pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, "workforce.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("scenario,structure,team,holder,from,posts,cost_gbp,premium_gbp,true_cost_gbp,premium_by_posts_gbp,"
          "true_cost_by_posts_gbp",
          file.stream);
    for (size_t at = 0; at < of->n_source; at++) {
        char *name = pc_format_text("funding_%s_gbp", of->source[at]);

        fputc(',', file.stream);
        if (name == NULL) {
            pc_out_abandon(&file);
            return PC_ERR_NO_MEMORY;
        }
        pc_out_text(file.stream, name);
        free(name);
    }
    fputs(",funding_gap_gbp\n", file.stream);
    for (size_t at = 0; at < of->n_row; at++) {
        put_row(file.stream, scenario, of, &of->row[at]);
    }
    return pc_out_commit(&file, diagnostics);
}

pc_status pc_report_workforce_checks(const char *scenario, const pc_establishment *of, const char *folder,
                                     pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, "workforce_checks.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("scenario,structure,subject,check,computed,stated,difference,within,verdict,words\n", file.stream);
    for (size_t at = 0; at < of->n_finding; at++) {
        const pc_finding *one = &of->finding[at];

        pc_out_text(file.stream, scenario);
        fputc(',', file.stream);
        pc_out_text(file.stream, one->structure);
        fputc(',', file.stream);
        pc_out_text(file.stream, one->subject);
        fprintf(file.stream, ",%s", one->check);
        put_gbp(file.stream, one->computed);
        put_gbp(file.stream, one->stated);
        put_gbp(file.stream, one->computed - one->stated);
        put_gbp(file.stream, one->within);
        fprintf(file.stream, ",%s,", pc_verdict_name(one->verdict));
        pc_out_text(file.stream, one->text);
        fputc('\n', file.stream);
    }
    return pc_out_commit(&file, diagnostics);
}
