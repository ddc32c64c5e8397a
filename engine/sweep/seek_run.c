/* seek_run.c - seeking in a scenario: each value of a lever is a run of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "placecast/rounding.h"
#include "placecast/seek.h"
#include "sweep/sweep_impl.h"

/* A scenario whose factors are the levers. */
typedef struct seeking {
    pc_sweep sweep;
    sweep_factor factor[2];
    scenario_tree tree;
    scenario_put target_put;
    pc_yaml_node *targets; /* the target given in full; NULL: by name */
    const char *target;
    double first; /* of the first lever, while the second is sought */
    size_t n_lever;
    bool warned;
    const pc_seek_options *options;
    pc_seek *out;
    pc_diagnostics *diagnostics;
} seeking;

/* "{...}" becomes the only target of the scenario. */
static pc_status read_target(seeking *self)
{
    pc_yaml_node *one = NULL;
    pc_status status;

    if (self->target[strspn(self->target, " ")] != '{') {
        return PC_OK;
    }
    status = pc_yaml_read_bytes(self->target, strlen(self->target), "--target", &one, self->diagnostics);
    if (status != PC_OK) {
        return status;
    }
    self->targets = pc_yaml_new(PC_YAML_SEQUENCE, "--target", 1, 1);
    if (self->targets == NULL || pc_yaml_append(self->targets, NULL, 1, 1, one) != PC_OK) {
        pc_yaml_free(one);
        return PC_ERR_NO_MEMORY;
    }
    self->target_put = (scenario_put){"targets", self->targets, {.file = "--target"}};
    return PC_OK;
}

static const pc_target_result *find_target(const seeking *self, const pc_forecast *forecast)
{
    for (size_t t = 0; t < forecast->n_target; t++) {
        if (self->targets != NULL || strcmp(forecast->target[t].name, self->target) == 0) {
            return &forecast->target[t];
        }
    }
    return NULL;
}

/* The chance comes from unrounded numbers, as everywhere. `start`: the first day forecast. */
static pc_status take_point(seeking *self, pc_forecast *forecast, pc_day start, pc_seek_point *out)
{
    const pc_target_result *target = find_target(self, forecast);

    if (target == NULL) {
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){0},
                           "--target: the scenario has no target \"%.80s\", expected the name of one of its "
                           "`targets`, or one in full: {measure: ..., by: ..., at_most: ...}",
                           self->target);
        return PC_ERR_INPUT;
    }
    if (self->out->target == NULL) {
        self->out->target = pc_copy_text(target->name);
        self->out->scenario = pc_copy_text(forecast->scenario);
        self->out->replicates = forecast->replicates;
        if (self->out->target == NULL || self->out->scenario == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    out->mean = target->reached.mean;
    out->probability = !isnan(target->probability) ? target->probability
                       : (target->at_most ? out->mean <= target->value : out->mean >= target->value) ? 1.0
                                                                                                     : 0.0;
    pc_forecast_round(forecast, start, self->options->round_to);
    out->mean = target->reached.mean;
    return PC_OK;
}

static pc_status try_lever(void *context, double lever, pc_seek_point *out)
{
    seeking *self = context;
    sweep_choice choice[2] = {{.u = self->n_lever == 1 ? lever : self->first}, {.u = lever}};
    pc_diagnostics said;
    pc_forecast forecast;
    sweep_job job;
    pc_day start;
    pc_status status;

    pc_diagnostics_init(&said);
    status = sweep_job_make(&self->sweep, choice, &job, &said);
    if (status == PC_OK) {
        status = sweep_job_run(&job, self->options->threads, self->options->stop, &forecast, NULL, &said);
        start = job.scenario.start;
        sweep_job_free(&self->sweep, &job);
        if (status == PC_OK) {
            status = take_point(self, &forecast, start, out);
            pc_forecast_free(&forecast);
        }
    }
    /* What is said of the first value is said of all; later ones matter when they fail. */
    if (status != PC_OK || !self->warned) {
        sweep_take_messages(&self->sweep, &said, self->diagnostics);
    }
    self->warned = true;
    pc_diagnostics_free(&said);
    return status;
}

static pc_status begin(seeking *self, const char *path, const pc_scenario_options *with,
                       const pc_seek_lever *lever)
{
    pc_status status = read_target(self);

    for (size_t f = 0; f < self->n_lever; f++) {
        self->factor[f] = (sweep_factor){.key = pc_copy_text(lever[f].key),
                                         .low = fmin(lever[f].from, lever[f].to),
                                         .high = fmax(lever[f].from, lever[f].to),
                                         .likely = (double)NAN,
                                         .place = {.file = "--lever"},
                                         .key_place = {.file = "--lever"}};
        status = self->factor[f].key == NULL ? PC_ERR_NO_MEMORY : status;
    }
    self->sweep.n_factor = self->n_lever;
    self->sweep.factor = self->factor;
    self->sweep.tree = &self->tree;
    self->sweep.n_tree = 1;
    if (status == PC_OK) {
        status = scenario_tree_read(path, self->targets != NULL, &self->target_put, with, &self->tree,
                                    self->diagnostics);
    }
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

static int replicates_of(seeking *self, const pc_seek_lever *lever, pc_status *status)
{
    sweep_choice choice[2] = {{.u = lever[0].from}, {.u = self->n_lever == 2 ? lever[1].from : 0}};
    pc_scenario scenario;
    int n = 0;

    *status = sweep_scenario_make(&self->sweep, choice, &scenario, self->diagnostics);
    if (*status == PC_OK) {
        n = scenario.method == PC_METHOD_EXPECTED ? 0 : scenario.replicates;
        pc_scenario_free(&scenario);
    }
    return n;
}

/* The last lever, for each value of the first where there are two. */
static pc_status seek_all(seeking *self, const pc_seek_lever *lever)
{
    size_t n = self->n_lever == 2 ? (size_t)self->options->frontier : 1;
    pc_seek_options options = *self->options;
    pc_status status = PC_OK;
    int replicates = replicates_of(self, lever, &status);

    self->out->first = pc_new_zero(n, sizeof *self->out->first);
    self->out->result = pc_new_zero(n, sizeof *self->out->result);
    if (self->out->first == NULL || self->out->result == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    options.progress = self->n_lever == 2 ? NULL : options.progress;
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        double share = n > 1 ? (double)at / (double)(n - 1) : 0, width = lever[0].to - lever[0].from;

        self->first = lever[0].from + width * share;
        if (self->n_lever == 2 && lever[0].step > 0) {
            self->first = lever[0].from +
                          copysign(floor(fabs(width) * share / lever[0].step + 0.5) * lever[0].step, width);
        }
        self->out->first[at] = self->first;
        status = pc_seek_function(try_lever, self, replicates, &lever[self->n_lever - 1], &options,
                                  &self->out->result[at], self->diagnostics);
        self->out->n_result = status == PC_OK ? at + 1 : at;
        if (self->options->progress != NULL && self->n_lever == 2) {
            self->options->progress(self->options->context, (double)(at + 1) / (double)n);
        }
    }
    return status;
}

pc_status pc_seek_run(const char *path, const pc_scenario_options *with, const char *target, size_t n_lever,
                      const pc_seek_lever *lever, const pc_seek_options *options, pc_seek *out,
                      pc_diagnostics *diagnostics)
{
    seeking self = {
        .target = target, .n_lever = n_lever, .options = options, .out = out, .diagnostics = diagnostics};
    pc_status status = PC_OK;

    memset(out, 0, sizeof *out);
    if (n_lever < 1 || n_lever > 2 ||
        (n_lever == 2 && !(options->frontier >= 2 && options->frontier <= 1000))) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "seek: expected one lever or two, and from 2 to 1000 points of a frontier");
        return PC_ERR_USAGE;
    }
    status = begin(&self, path, with, lever);
    if (status == PC_OK) {
        out->n_lever = n_lever;
        memcpy(out->lever, lever, n_lever * sizeof *lever);
        out->confidence = options->confidence;
        out->round_to = options->round_to;
        status = seek_all(&self, lever);
    }
    for (size_t f = 0; f < n_lever; f++) {
        free(self.factor[f].key);
    }
    scenario_tree_free(&self.tree);
    sweep_shared_free(&self.sweep.shared);
    pc_yaml_free(self.targets);
    if (status != PC_OK) {
        pc_seek_free(out);
    }
    return status;
}

void pc_seek_free(pc_seek *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->result != NULL && at < self->n_result; at++) {
        pc_seek_result_free(&self->result[at]);
    }
    free(self->result);
    free(self->first);
    free(self->scenario);
    free(self->target);
    memset(self, 0, sizeof *self);
}
