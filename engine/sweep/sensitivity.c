/* sensitivity.c - the runs of a sensitivity analysis, over threads. */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "sweep/sensitivity_impl.h"

static void name_run(const sensitivity_analysis *self, const sweep_choice *choice)
{
    char *text = sweep_choice_words(self->sweep, "the run", choice);

    if (text != NULL) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->sweep->file},
                           "these values cannot be run together (%s), expected ranges and lists of which "
                           "all can",
                           text);
    }
    free(text);
}

static void do_run(sensitivity_analysis *self, size_t run, int threads)
{
    sweep_choice choice[SWEEP_MOST_FACTORS];
    pc_diagnostics said;
    pc_forecast forecast = {0};
    sweep_job job;
    pc_day start = PC_DAY_NONE;
    pc_status status;

    pc_diagnostics_init(&said);
    sensitivity_choose(self, run, choice);
    status = sweep_job_make(self->sweep, choice, &job, &said);
    if (status == PC_OK) {
        status = sweep_job_run(&job, threads, self->options->stop, &forecast, NULL, &said);
        start = job.scenario.start;
        sweep_job_free(self->sweep, &job);
    }
#pragma omp critical(sensitivity_results)
    {
        /* Loading the sweep has said what there is to say of its values; others only when they fail. */
        if (status != PC_OK) {
            sweep_take_messages(self->sweep, &said, self->diagnostics);
        }
        if (status == PC_ERR_INPUT || status == PC_ERR_RANGE || status == PC_ERR_NO_DATA) {
            name_run(self, choice);
        }
        if (status == PC_OK) {
            sensitivity_take(self, run, &forecast, start);
        }
        self->status = self->status == PC_OK ? status : self->status;
        self->n_done++;
        if (self->options->progress != NULL) {
            self->options->progress(self->options->context, (double)self->n_done / (double)self->n_run);
        }
    }
    pc_forecast_free(&forecast);
    pc_diagnostics_free(&said);
}

static bool go_on(sensitivity_analysis *self)
{
    bool on;

#pragma omp critical(sensitivity_results)
    {
        if (self->status == PC_OK && self->options->stop != NULL && *self->options->stop != 0) {
            self->status = PC_ERR_INTERRUPTED;
        }
        on = self->status == PC_OK;
    }
    return on;
}

/* The first by itself: a mistake of all is said once, and the rates are fitted. */
static void do_all(sensitivity_analysis *self)
{
    int threads = self->options->threads > 0 ? self->options->threads : omp_get_max_threads();

    do_run(self, 0, threads);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t run = 1; run < self->n_run; run++) {
        if (go_on(self)) {
            do_run(self, run, 1);
        }
    }
}

static pc_status check(const pc_sweep *sweep, const pc_sensitivity_options *options,
                       pc_diagnostics *diagnostics)
{
    if (options->points < 2 || options->points > 1000000) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "sensitivity: found %d points, expected from 2 to 1000000", options->points);
        return PC_ERR_RANGE;
    }
    if (sweep->n_filter > 0) {
        pc_diagnostics_add(diagnostics, PC_WARNING, pc_yaml_place(sweep->filter[0]),
                           "filter: left aside, since a sensitivity analysis varies one factor at a time and "
                           "all ranges together");
    }
    return PC_OK;
}

pc_sensitivity_options pc_sensitivity_options_default(void)
{
    return (pc_sensitivity_options){.points = 64};
}

pc_status pc_sensitivity_run(pc_sweep *sweep, const pc_sensitivity_options *options, pc_sensitivity *out,
                             pc_diagnostics *diagnostics)
{
    sensitivity_analysis self = {.sweep = sweep, .options = options, .diagnostics = diagnostics};
    pc_status status = check(sweep, options, diagnostics);

    memset(out, 0, sizeof *out);
    status = status != PC_OK ? status : sensitivity_design(&self);
    if (status == PC_OK) {
        do_all(&self);
        status = self.status;
    }
    status = status != PC_OK ? status : sensitivity_fill(&self, out);
    free(self.single);
    free(self.a);
    free(self.b);
    free(self.value);
    free(self.shown);
    if (status != PC_OK) {
        pc_sensitivity_free(out);
    }
    return status;
}

void pc_sensitivity_free(pc_sensitivity *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t m = 0; m < self->n_result; m++) {
        for (size_t f = 0; f < self->n_factor; f++) {
            free(self->result[m].row[f].low);
            free(self->result[m].row[f].high);
        }
        free(self->result[m].row);
    }
    for (size_t f = 0; f < self->n_factor; f++) {
        free(self->factor[f]);
    }
    free(self->factor);
    free(self->sweep);
    memset(self, 0, sizeof *self);
}
