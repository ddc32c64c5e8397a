#include "sweep/data.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/priors.h"
#include "placecast/trend.h"

enum { DEFAULT_MOST = 16 };

/* What of a scenario decides about the cleaned returns. Control characters keep the parts apart. */
static char *returns_key(const pc_scenario *scenario)
{
    return pc_format_text("%s\x1f%s\x1f%ld", scenario->ssda903 == NULL ? "" : scenario->ssda903,
                          scenario->codes == NULL ? "" : scenario->codes, (long)scenario->extract);
}

/* What decides about the model. */
static char *model_key(const pc_scenario *scenario)
{
    char *key = returns_key(scenario), *longer;

    longer = key == NULL ? NULL
                         : pc_format_text("%s\x1f%s\x1f%ld\x1f%ld", key,
                                          scenario->priors == NULL ? "" : scenario->priors,
                                          (long)scenario->window_from, (long)scenario->window_to);
    free(key);
    for (size_t a = 0; a < scenario->n_authority && longer != NULL; a++) {
        key = longer;
        longer = pc_format_text("%s\x1f%s", key, scenario->authority[a]);
        free(key);
    }
    return longer;
}

static pc_status note_files(sweep_data *self, const pc_quality *quality)
{
    pc_status status = PC_OK;

    for (uint32_t p = 0; p < quality->path.n && status == PC_OK && self->note != NULL; p++) {
        status = self->note(self->context, pc_names_text(&quality->path, p));
    }
    return status;
}

static void let_go(sweep_returns *returns)
{
    if (returns != NULL && --returns->n_holder == 0) {
        pc_episodes_free(&returns->episodes);
        free(returns->key);
        free(returns);
    }
}

static pc_status clean(sweep_data *self, const pc_scenario *scenario, pc_episodes *out,
                       pc_diagnostics *diagnostics)
{
    pc_clean_options options = pc_clean_options_default();
    pc_quality quality;
    pc_status status;

    if (scenario->ssda903 == NULL) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){.file = scenario->file},
            "found no data.ssda903, expected a folder of SSDA903 returns: sweeps and goal seek cannot "
            "yet begin from `data.summary`");
        return PC_ERR_INPUT;
    }
    options.folder = scenario->ssda903;
    options.codes = scenario->codes;
    options.extract = scenario->extract;
    status = pc_clean(&options, out, &quality, diagnostics);
    if (status == PC_OK) {
        status = note_files(self, &quality);
        pc_quality_free(&quality);
        if (status != PC_OK) {
            pc_episodes_free(out);
        }
    }
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

/* Makes the returns of the scenario the latest. */
static pc_status read_returns(sweep_data *self, const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    char *key = returns_key(scenario);
    sweep_returns *made;
    pc_status status;

    if (key != NULL && self->latest != NULL && strcmp(self->latest->key, key) == 0) {
        free(key);
        return PC_OK;
    }
    made = pc_new_zero(1, sizeof *made);
    status =
        key == NULL || made == NULL ? PC_ERR_NO_MEMORY : clean(self, scenario, &made->episodes, diagnostics);
    if (status != PC_OK) {
        free(key);
        free(made);
        return status;
    }
    made->key = key;
    made->n_holder = 1;
    let_go(self->latest);
    self->latest = made;
    return PC_OK;
}

pc_status sweep_data_episodes(sweep_data *self, const pc_scenario *scenario, const pc_episodes **out,
                              pc_diagnostics *diagnostics)
{
    pc_status status = read_returns(self, scenario, diagnostics);

    *out = status == PC_OK ? &self->latest->episodes : NULL;
    return status;
}

static void drop(sweep_model *model)
{
    let_go(model->returns);
    pc_model_free(&model->model);
    free(model->key);
    free(model);
}

/* Makes room for one more where there are many: the one that nobody has used longest goes. */
static void make_room(sweep_data *self)
{
    sweep_model **oldest = NULL;

    if (self->n_model < (self->most == 0 ? DEFAULT_MOST : self->most)) {
        return;
    }
    for (sweep_model **at = &self->first; *at != NULL; at = &(*at)->next) {
        if ((*at)->n_holder == 0 && (oldest == NULL || (*at)->used < (*oldest)->used)) {
            oldest = at;
        }
    }
    if (oldest != NULL) {
        sweep_model *gone = *oldest;

        *oldest = gone->next;
        self->n_model--;
        drop(gone);
    }
}

/* As cli_session_fit does it: a run of a sweep is the run of its scenario. */
static pc_status fit(const sweep_returns *returns, const pc_scenario *scenario, pc_model *out,
                     pc_diagnostics *diagnostics)
{
    pc_fit_options options = pc_fit_options_default();
    pc_codes codes;
    pc_priors priors;
    pc_status status = pc_codes_load(scenario->codes, &codes, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    status = pc_priors_load(scenario->priors, &codes, &priors, diagnostics);
    pc_codes_free(&codes);
    if (status != PC_OK) {
        return status;
    }
    options.priors = &priors;
    options.window_from = scenario->window_from;
    options.window_to = scenario->window_to;
    options.n_authority = scenario->n_authority;
    options.authority = (const char *const *)(const void *)scenario->authority;
    status = pc_fit(&returns->episodes, &options, out, diagnostics);
    pc_priors_free(&priors);
    if (status == PC_OK) {
        status = pc_model_find_trend(out, NULL, 0, diagnostics);
        if (status != PC_OK) {
            pc_model_free(out);
        }
    }
    return status;
}

/* Takes `key` on success. */
static pc_status add(sweep_data *self, const pc_scenario *scenario, char *key, sweep_model **out,
                     pc_diagnostics *diagnostics)
{
    sweep_model *made;
    pc_status status;

    make_room(self);
    made = pc_new_zero(1, sizeof *made);
    status = made == NULL ? PC_ERR_NO_MEMORY : read_returns(self, scenario, diagnostics);
    status = status != PC_OK ? status : fit(self->latest, scenario, &made->model, diagnostics);
    if (status != PC_OK) {
        free(made);
        return status;
    }
    made->returns = self->latest;
    made->returns->n_holder++;
    made->key = key;
    made->next = self->first;
    self->first = made;
    self->n_model++;
    *out = made;
    return PC_OK;
}

pc_status sweep_data_take(sweep_data *self, const pc_scenario *scenario, sweep_model **out,
                          pc_diagnostics *diagnostics)
{
    char *key = model_key(scenario);
    pc_status status = PC_OK;

    *out = NULL;
    if (key == NULL) {
        return PC_ERR_NO_MEMORY;
    }
#pragma omp critical(sweep_data)
    {
        sweep_model *found = self->first;

        while (found != NULL && strcmp(found->key, key) != 0) {
            found = found->next;
        }
        if (found == NULL) {
            status = add(self, scenario, key, &found, diagnostics);
            key = status == PC_OK ? NULL : key;
        }
        if (found != NULL) {
            found->n_holder++;
            found->used = ++self->clock;
        }
        *out = found;
    }
    free(key);
    return status;
}

void sweep_data_release(sweep_data *self, sweep_model *model)
{
    (void)self;
    if (model != NULL) {
#pragma omp critical(sweep_data)
        model->n_holder--;
    }
}

void sweep_data_free(sweep_data *self)
{
    if (self == NULL) {
        return;
    }
    while (self->first != NULL) {
        sweep_model *gone = self->first;

        self->first = gone->next;
        drop(gone);
    }
    let_go(self->latest);
    memset(self, 0, sizeof *self);
}
