#include "base/out_file.h"
#include "placecast/report.h"

pc_status pc_report_quality(const pc_quality *quality, const pc_episodes *episodes, const char *folder,
                            pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_make_folder(folder, diagnostics);

    if (status == PC_OK) { /* child records: for their owner alone */
        status = pc_out_open(&file, folder, "quality.csv", 0600, diagnostics);
    }
    if (status != PC_OK) {
        return status;
    }
    fputs("rule,severity,file,row,la,child,action\n", file.stream);
    for (size_t r = 0; r < quality->n; r++) {
        pc_quality_row row;

        pc_quality_read(quality, episodes, r, &row);
        fprintf(file.stream, "%s,%s,", row.rule, row.severity);
        pc_out_text(file.stream, pc_names_text(&quality->file, row.file));
        if (row.row > 0) {
            fprintf(file.stream, ",%ld,", row.row);
        } else {
            fputs(",,", file.stream);
        }
        pc_out_text(file.stream, row.la);
        fputc(',', file.stream);
        pc_out_text(file.stream, row.child);
        fputc(',', file.stream);
        pc_out_text(file.stream, row.action);
        fputc('\n', file.stream);
    }
    return pc_out_commit(&file, diagnostics);
}
