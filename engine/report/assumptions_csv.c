/* assumptions_csv.c - assumptions.csv: what a run assumes, in words, and where each comes from. Columns:
 * docs/outputs.md. */
#include "base/out_file.h"
#include "report/assumption_table.h"

static void (*const topic[])(assumption_table *) = {assumption_put_data,          assumption_put_rates,
                                                    assumption_put_places,        assumption_put_prices,
                                                    assumption_put_interventions, assumption_put_further};

pc_status pc_report_assumptions(const pc_run_record *record, const char *folder, pc_diagnostics *diagnostics)
{
    size_t n = record->comparison == NULL ? 1 : record->comparison->n;
    assumption_table self = {.record = record, .diagnostics = diagnostics};
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, "assumptions.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    self.stream = file.stream;
    fputs("scenario,topic,assumption,origin,source,place\n", file.stream);
    for (size_t at = 0; at < n && self.status == PC_OK; at++) {
        self.scenario = record->comparison == NULL ? record->scenario : record->compared[at];
        for (size_t t = 0; t < sizeof topic / sizeof topic[0] && self.status == PC_OK; t++) {
            topic[t](&self);
        }
    }
    if (self.status != PC_OK) {
        pc_out_abandon(&file);
        return self.status;
    }
    return pc_out_commit(&file, diagnostics);
}
