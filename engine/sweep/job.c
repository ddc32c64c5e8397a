/* job.c - one choice of values: its scenario, its prices, its model; and running it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/yaml_node.h"
#include "sweep/sweep_impl.h"

/* A sampled value as it is set and stored: 9 digits are more than any assumption is known to. */
static char *number_text(const sweep_factor *factor, double value, char text[PC_NUMBER_TEXT_SIZE])
{
    return factor->whole ? pc_number_format(value, 0, text) : pc_number_format_significant(value, 9, text);
}

char *sweep_choice_text(const sweep_factor *factor, const sweep_choice *choice)
{
    char text[PC_NUMBER_TEXT_SIZE];

    return pc_copy_text(factor->n_value > 0 ? factor->value[choice->level].text
                                            : number_text(factor, choice->u, text));
}

char *sweep_choice_words(const pc_sweep *self, const char *head, const sweep_choice *choice)
{
    char *text = pc_copy_text(head);

    for (size_t f = 0; f < self->n_factor && text != NULL; f++) {
        char *value = sweep_choice_text(&self->factor[f], &choice[f]), *longer = NULL;

        if (value != NULL) {
            longer = pc_format_text("%s%s%s = %s", text, f == 0 ? ": " : ", ", self->factor[f].name, value);
        }
        free(value);
        free(text);
        text = longer;
    }
    return text;
}

/* What the choice puts on top of the base, in the order of the factors. `made` [n_factor] owns what stands in
 * no file. */
static pc_status collect(const pc_sweep *self, const sweep_choice *choice, size_t *tree, size_t *n,
                         scenario_put *put, pc_yaml_node **made)
{
    char text[PC_NUMBER_TEXT_SIZE];

    for (size_t f = 0; f < self->n_factor; f++) {
        const sweep_factor *factor = &self->factor[f];

        if (choice[f].level == SIZE_MAX) {
            continue;
        }
        if (factor->n_value > 0) {
            const sweep_value *value = &factor->value[choice[f].level];

            *tree = value->tree > 0 ? value->tree : *tree;
            for (size_t p = 0; p < value->n_put; p++) {
                put[(*n)++] = value->put[p];
            }
            continue;
        }
        number_text(factor, choice[f].u, text);
        made[f] = pc_yaml_new_scalar(text, strlen(text), false, factor->place.file, factor->place.line,
                                     factor->place.column);
        if (made[f] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        put[(*n)++] = (scenario_put){factor->key, made[f], factor->key_place};
    }
    return PC_OK;
}

pc_status sweep_scenario_make(const pc_sweep *self, const sweep_choice *choice, pc_scenario *out,
                              pc_diagnostics *diagnostics)
{
    pc_yaml_node *made[SWEEP_MOST_FACTORS] = {NULL};
    size_t most = 0, n = 0, tree = 0;
    scenario_put *put;
    pc_status status;

    memset(out, 0, sizeof *out);
    for (size_t f = 0; f < self->n_factor; f++) {
        most += self->factor[f].n_value > 0 && choice[f].level != SIZE_MAX
                    ? self->factor[f].value[choice[f].level].n_put
                    : 1;
    }
    put = pc_new(most, sizeof *put);
    status = put == NULL ? PC_ERR_NO_MEMORY : collect(self, choice, &tree, &n, put, made);
    if (status == PC_OK) {
        status = scenario_tree_make(&self->tree[tree], n, put, out, diagnostics);
    }
    for (size_t f = 0; f < self->n_factor; f++) {
        pc_yaml_free(made[f]);
    }
    free(put);
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

/* The tables of prices, and who pays which. */
static pc_status load_prices(sweep_job *job, pc_diagnostics *diagnostics)
{
    const pc_model *model = &job->model->model;
    bool has;
    pc_status status = pc_prices_open(&job->scenario, &model->codes, &job->own_prices, &has, diagnostics);

    job->prices = has ? &job->own_prices : NULL;
    return has ? pc_data_match(&job->model->source->data, model, &job->own_prices, diagnostics) : status;
}

pc_status sweep_job_make(pc_sweep *self, const sweep_choice *choice, sweep_job *out,
                         pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = &out->scenario;
    pc_status status, later = PC_OK;

    memset(out, 0, sizeof *out);
    status = sweep_scenario_make(self, choice, &out->scenario, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    status = sweep_shared_take(&self->shared, scenario, &out->model, &out->draws, diagnostics);
    if (status == PC_OK) {
        status = pc_scenario_check_codes(scenario, &out->model->model.codes, diagnostics);
        later = load_prices(out, diagnostics);
    }
    status = status != PC_OK ? status : later;
    if (status != PC_OK) {
        sweep_job_free(self, out);
    }
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

void sweep_job_free(pc_sweep *self, sweep_job *job)
{
    if (job->prices != NULL) {
        pc_prices_free(&job->own_prices);
    }
    sweep_shared_release(&self->shared, job->model);
    pc_scenario_free(&job->scenario);
    memset(job, 0, sizeof *job);
}

pc_status sweep_job_run(const sweep_job *job, int threads, const volatile int *stop, pc_forecast *out,
                        double *seconds, pc_diagnostics *diagnostics)
{
    pc_run_options options = {.threads = threads, .stop = stop, .draws = job->draws};
    double began = sweep_clock();
    pc_status status = pc_run(&job->model->model, &job->scenario, job->prices, &options, out, diagnostics);

    if (seconds != NULL) {
        *seconds += sweep_clock() - began;
    }
    return status;
}
