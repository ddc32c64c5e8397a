#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double cli_clock(void)
{
    struct timespec now;

    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + 1e-9 * (double)now.tv_nsec : 0;
}

void cli_session_stage(cli_session *self, const char *name, double began)
{
    if (self->n_stage < SESSION_MAX_STAGE) {
        self->stage[self->n_stage] = name;
        self->stage_seconds[self->n_stage++] = cli_clock() - began;
    }
}

/* YAML text in single quotes: a path may hold anything. */
static char *quoted(const char *text)
{
    char *copy = malloc(2 * strlen(text) + 3), *at = copy;

    if (copy == NULL) {
        return NULL;
    }
    *at++ = '\'';
    for (; *text != '\0'; text++) {
        *at++ = *text;
        if (*text == '\'') {
            *at++ = '\'';
        }
    }
    *at++ = '\'';
    *at = '\0';
    return copy;
}

/* --replicates and the like are settings of keys, so that they are checked, shown and explained like every
 * other. */
pc_status cli_session_begin(cli_session *self, const cli_options *options)
{
    char date[PC_DAY_TEXT_SIZE];
    const char *extract = pc_day_format(options->extract, date);
    const struct {
        const char *key, *value;
        bool path;
    } each[] = {{"replicates", options->replicates.text, false},
                {"seed", options->seed.text, false},
                {"data.extract", extract[0] != '\0' ? extract : NULL, false},
                {"data.codes", options->codes, true},
                {"data.published", options->published, true},
                {"method", options->method, false}};
    size_t n_each = sizeof each / sizeof each[0];

    memset(self, 0, sizeof *self);
    self->threads = (int)options->threads.value;
    self->setting = calloc(options->n_setting + n_each, sizeof *self->setting);
    if (self->setting == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->with = (pc_scenario_options){options->n_setting, self->setting, options->confine};
    for (size_t s = 0; s < options->n_setting; s++) {
        self->setting[s] = options->setting[s];
    }
    for (size_t e = 0; e < n_each; e++) {
        if (each[e].value == NULL) {
            continue;
        }
        self->value[e] = each[e].path ? quoted(each[e].value) : strdup(each[e].value);
        if (self->value[e] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        self->setting[self->with.n_set++] = (pc_setting){each[e].key, self->value[e]};
    }
    return PC_OK;
}

/* A file that cannot be read is an input rejected; PC_ERR_IO is kept for results that cannot be written. */
static pc_status as_input(pc_status status)
{
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

pc_status cli_session_match_prices(cli_session *self, const cli_session *with, pc_diagnostics *diagnostics)
{
    return self->has_prices ? pc_data_match(&with->data, &with->model, &self->prices, diagnostics) : PC_OK;
}

pc_status cli_session_load_file(cli_session *self, const char *path, pc_diagnostics *diagnostics)
{
    double began = cli_clock();
    pc_status status = pc_scenario_load(path, &self->with, &self->scenario, diagnostics);
    pc_status later;

    if (status != PC_OK) {
        return as_input(status);
    }
    status = pc_codes_load(self->scenario.codes, &self->codes, diagnostics);
    if (status != PC_OK) {
        return as_input(status);
    }
    status = pc_scenario_check_codes(&self->scenario, &self->codes, diagnostics);
    if (self->scenario.workforce != NULL) {
        pc_status made = pc_establishment_make(&self->scenario.workforce_plan, &self->establishment);

        status = status != PC_OK ? status : made;
        pc_establishment_tell(&self->establishment, diagnostics);
    }
    /* Its problems are wanted as well, not only the first ones. */
    later = pc_prices_open(&self->scenario, &self->codes, &self->prices, &self->has_prices, diagnostics);
    cli_session_stage(self, "load", began);
    return as_input(status != PC_OK ? status : later);
}

pc_status cli_session_load(cli_session *self, const cli_options *options, pc_diagnostics *diagnostics)
{
    return cli_session_load_file(self, options->argument[0], diagnostics);
}

static void add_input(cli_session *self, const char *path)
{
    for (size_t i = 0; i < self->n_input; i++) {
        if (path == NULL || strcmp(self->input[i], path) == 0) {
            return;
        }
    }
    if (path != NULL) {
        self->input[self->n_input++] = path;
    }
}

static pc_status add_scenario_files(cli_session *self, const pc_scenario *scenario, size_t room)
{
    size_t n = pc_scenario_inputs(scenario, NULL);
    const char **grown = realloc(self->input, (self->n_input + n + room + 1) * sizeof *grown);
    const char **each = calloc(n + 1, sizeof *each);

    self->input = grown == NULL ? self->input : grown;
    if (grown == NULL || each == NULL) {
        free(each);
        return PC_ERR_NO_MEMORY;
    }
    pc_scenario_inputs(scenario, each);
    for (size_t f = 0; f < n; f++) {
        add_input(self, each[f]);
    }
    free(each);
    return PC_OK;
}

static pc_status list_inputs(cli_session *self)
{
    pc_status status = add_scenario_files(self, &self->scenario, self->data.quality.path.n);

    for (uint32_t p = 0; p < self->data.quality.path.n && status == PC_OK; p++) {
        add_input(self, pc_names_text(&self->data.quality.path, p));
    }
    return status;
}

pc_status cli_session_add_inputs(cli_session *self, const cli_session *other)
{
    return add_scenario_files(self, &other->scenario, 0);
}

static pc_status read_data(cli_session *self, pc_diagnostics *diagnostics)
{
    pc_status status = pc_data_read(&self->scenario, &self->data, diagnostics);

    if (status == PC_OK) {
        status = cli_confined_returns(self->with.confine, &self->data.quality, diagnostics);
    }
    return status == PC_OK ? list_inputs(self) : status;
}

pc_status cli_session_clean(cli_session *self, pc_diagnostics *diagnostics)
{
    double began = cli_clock();
    pc_status status;

    if (self->scenario.ssda903 == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = self->scenario.file},
                           "data.ssda903 is missing: a folder of SSDA903 returns is needed");
        return PC_ERR_INPUT;
    }
    status = read_data(self, diagnostics);
    cli_session_stage(self, "clean", began);
    return status == PC_OK ? cli_interrupted() : status;
}

pc_status cli_session_fit(cli_session *self, pc_diagnostics *diagnostics)
{
    bool tables = self->scenario.summary != NULL; /* no rows, so nothing to clean */
    pc_status status = tables ? PC_OK : cli_session_clean(self, diagnostics);
    double began = cli_clock();

    status = status == PC_OK && tables ? read_data(self, diagnostics) : status;
    if (status != PC_OK) {
        return status;
    }
    status = pc_data_fit(&self->data, &self->scenario, self->threads, &self->model, diagnostics);
    if (status == PC_OK && tables) {
        self->data.episodes.extract = self->model.extract;
    }
    status = status == PC_OK ? cli_session_match_prices(self, self, diagnostics) : status;
    cli_session_stage(self, "fit", began);
    return status == PC_OK ? cli_interrupted() : status;
}

pc_status cli_session_folder(cli_session *self, const cli_options *options, pc_diagnostics *diagnostics)
{
    self->folder = options->out != NULL ? strdup(options->out) : cli_default_folder(self->scenario.name);
    return self->folder == NULL ? PC_ERR_NO_MEMORY : pc_report_folder(self->folder, diagnostics);
}

bool cli_has_formats(const cli_options *options, unsigned formats)
{
    return (options->formats & formats) == formats;
}

pc_status cli_session_describe(const char *folder, const cli_options *options, pc_diagnostics *diagnostics)
{
    unsigned what = 0;

    what |= cli_has_formats(options, CLI_FORMAT_CSV | CLI_FORMAT_JSON) ? PC_REPORT_DATAPACKAGE : 0;
    what |= cli_has_formats(options, CLI_FORMAT_HTML) ? PC_REPORT_PAGE : 0;
    what |= cli_has_formats(options, CLI_FORMAT_XLSX) ? PC_REPORT_WORKBOOK : 0;
    return what == 0 ? PC_OK : pc_report_describe(folder, what, diagnostics);
}

size_t cli_session_list(const cli_options *options, const char **output, size_t n)
{
    if ((options->formats & CLI_FORMAT_JSON) != 0) {
        output[n++] = "run.json";
    }
    if (cli_has_formats(options, CLI_FORMAT_CSV | CLI_FORMAT_JSON)) {
        output[n++] = "datapackage.json";
    }
    if (cli_has_formats(options, CLI_FORMAT_HTML)) {
        output[n++] = "report.html";
    }
    if (cli_has_formats(options, CLI_FORMAT_XLSX)) {
        output[n++] = "workbook.xlsx";
    }
    return n;
}

pc_run_record cli_session_record(const cli_session *self, const cli_options *options,
                                 const pc_forecast *forecast, const pc_diagnostics *diagnostics)
{
    return (pc_run_record){.argc = options->argc,
                           .argv = options->argv,
                           .scenario = &self->scenario,
                           .model = &self->model,
                           .episodes = &self->data.episodes,
                           .quality = &self->data.quality,
                           /* The counts are of all authorities together. */
                           .tieout = self->scenario.n_authority == 0 ? &self->data.tieout : NULL,
                           .forecast = forecast,
                           .diagnostics = diagnostics,
                           .n_input = self->n_input,
                           .input = self->input,
                           .n_stage = self->n_stage,
                           .stage = self->stage,
                           .stage_seconds = self->stage_seconds,
                           .data = self->scenario.summary != NULL ? self->scenario.summary
                                                                  : self->scenario.ssda903,
                           .folder = self->folder,
                           .round_to = (int)options->round_to.value,
                           .look = cli_look()};
}

void cli_session_round(cli_session *self, const cli_options *options, pc_diagnostics *diagnostics)
{
    pc_tieout_round(&self->data.tieout, (int)options->round_to.value);
    pc_diagnostics_round(diagnostics, (int)options->round_to.value);
}

void cli_session_free(cli_session *self)
{
    free(self->folder);
    free(self->input);
    pc_model_free(&self->model);
    pc_data_free(&self->data);
    pc_prices_free(&self->prices);
    pc_codes_free(&self->codes);
    pc_establishment_free(&self->establishment);
    pc_scenario_free(&self->scenario);
    for (size_t v = 0; v < sizeof self->value / sizeof self->value[0]; v++) {
        free(self->value[v]);
    }
    free(self->setting);
    memset(self, 0, sizeof *self);
}
