#include "self_check.h"

#include <string.h>

/* Twelve months ahead, and the shorter ones that come with them; few enough that a run stays quick. */
static const int horizon[] = {3, 6, 12};
enum { ORIGINS = 4, REPLICATES = 200 };

static bool tables_wanted(const cli_options *options)
{
    return (options->formats & CLI_FORMAT_CSV) != 0;
}

pc_status cli_self_check_make(cli_self_check *self, cli_session *session, const cli_options *options,
                              pc_diagnostics *diagnostics)
{
    pc_run_record record = cli_session_record(session, options, NULL, diagnostics);
    double began = cli_clock();
    pc_backtest_options with = {.n_horizon = sizeof horizon / sizeof horizon[0],
                                .horizon = horizon,
                                .most_origins = ORIGINS,
                                .replicates = REPLICATES,
                                .run = {.threads = (int)options->threads.value,
                                        .progress = cli_progress_wanted(options) ? cli_progress_left : NULL,
                                        .context = &began,
                                        .stop = &cli_stop}};
    pc_status status;

    memset(self, 0, sizeof *self);
    if (options->no_backtest) {
        return PC_OK;
    }
    status = pc_skill_key(&record, &with, self->key);
    if (status != PC_OK) {
        return status;
    }
    self->kept = tables_wanted(options) && pc_report_skill_kept(session->folder, self->key, &self->headline);
    if (!self->kept) {
        status = pc_backtest(&session->data.episodes, &session->scenario,
                             session->has_prices ? &session->prices : NULL, &with, &self->skill, diagnostics);
        cli_progress_clear();
    }
    if (status == PC_OK && !self->kept) {
        self->headline = pc_skill_headline_of(&self->skill);
    }
    self->done = status == PC_OK;
    cli_session_stage(session, "backtest", began);
    return status;
}

pc_status cli_self_check_write(const cli_self_check *self, const char *folder, pc_diagnostics *diagnostics)
{
    pc_status status;

    if (!self->done || self->kept) {
        return PC_OK;
    }
    status = pc_report_skill(&self->skill, folder, diagnostics);
    return status == PC_OK ? pc_report_skill_summary(&self->skill, folder, diagnostics) : status;
}

size_t cli_self_check_list(const cli_self_check *self, const char **output, size_t n)
{
    if (self->done) {
        output[n++] = "skill.csv";
        output[n++] = "skill_summary.csv";
    }
    return n;
}

void cli_self_check_tell(const cli_self_check *self, const cli_options *options, pc_run_record *record)
{
    record->skill = self->done ? &self->headline : NULL;
    record->skill_key = self->done && tables_wanted(options) ? self->key : NULL;
}

void cli_self_check_round(cli_self_check *self, const cli_options *options)
{
    pc_skill_round(&self->skill, (int)options->round_to.value);
}

void cli_self_check_free(cli_self_check *self)
{
    pc_skill_free(&self->skill);
}
