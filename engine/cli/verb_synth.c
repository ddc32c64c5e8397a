/* verb_synth.c - placecast synth [TRUTH]: synthetic returns made from known rates. */
#include "cli.h"

/* A truth file that cannot be read is an input rejected, not a folder that cannot be written. */
static pc_status check_truth(const pc_synth_options *synth, pc_diagnostics *diagnostics)
{
    pc_rates rates;
    pc_status status;

    if (synth->truth == NULL) {
        return PC_OK;
    }
    status = pc_synth_truth(synth, &rates, diagnostics);
    if (status == PC_OK) {
        pc_rates_free(&rates);
    }
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

pc_status cli_synth(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_synth_options synth = pc_synth_options_default();
    const char *folder = options->out != NULL ? options->out : "out/synth";
    pc_synth_record record;
    pc_status status;

    synth.seed = options->seed.given ? options->seed.value : synth.seed;
    synth.children = options->children.given ? (int)options->children.value : synth.children;
    synth.years = options->years.given ? (int)options->years.value : synth.years;
    synth.first_year = options->first_year != 0 ? options->first_year : synth.first_year;
    synth.layout = options->layout;
    synth.la = options->la;
    synth.messy = options->messy;
    synth.core_tables = options->core_tables;
    synth.truth = options->n_argument > 0 ? options->argument[0] : NULL;
    status = check_truth(&synth, diagnostics);
    status = status == PC_OK ? pc_report_folder(folder, diagnostics) : status;
    status = status == PC_OK ? pc_synth(&synth, folder, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    record =
        (pc_synth_record){synth.seed, synth.children, synth.first_year, synth.years, synth.messy, folder};
    if (options->json) {
        return pc_report_synth_json(&record, stdout);
    }
    if (!options->quiet) {
        pc_report_synth(&record, stdout);
    }
    return PC_OK;
}
