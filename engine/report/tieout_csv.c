#include "base/out_file.h"
#include "placecast/report.h"

/* Counts that are not known, and differences to them, are blank. */
static void write_counts(FILE *stream, const pc_tieout_row *row)
{
    fprintf(stream, "%ld,", row->engine);
    if (row->official_rule >= 0) {
        fprintf(stream, "%ld", row->official_rule);
    }
    fputc(',', stream);
    if (row->published >= 0) {
        fprintf(stream, "%ld,%ld\n", row->published, row->engine - row->published);
    } else if (row->official_rule >= 0) {
        fprintf(stream, ",%ld\n", row->engine - row->official_rule);
    } else {
        fputs(",\n", stream);
    }
}

pc_status pc_report_tieout(const pc_tieout *tieout, const pc_codes *codes, const char *folder,
                           pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_make_folder(folder, diagnostics);

    if (status == PC_OK) {
        status = pc_out_open(&file, folder, "tieout.csv", 0644, diagnostics);
    }
    if (status != PC_OK) {
        return status;
    }
    fputs("date,category,age_band,engine,official_rule,published,difference\n", file.stream);
    for (size_t r = 0; r < tieout->n; r++) {
        const pc_tieout_row *row = &tieout->row[r];
        char day[PC_DAY_TEXT_SIZE];

        fprintf(file.stream, "%s,%s,%s,", pc_day_format(row->date, day),
                row->category < 0 ? "all" : codes->category[row->category].name,
                row->age_band < 0 ? "all" : pc_age_band_name(row->age_band));
        write_counts(file.stream, row);
    }
    return pc_out_commit(&file, diagnostics);
}
