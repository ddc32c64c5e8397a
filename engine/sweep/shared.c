#include "sweep/shared.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/layers.h"

enum { DEFAULT_MOST = 16 };
/* Draws kept at a time, of all models together: some 10 MB for each authority of a model. */
static const size_t most_draw_bytes = 128u << 20;

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* What of a scenario decides about its data (data.h). Control characters keep the parts apart. */
static char *source_key(const pc_scenario *scenario)
{
    return pc_format_text("%s\x1f%s\x1f%s\x1f%s\x1f%ld", or_empty(scenario->ssda903),
                          or_empty(scenario->summary), or_empty(scenario->codes),
                          or_empty(scenario->published), (long)scenario->extract);
}

/* What decides about the model. */
static char *model_key(const pc_scenario *scenario)
{
    char *key = source_key(scenario), *longer;

    longer = key == NULL ? NULL
                         : pc_format_text("%s\x1f%s\x1f%ld\x1f%ld", key, or_empty(scenario->priors),
                                          (long)scenario->window_from, (long)scenario->window_to);
    free(key);
    for (size_t a = 0; a < scenario->n_authority && longer != NULL; a++) {
        key = longer;
        longer = pc_format_text("%s\x1f%s", key, scenario->authority[a]);
        free(key);
    }
    return longer;
}

static pc_status note_files(sweep_shared *self, const pc_quality *quality)
{
    pc_status status = PC_OK;

    for (uint32_t p = 0; p < quality->path.n && status == PC_OK && self->note != NULL; p++) {
        status = self->note(self->context, pc_names_text(&quality->path, p));
    }
    return status;
}

static void let_go(sweep_source *source)
{
    if (source != NULL && --source->n_holder == 0) {
        pc_data_free(&source->data);
        free(source->key);
        free(source);
    }
}

/* Makes the data of the scenario the latest. */
static pc_status read_source(sweep_shared *self, const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    char *key = source_key(scenario);
    sweep_source *made;
    pc_status status;

    if (key != NULL && self->latest != NULL && strcmp(self->latest->key, key) == 0) {
        free(key);
        return PC_OK;
    }
    made = pc_new_zero(1, sizeof *made);
    status =
        key == NULL || made == NULL ? PC_ERR_NO_MEMORY : pc_data_read(scenario, &made->data, diagnostics);
    status = status != PC_OK ? status : note_files(self, &made->data.quality);
    if (status != PC_OK) {
        if (made != NULL) {
            pc_data_free(&made->data);
        }
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

pc_status sweep_shared_data(sweep_shared *self, const pc_scenario *scenario, const pc_data **out,
                            pc_diagnostics *diagnostics)
{
    pc_status status = read_source(self, scenario, diagnostics);

    *out = status == PC_OK ? &self->latest->data : NULL;
    return status;
}

static void drop(sweep_model *model)
{
    let_go(model->source);
    pc_draws_free(model->draws);
    pc_model_free(&model->model);
    free(model->key);
    free(model);
}

/* Makes room for one more where there are many: the one that nobody has used longest goes. */
static void make_room(sweep_shared *self)
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

/* Takes `key` on success. */
static pc_status add(sweep_shared *self, const pc_scenario *scenario, char *key, sweep_model **out,
                     pc_diagnostics *diagnostics)
{
    sweep_model *made;
    pc_status status;

    make_room(self);
    made = pc_new_zero(1, sizeof *made);
    status = made == NULL ? PC_ERR_NO_MEMORY : read_source(self, scenario, diagnostics);
    if (status == PC_OK) {
        status = pc_data_fit(&self->latest->data, scenario, 0, &made->model, diagnostics);
    }
    if (status != PC_OK) {
        free(made);
        return status;
    }
    made->source = self->latest;
    made->source->n_holder++;
    made->key = key;
    made->next = self->first;
    self->first = made;
    self->n_model++;
    *out = made;
    return PC_OK;
}

/* Whether what is kept fits, once the draws of the models unused longest are gone. */
static bool room_for_draws(sweep_shared *self)
{
    for (;;) {
        sweep_model *oldest = NULL;
        size_t all = 0;

        for (sweep_model *at = self->first; at != NULL; at = at->next) {
            all += at->draws != NULL ? at->draw_bytes : 0;
            if (at->draws != NULL && at->n_holder == 0 && (oldest == NULL || at->used < oldest->used)) {
                oldest = at;
            }
        }
        if (all <= most_draw_bytes) {
            return true;
        }
        if (oldest == NULL) {
            return false;
        }
        pc_draws_free(oldest->draws);
        oldest->draws = NULL;
    }
}

/* Draws are a help only: without memory, or with too many authorities, each run makes its own. */
static pc_draws *keep_draws(sweep_shared *self, sweep_model *model, const pc_scenario *scenario)
{
    bool drawn = scenario->method == PC_METHOD_SIMULATE && scenario->uncertainty.parameters;

    if (drawn && model->draws == NULL &&
        (pc_draws_new(&model->model, scenario->seed, LAYERS_N_PARAMETERS, &model->draws,
                      &model->draw_bytes) != PC_OK ||
         !room_for_draws(self))) {
        pc_draws_free(model->draws);
        model->draws = NULL;
    }
    return drawn && model->draws != NULL && pc_draws_seed(model->draws) == scenario->seed ? model->draws
                                                                                          : NULL;
}

pc_status sweep_shared_take(sweep_shared *self, const pc_scenario *scenario, sweep_model **out,
                            pc_draws **draws, pc_diagnostics *diagnostics)
{
    char *key = model_key(scenario);
    pc_status status = PC_OK;

    *out = NULL;
    *draws = NULL;
    if (key == NULL) {
        return PC_ERR_NO_MEMORY;
    }
#pragma omp critical(sweep_shared)
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
            *draws = keep_draws(self, found, scenario);
        }
        *out = found;
    }
    free(key);
    return status;
}

void sweep_shared_release(sweep_shared *self, sweep_model *model)
{
    (void)self;
    if (model != NULL) {
#pragma omp critical(sweep_shared)
        model->n_holder--;
    }
}

void sweep_shared_free(sweep_shared *self)
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
