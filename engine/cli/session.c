#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "placecast/priors.h"
#include "placecast/summary.h"
#include "placecast/trend.h"

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

static pc_status worse(pc_status first, pc_status second)
{
    return first == PC_OK || second == PC_ERR_NO_MEMORY ? second : first;
}

static pc_status load_prices(cli_session *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = &self->scenario;
    int year = pc_financial_year(scenario->start);
    pc_status status;

    if (scenario->weekly == NULL) {
        return PC_OK;
    }
    status =
        pc_prices_load(scenario->weekly, scenario->inflation, &self->codes, year, &self->prices, diagnostics);
    self->has_prices = status == PC_OK;
    /* Every table is read even if one before it is wrong: every problem at once. */
    if (scenario->contracts != NULL) {
        status = worse(status, pc_prices_load_contracts(scenario->contracts, &self->codes, year,
                                                        &self->prices, diagnostics));
    }
    if (scenario->income != NULL) {
        status =
            worse(status, pc_prices_load_income(scenario->income, &self->codes, &self->prices, diagnostics));
    }
    if (scenario->processes != NULL) {
        status = worse(status,
                       pc_prices_load_processes(scenario->processes, scenario->reviews, scenario->proceedings,
                                                &self->codes, &self->prices, diagnostics));
    }
    if (scenario->current != NULL) {
        status = worse(status, pc_prices_load_current(scenario->current, year, &self->prices, diagnostics));
    }
    return status;
}

pc_status cli_session_match_prices(cli_session *self, const cli_session *with, pc_diagnostics *diagnostics)
{
    return self->has_prices && pc_prices_need_people(&self->prices)
               ? pc_prices_match(&self->prices, &with->episodes, &with->model, diagnostics)
               : PC_OK;
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
    later = load_prices(self, diagnostics); /* its problems are wanted as well, not only the first ones */
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

/* The files of a scenario: itself, those it extends and the tables that it names. */
static pc_status add_scenario_files(cli_session *self, const pc_scenario *scenario, size_t room)
{
    const char *const single[] = {scenario->codes,       scenario->population,   scenario->weekly,
                                  scenario->current,     scenario->processes,    scenario->inflation,
                                  scenario->contracts,   scenario->year_effects, scenario->published,
                                  scenario->out_of_area, scenario->workforce,    scenario->priors,
                                  scenario->budget,      scenario->actuals,      scenario->income,
                                  scenario->reviews,     scenario->proceedings};
    size_t n_single = sizeof single / sizeof single[0];
    const char **grown =
        realloc(self->input, (self->n_input + scenario->n_file + n_single + room + 1) * sizeof *grown);

    if (grown == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->input = grown;
    for (size_t f = 0; f < scenario->n_file; f++) {
        add_input(self, scenario->read_file[f]);
    }
    for (size_t s = 0; s < n_single; s++) {
        add_input(self, single[s]);
    }
    return PC_OK;
}

static pc_status list_inputs(cli_session *self)
{
    pc_status status = add_scenario_files(self, &self->scenario, self->quality.path.n);

    for (uint32_t p = 0; p < self->quality.path.n && status == PC_OK; p++) {
        add_input(self, pc_names_text(&self->quality.path, p));
    }
    return status;
}

pc_status cli_session_add_inputs(cli_session *self, const cli_session *other)
{
    return add_scenario_files(self, &other->scenario, 0);
}

pc_status cli_session_clean(cli_session *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = &self->scenario;
    pc_clean_options clean = pc_clean_options_default();
    double began = cli_clock();
    pc_status status;

    if (scenario->ssda903 == NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "data.ssda903 is missing: a folder of SSDA903 returns is needed");
        return PC_ERR_INPUT;
    }
    clean.folder = scenario->ssda903;
    clean.codes = scenario->codes;
    clean.extract = scenario->extract;
    status = as_input(pc_clean(&clean, &self->episodes, &self->quality, diagnostics));
    if (status == PC_OK) {
        status = cli_confined_returns(self->with.confine, &self->quality, diagnostics);
    }
    if (status == PC_OK) {
        status = as_input(pc_tieout_make(&self->episodes, scenario->published, &self->tieout, diagnostics));
    }
    status = status == PC_OK ? list_inputs(self) : status;
    cli_session_stage(self, "clean", began);
    return status == PC_OK ? cli_interrupted() : status;
}

/* The three tables are inputs like the files of returns. */
static pc_status list_tables(cli_session *self)
{
    static const char *const name[] = {"stock.csv", "starts.csv", "ceases.csv"};
    pc_status status = PC_OK;

    for (size_t n = 0; n < sizeof name / sizeof name[0] && status == PC_OK; n++) {
        size_t room = strlen(self->scenario.summary) + strlen(name[n]) + 2;
        char *path = malloc(room);
        uint32_t number;

        if (path == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        snprintf(path, room, "%s/%s", self->scenario.summary, name[n]);
        status = pc_names_add(&self->quality.path, path, strlen(path), &number);
        free(path);
    }
    return status == PC_OK ? list_inputs(self) : status;
}

static pc_status read_tables(cli_session *self, pc_summary *summary, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = &self->scenario;
    pc_status status = as_input(pc_summary_read(scenario->summary, &self->codes, summary, diagnostics));

    if (scenario->n_authority > 0 || scenario->window_from != PC_DAY_NONE ||
        scenario->window_to != PC_DAY_NONE || scenario->published != NULL) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = scenario->file},
                           "authorities, data.window and data.published say nothing about published tables: "
                           "they are one authority's, and their last three years count");
    }
    if (scenario->current != NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "costs.current needs `data.ssda903`: published tables know no child by name");
        status = PC_ERR_INPUT;
    }
    return status;
}

/* The way from published tables: no rows, so nothing to clean. */
static pc_status fit_tables(cli_session *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = &self->scenario;
    double began = cli_clock();
    pc_summary summary = {0};
    pc_priors priors = {0};
    pc_status status = list_tables(self);

    status = status == PC_OK ? read_tables(self, &summary, diagnostics) : status;
    if (status == PC_OK) {
        status = as_input(pc_priors_load(scenario->priors, &self->codes, &priors, diagnostics));
    }
    if (status == PC_OK) {
        status =
            pc_fit_summary(&summary, &self->codes, &priors, scenario->extract, &self->model, diagnostics);
    }
    pc_priors_free(&priors);
    pc_summary_free(&summary);
    status = status == PC_OK ? pc_model_find_trend(&self->model, NULL, self->threads, diagnostics) : status;
    self->episodes.extract = self->model.extract;
    cli_session_stage(self, "fit", began);
    return status == PC_OK ? cli_interrupted() : status;
}

static pc_status fit_returns(cli_session *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = &self->scenario;
    pc_fit_options fit = pc_fit_options_default();
    pc_priors priors;
    pc_status status = cli_session_clean(self, diagnostics);
    double began = cli_clock();

    if (status == PC_OK) {
        status = as_input(pc_priors_load(scenario->priors, &self->codes, &priors, diagnostics));
    }
    if (status != PC_OK) {
        return status;
    }
    fit.priors = &priors;
    fit.window_from = scenario->window_from;
    fit.window_to = scenario->window_to;
    fit.n_authority = scenario->n_authority;
    fit.authority = (const char *const *)(const void *)scenario->authority;
    status = pc_fit(&self->episodes, &fit, &self->model, diagnostics);
    pc_priors_free(&priors);
    status = status == PC_OK ? pc_model_find_trend(&self->model, NULL, self->threads, diagnostics) : status;
    status = status == PC_OK ? cli_session_match_prices(self, self, diagnostics) : status;
    cli_session_stage(self, "fit", began);
    return status == PC_OK ? cli_interrupted() : status;
}

pc_status cli_session_fit(cli_session *self, pc_diagnostics *diagnostics)
{
    return self->scenario.summary != NULL ? fit_tables(self, diagnostics) : fit_returns(self, diagnostics);
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
    pc_status status = PC_OK;

    if (cli_has_formats(options, CLI_FORMAT_CSV | CLI_FORMAT_JSON)) {
        status = pc_report_datapackage(folder, diagnostics);
    }
    if (status == PC_OK && cli_has_formats(options, CLI_FORMAT_HTML)) {
        status = pc_report_page(folder, diagnostics);
    }
    if (status == PC_OK && cli_has_formats(options, CLI_FORMAT_XLSX)) {
        status = pc_report_workbook(folder, diagnostics);
    }
    return status;
}

pc_run_record cli_session_record(const cli_session *self, const cli_options *options,
                                 const pc_forecast *forecast, const pc_diagnostics *diagnostics)
{
    return (pc_run_record){.argc = options->argc,
                           .argv = options->argv,
                           .scenario = &self->scenario,
                           .model = &self->model,
                           .episodes = &self->episodes,
                           .quality = &self->quality,
                           /* The counts are of all authorities together. */
                           .tieout = self->scenario.n_authority == 0 ? &self->tieout : NULL,
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
                           .look = cli_look()};
}

void cli_session_free(cli_session *self)
{
    free(self->folder);
    free(self->input);
    pc_model_free(&self->model);
    pc_tieout_free(&self->tieout);
    pc_quality_free(&self->quality);
    pc_episodes_free(&self->episodes);
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
