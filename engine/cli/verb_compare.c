/* verb_compare.c - placecast compare SCENARIO SCENARIO...: one model, several scenarios on the same random
 * numbers, their differences. */
#include <stdlib.h>
#include <string.h>

#include "self_check.h"

enum { MOST_OUTPUTS = 46 + PC_REPORT_MOST_MONEY };

/* What a comparison holds; the sessions' first one has the model. */
typedef struct comparing {
    size_t n;
    cli_session *session;         /* [n] */
    const pc_scenario **scenario; /* [n] */
    const pc_prices **prices;     /* [n]; NULL: none */
    pc_comparison result;
    pc_alone *alone; /* [n] */
    cli_self_check check;
    const char *output[MOST_OUTPUTS];
} comparing;

static pc_status begin(comparing *self, const cli_options *options)
{
    pc_status status = PC_OK;

    *self = (comparing){.n = options->n_argument};
    self->session = calloc(self->n, sizeof *self->session);
    self->scenario = calloc(self->n, sizeof *self->scenario);
    self->prices = calloc(self->n, sizeof *self->prices);
    self->alone = calloc(self->n, sizeof *self->alone);
    if (self->session == NULL || self->scenario == NULL || self->prices == NULL || self->alone == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < self->n && status == PC_OK; at++) {
        status = cli_session_begin(&self->session[at], options);
    }
    return status;
}

static void end(comparing *self)
{
    for (size_t at = 0; at < self->n; at++) {
        if (self->session != NULL) {
            cli_session_free(&self->session[at]);
        }
        if (self->alone != NULL) {
            pc_alone_free(&self->alone[at]);
        }
    }
    cli_self_check_free(&self->check);
    pc_comparison_free(&self->result);
    free(self->session);
    free(self->scenario);
    free(self->prices);
    free(self->alone);
}

static bool same_authorities(const pc_scenario *a, const pc_scenario *b)
{
    bool same = a->n_authority == b->n_authority;

    for (size_t at = 0; same && at < a->n_authority; at++) {
        same = strcmp(a->authority[at], b->authority[at]) == 0;
    }
    return same;
}

/* The returns are cleaned and the rates fitted once, for all. */
static pc_status check_same_data(const comparing *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *first = &self->session[0].scenario;
    pc_status status = PC_OK;

    for (size_t at = 1; at < self->n; at++) {
        const pc_scenario *other = &self->session[at].scenario;
        const struct {
            const char *key;
            bool same;
        } each[] = {
            {"data.ssda903", cli_same_path(first->ssda903, other->ssda903)},
            {"data.summary", cli_same_path(first->summary, other->summary)},
            {"data.codes", cli_same_path(first->codes, other->codes)},
            {"data.extract", first->extract == other->extract},
            {"data.window", first->window_from == other->window_from && first->window_to == other->window_to},
            {"authorities", same_authorities(first, other)}};

        for (size_t e = 0; e < sizeof each / sizeof each[0]; e++) {
            if (!each[e].same) {
                pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = other->file},
                                   "`%s` differs from that of %s, expected the same: one model serves all",
                                   each[e].key, first->file);
                status = PC_ERR_INPUT;
            }
        }
    }
    return status;
}

/* What one file says, without what another said of a file that both extend. */
static void take_messages(const pc_diagnostics *from, pc_diagnostics *to)
{
    for (size_t m = 0; m < from->n; m++) {
        const pc_message *message = &from->message[m];
        bool said = false;

        for (size_t other = 0; other < to->n && !said; other++) {
            const pc_message *before = &to->message[other];
            bool same_file =
                before->file == message->file ||
                (before->file != NULL && message->file != NULL && strcmp(before->file, message->file) == 0);

            said = same_file && before->line == message->line && before->column == message->column &&
                   before->severity == message->severity && strcmp(before->text, message->text) == 0;
        }
        if (!said) {
            pc_diagnostics_add(to, message->severity,
                               (pc_place){.file = message->file,
                                          .line = message->line,
                                          .column = message->column,
                                          .column_name = message->column_name},
                               "%s", message->text);
        }
    }
    to->lost = to->lost || from->lost;
}

/* The problems of all files, not only of the first that has some. */
static pc_status load(comparing *self, const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->n; at++) {
        cli_session *session = &self->session[at];
        pc_diagnostics said;
        pc_status mine;

        pc_diagnostics_init(&said);
        mine = cli_session_load_file(session, options->argument[at], &said);
        take_messages(&said, diagnostics);
        pc_diagnostics_free(&said);
        status = status == PC_OK ? mine : status;
        self->scenario[at] = &session->scenario;
        self->prices[at] = session->has_prices ? &session->prices : NULL;
    }
    if (status == PC_OK) {
        pc_status data = check_same_data(self, diagnostics);

        status = pc_compare_check(self->n, self->scenario, diagnostics);
        status = data != PC_OK ? data : status;
    }
    return status;
}

static pc_status simulate(comparing *self, const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_run_options run = {.threads = (int)options->threads.value,
                          .progress = cli_progress_wanted(options) ? cli_progress : NULL,
                          .stop = &cli_stop};
    cli_session *first = &self->session[0];
    double began = cli_clock();
    pc_status status =
        pc_compare(&first->model, self->n, self->scenario, self->prices, &run, &self->result, diagnostics);

    cli_progress_clear();
    cli_session_stage(first, "simulate", began);
    began = cli_clock();
    for (size_t at = 0; at < self->n && status == PC_OK; at++) {
        status = pc_alone_run(&first->model, self->scenario[at], self->prices[at], &run, &self->alone[at],
                              diagnostics);
    }
    cli_progress_clear();
    cli_session_stage(first, "alone", began);
    began = cli_clock();
    if (status == PC_OK) {
        status = pc_why_causes(&first->model, self->scenario, self->prices, &run, &self->result, diagnostics);
    }
    cli_progress_clear();
    cli_session_stage(first, "why", began);
    return status;
}

/* Tables that only some scenarios have something for. */
static bool any_interventions(const comparing *self)
{
    bool any = false;

    for (size_t at = 0; at < self->n; at++) {
        any |= self->scenario[at]->n_intervention > 0;
    }
    return any;
}

static bool any_targets(const comparing *self)
{
    bool any = false;

    for (size_t at = 0; at < self->n; at++) {
        any |= self->scenario[at]->n_target > 0;
    }
    return any;
}

static bool any_out_of_area(const comparing *self)
{
    bool any = false;

    for (size_t at = 0; at < self->n; at++) {
        any |= self->scenario[at]->out_of_area_table.n > 0;
    }
    return any;
}

static pc_status write_out_of_area(const comparing *self, const char *folder, pc_diagnostics *diagnostics)
{
    const pc_out_of_area **shares = calloc(self->n, sizeof *shares);
    pc_status status = shares == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t at = 0; at < self->n && status == PC_OK; at++) {
        shares[at] = &self->scenario[at]->out_of_area_table;
    }
    if (status == PC_OK) {
        status = pc_report_out_of_area(self->n, self->result.forecast, shares, folder, diagnostics);
    }
    free(shares);
    return status;
}

static bool any_budget(const comparing *self)
{
    bool any = false;

    for (size_t at = 0; at < self->n; at++) {
        any |= self->result.forecast[at].mtfs != NULL;
    }
    return any;
}

static bool any_posts(const comparing *self)
{
    bool any = false;

    for (size_t at = 0; at < self->n; at++) {
        any |= pc_forecast_has_posts(&self->result.forecast[at]);
    }
    return any;
}

static size_t list_outputs(const comparing *self, const cli_options *options, const pc_run_record *record,
                           const char *output[MOST_OUTPUTS])
{
    static const char *const always[] = {"forecast.csv", "annual.csv", "exits.csv", "differences.csv",
                                         "annual_differences.csv"};
    size_t n = 0;

    if ((options->formats & CLI_FORMAT_CSV) != 0) {
        for (size_t at = 0; at < sizeof always / sizeof always[0]; at++) {
            output[n++] = always[at];
        }
        if (self->result.why.n > 0) {
            output[n++] = "why.csv";
        }
        if (any_interventions(self)) {
            output[n++] = "interventions.csv";
            output[n++] = "alone.csv";
        }
        if (pc_report_has_invest(&self->result, self->alone)) {
            output[n++] = "invest_to_save.csv";
        }
        if (any_budget(self)) {
            output[n++] = "budget_lines.csv";
            output[n++] = "budget_needed.csv";
        }
        if (any_posts(self)) {
            output[n++] = "posts.csv";
        }
        if (any_targets(self)) {
            output[n++] = "targets.csv";
        }
        if (any_out_of_area(self)) {
            output[n++] = "out_of_area.csv";
        }
        n += pc_report_money_list(self->n, self->result.forecast, output + n);
        if (record->tieout != NULL) {
            output[n++] = "tieout.csv";
        }
        n = cli_self_check_list(&self->check, output, n);
        output[n++] = "assumptions.csv";
    }
    return cli_session_list(options, output, n);
}

static pc_status write_tables(const comparing *self, const pc_run_record *record, pc_diagnostics *diagnostics)
{
    const char *folder = record->folder;
    pc_status status = pc_report_comparison(&self->result, folder, diagnostics);

    if (status == PC_OK && self->result.why.n > 0) {
        status = pc_report_why(&self->result.why, folder, diagnostics);
    }
    status = status == PC_OK ? pc_report_money(self->n, self->result.forecast, folder, diagnostics) : status;
    if (status == PC_OK && any_interventions(self)) {
        status = pc_report_interventions(self->n, self->result.forecast, folder, diagnostics);
        status = status == PC_OK ? pc_report_alone(self->n, self->alone, folder, diagnostics) : status;
    }
    if (status == PC_OK && pc_report_has_invest(&self->result, self->alone)) {
        status = pc_report_invest(&self->result, self->alone, folder, diagnostics);
    }
    if (status == PC_OK && any_budget(self)) {
        status = pc_report_budget(self->n, self->result.forecast, folder, diagnostics);
    }
    if (status == PC_OK && any_posts(self)) {
        status = pc_report_posts(self->n, self->result.forecast, folder, diagnostics);
    }
    if (status == PC_OK && any_targets(self)) {
        status = pc_report_targets(self->n, self->result.forecast, folder, diagnostics);
    }
    if (status == PC_OK && any_out_of_area(self)) {
        status = write_out_of_area(self, folder, diagnostics);
    }
    if (status == PC_OK && record->tieout != NULL) {
        status = pc_report_tieout(record->tieout, &self->session[0].codes, folder, diagnostics);
    }
    status = status == PC_OK ? cli_self_check_write(&self->check, folder, diagnostics) : status;
    return status == PC_OK ? pc_report_assumptions(record, folder, diagnostics) : status;
}

/* run.json comes last: where it stands, the tables that it speaks of stand as well. */
static pc_status write_all(comparing *self, pc_run_record *record, const cli_options *options,
                           pc_diagnostics *diagnostics)
{
    double began = cli_clock();
    pc_status status = PC_OK;

    if ((options->formats & CLI_FORMAT_CSV) != 0) {
        status = write_tables(self, record, diagnostics);
    }
    cli_session_stage(&self->session[0], "write", began);
    record->n_stage = self->session[0].n_stage;
    if (status == PC_OK && (options->formats & CLI_FORMAT_JSON) != 0) {
        status = pc_report_run(record, record->folder, diagnostics);
    }
    return status == PC_OK ? cli_session_describe(record->folder, options, diagnostics) : status;
}

static pc_status print(const cli_options *options, const pc_run_record *record)
{
    if (options->json) {
        return pc_report_compare_summary_json(record, stdout);
    }
    if (!options->quiet) {
        pc_report_compare_summary(record, stdout);
    }
    return PC_OK;
}

static pc_status compare(comparing *self, const cli_options *options, pc_diagnostics *diagnostics)
{
    cli_session *first = &self->session[0];
    pc_run_record record;
    pc_status status = load(self, options, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    /* A folder that cannot be made is better known before the work than after it. */
    first->folder = strdup(options->out != NULL ? options->out : "out/compare");
    status = first->folder == NULL ? PC_ERR_NO_MEMORY : pc_report_folder(first->folder, diagnostics);
    status = status == PC_OK ? cli_session_fit(first, diagnostics) : status;
    for (size_t at = 1; at < self->n && status == PC_OK; at++) {
        pc_diagnostics said;

        pc_diagnostics_init(&said);
        status = cli_session_match_prices(&self->session[at], first, &said);
        take_messages(&said, diagnostics);
        pc_diagnostics_free(&said);
    }
    for (size_t at = 1; at < self->n && status == PC_OK; at++) {
        status = cli_session_add_inputs(first, &self->session[at]);
    }
    status = status == PC_OK ? simulate(self, options, diagnostics) : status;
    status = status == PC_OK ? cli_self_check_make(&self->check, first, options, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    cli_self_check_round(&self->check, options);
    pc_comparison_round(&self->result, first->scenario.start, (int)options->round_to.value);
    for (size_t at = 0; at < self->n; at++) {
        pc_alone_round(&self->alone[at], (int)options->round_to.value);
    }
    cli_session_round(first, options, diagnostics);
    record = cli_session_record(first, options, &self->result.forecast[0], diagnostics);
    record.comparison = &self->result;
    record.compared = self->scenario;
    record.alone = self->alone;
    cli_self_check_tell(&self->check, options, &record);
    record.n_output = list_outputs(self, options, &record, self->output);
    record.output = self->output;
    status = write_all(self, &record, options, diagnostics);
    return status == PC_OK ? print(options, &record) : status;
}

pc_status cli_compare(const cli_options *options, pc_diagnostics *diagnostics)
{
    comparing self;
    pc_status status = begin(&self, options);

    status = status == PC_OK ? compare(&self, options, diagnostics) : status;
    end(&self);
    return status;
}
