#include "placecast/data.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/priors.h"
#include "placecast/trend.h"
#include "prepare/known.h"

/* A file that cannot be read is an input rejected; PC_ERR_IO is kept for results that cannot be written. */
static pc_status as_input(pc_status status)
{
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

static pc_status read_returns(const pc_scenario *scenario, pc_data *out, pc_diagnostics *diagnostics)
{
    pc_clean_options clean = pc_clean_options_default();
    pc_status status;

    clean.folder = scenario->ssda903;
    clean.codes = scenario->codes;
    clean.extract = scenario->extract;
    status = pc_clean(&clean, &out->episodes, &out->quality, diagnostics);
    if (status == PC_OK) {
        status = prepare_check_extract(&out->episodes, (pc_place){.file = scenario->file}, diagnostics);
    }
    return status != PC_OK ? status
                           : pc_tieout_make(&out->episodes, scenario->published, &out->tieout, diagnostics);
}

/* The three tables are inputs like the files of returns. */
static pc_status list_tables(const pc_scenario *scenario, pc_data *out)
{
    static const char *const name[] = {"stock.csv", "starts.csv", "ceases.csv"};
    pc_status status = PC_OK;

    for (size_t n = 0; n < sizeof name / sizeof name[0] && status == PC_OK; n++) {
        char *path = pc_format_text("%s/%s", scenario->summary, name[n]);
        uint32_t number;

        status =
            path == NULL ? PC_ERR_NO_MEMORY : pc_names_add(&out->quality.path, path, strlen(path), &number);
        free(path);
    }
    return status;
}

static pc_status read_tables(const pc_scenario *scenario, pc_data *out, pc_diagnostics *diagnostics)
{
    pc_status status = list_tables(scenario, out);

    out->is_summary = true;
    out->episodes.extract = PC_DAY_NONE;
    status = status != PC_OK ? status : pc_codes_load(scenario->codes, &out->episodes.codes, diagnostics);
    if (status == PC_OK) {
        status = pc_summary_read(scenario->summary, &out->episodes.codes, &out->summary, diagnostics);
    }
    if (scenario->n_authority > 0 || scenario->window_from != PC_DAY_NONE ||
        scenario->window_to != PC_DAY_NONE || scenario->published != NULL) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = scenario->file},
                           "authorities, data.window and data.published say nothing about published tables: "
                           "they are one authority's, and their last three years count");
    }
    if (scenario->current != NULL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
                           "costs.current needs `data.ssda903`: published tables know no child by name");
        status = status == PC_ERR_NO_MEMORY ? status : PC_ERR_INPUT;
    }
    return status;
}

pc_status pc_data_read(const pc_scenario *scenario, pc_data *out, pc_diagnostics *diagnostics)
{
    pc_status status;

    memset(out, 0, sizeof *out);
    if (scenario->summary != NULL) {
        status = read_tables(scenario, out, diagnostics);
    } else if (scenario->ssda903 != NULL) {
        status = read_returns(scenario, out, diagnostics);
    } else {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
            "data: found neither `ssda903` nor `summary`, expected a folder of SSDA903 returns "
            "or of published tables");
        status = PC_ERR_INPUT;
    }
    if (status != PC_OK) {
        pc_data_free(out);
    }
    return as_input(status);
}

static pc_status fit_returns(const pc_data *self, const pc_scenario *scenario, const pc_priors *priors,
                             pc_model *out, pc_diagnostics *diagnostics)
{
    pc_fit_options fit = pc_fit_options_default();
    pc_status status;

    fit.priors = priors;
    fit.find_half_life = true;
    fit.window_from = scenario->window_from;
    fit.window_to = scenario->window_to;
    fit.n_authority = scenario->n_authority;
    fit.authority = (const char *const *)(const void *)scenario->authority;
    status = pc_fit(&self->episodes, &fit, out, diagnostics);
    if (status == PC_OK) {
        status = prepare_check_children(out, (pc_place){.file = scenario->ssda903}, diagnostics);
        if (status != PC_OK) {
            pc_model_free(out);
        }
    }
    return status;
}

pc_status pc_data_fit(const pc_data *self, const pc_scenario *scenario, int threads, pc_model *out,
                      pc_diagnostics *diagnostics)
{
    const pc_codes *codes = &self->episodes.codes;
    pc_priors priors = {0};
    pc_status status;

    memset(out, 0, sizeof *out);
    status = pc_priors_load(scenario->priors, codes, &priors, diagnostics);
    if (status == PC_OK) {
        status = self->is_summary
                     ? pc_fit_summary(&self->summary, codes, &priors, scenario->extract, out, diagnostics)
                     : fit_returns(self, scenario, &priors, out, diagnostics);
    }
    pc_priors_free(&priors);
    if (status == PC_OK) {
        status = pc_model_find_trend(out, NULL, threads, diagnostics);
        if (status != PC_OK) {
            pc_model_free(out);
        }
    }
    return as_input(status);
}

void pc_data_free(pc_data *self)
{
    if (self != NULL) {
        pc_summary_free(&self->summary);
        pc_tieout_free(&self->tieout);
        pc_quality_free(&self->quality);
        pc_episodes_free(&self->episodes);
        memset(self, 0, sizeof *self);
    }
}

static pc_status worse(pc_status first, pc_status second)
{
    return first == PC_OK || second == PC_ERR_NO_MEMORY ? second : first;
}

pc_status pc_prices_open(const pc_scenario *scenario, const pc_codes *codes, pc_prices *out, bool *has,
                         pc_diagnostics *diagnostics)
{
    int year = pc_financial_year(scenario->start);
    pc_status status;

    memset(out, 0, sizeof *out);
    *has = false;
    if (scenario->weekly == NULL) {
        return PC_OK;
    }
    status = pc_prices_load(scenario->weekly, scenario->inflation, codes, year, out, diagnostics);
    /* Every table is read even if one before it is wrong: every problem at once. */
    if (scenario->contracts != NULL) {
        status = worse(status, pc_prices_load_contracts(scenario->contracts, codes, year, out, diagnostics));
    }
    if (scenario->income != NULL) {
        status = worse(status, pc_prices_load_income(scenario->income, codes, out, diagnostics));
    }
    if (scenario->processes != NULL) {
        status = worse(status, pc_prices_load_processes(scenario->processes, scenario->reviews,
                                                        scenario->proceedings, codes, out, diagnostics));
    }
    if (scenario->current != NULL) {
        status = worse(status, pc_prices_load_current(scenario->current, year, out, diagnostics));
    }
    if (status != PC_OK) {
        pc_prices_free(out);
    }
    *has = status == PC_OK;
    return as_input(status);
}

pc_status pc_data_match(const pc_data *self, const pc_model *model, pc_prices *prices,
                        pc_diagnostics *diagnostics)
{
    return pc_prices_need_people(prices) ? pc_prices_match(prices, &self->episodes, model, diagnostics)
                                         : PC_OK;
}
