/* why_csv.c - why.csv: what the change of the bill is due to. Columns: docs/outputs.md. */
#include "base/number_text.h"
#include "base/out_file.h"
#include "placecast/report.h"

static void put_row(FILE *stream, const pc_why_row *row)
{
    char year[PC_DAY_TEXT_SIZE], pounds[PC_NUMBER_TEXT_SIZE];
    const char *const field[] = {
        row->from,   row->to,   pc_financial_year_format(row->year, year), pc_why_layer_name(row->layer),
        row->driver, row->kind, pc_pence_format(row->pence, pounds)};
    const size_t n = sizeof field / sizeof field[0];

    for (size_t at = 0; at + 1 < n; at++) {
        pc_out_text(stream, field[at]);
        fputc(',', stream);
    }
    fputs(field[n - 1], stream); /* a number: its sign is no formula */
    fputc('\n', stream);
}

pc_status pc_report_why(const pc_why *why, const char *folder, pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, "why.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("from,to,year,layer,driver,kind,contribution_gbp\n", file.stream);
    for (size_t at = 0; at < why->n; at++) {
        put_row(file.stream, &why->row[at]);
    }
    return pc_out_commit(&file, diagnostics);
}
