/* verb_clean.c - placecast clean FOLDER: returns -> cleaned episodes, what was done to which row, whether it
 * ties. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char *const outputs[] = {"episodes.csv", "quality.csv", "tieout.csv"};

static pc_status all_confined(const cli_options *options, pc_diagnostics *diagnostics)
{
    const char *const path[] = {options->codes, options->published};
    pc_status status = cli_confined_folder(options->confine, options->argument[0], diagnostics);

    for (size_t p = 0; p < 2; p++) {
        pc_status one = cli_confined(options->confine, path[p], diagnostics);

        status = status == PC_OK ? one : status;
    }
    return status;
}

static pc_status write_all(const pc_run_record *record, pc_diagnostics *diagnostics)
{
    pc_status status = pc_report_folder(record->folder, diagnostics);

    status = status == PC_OK ? pc_report_episodes(record->episodes, record->folder, diagnostics) : status;
    status = status == PC_OK
                 ? pc_report_quality(record->quality, record->episodes, record->folder, diagnostics)
                 : status;
    status = status == PC_OK
                 ? pc_report_tieout(record->tieout, &record->episodes->codes, record->folder, diagnostics)
                 : status;
    return status;
}

static pc_status print(const cli_options *options, const pc_run_record *record)
{
    if (options->json) {
        return pc_report_clean_summary_json(record, stdout);
    }
    if (!options->quiet) {
        pc_report_clean_summary(record, stdout);
    }
    return PC_OK;
}

pc_status cli_clean(const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_clean_options clean = pc_clean_options_default();
    pc_episodes episodes;
    pc_quality quality;
    pc_tieout tieout;
    pc_status status = all_confined(options, diagnostics);

    memset(&tieout, 0, sizeof tieout);
    if (status != PC_OK) {
        return status;
    }
    clean.folder = options->argument[0];
    clean.codes = options->codes;
    clean.extract = options->extract;
    status = pc_clean(&clean, &episodes, &quality, diagnostics);
    if (status != PC_OK) {
        return status == PC_ERR_IO ? PC_ERR_INPUT : status;
    }
    status = cli_confined_returns(options->confine, &quality, diagnostics);
    status = status != PC_OK ? status : pc_tieout_make(&episodes, options->published, &tieout, diagnostics);
    status = status == PC_ERR_IO ? PC_ERR_INPUT : status;
    status = status == PC_OK ? cli_interrupted() : status;
    if (status == PC_OK) {
        pc_run_record record = {.look = cli_look(),
                                .argc = options->argc,
                                .argv = options->argv,
                                .episodes = &episodes,
                                .quality = &quality,
                                .tieout = &tieout,
                                .diagnostics = diagnostics,
                                .data = options->argument[0],
                                .folder = options->out != NULL ? options->out : "out/clean",
                                .n_output = sizeof outputs / sizeof outputs[0],
                                .output = outputs};

        status = write_all(&record, diagnostics);
        status = status == PC_OK ? print(options, &record) : status;
    }
    pc_tieout_free(&tieout);
    pc_quality_free(&quality);
    pc_episodes_free(&episodes);
    return status;
}
