/* sweep.c - reading a sweep file and checking every value of every factor. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "scenario/paths.h"
#include "sweep/keys.h"
#include "sweep/rows.h"

double sweep_clock(void)
{
    struct timespec now;

    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + 1e-9 * (double)now.tv_nsec : 0;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether a factor changes a key of the intervention that the message, "interventions.NAME: ...", is about.
 */
static bool is_swept(const pc_sweep *self, const pc_message *message)
{
    const char *end = strstr(message->text, ": can have no effect");
    size_t length = end == NULL ? 0 : (size_t)(end - message->text);
    bool swept = false;

    for (size_t f = 0; f < self->n_factor && length > 0; f++) {
        const sweep_factor *factor = &self->factor[f];

        swept = swept || (factor->key != NULL && strncmp(factor->key, message->text, length) == 0 &&
                          factor->key[length] == '.');
        for (size_t v = 0; v < factor->n_value; v++) {
            for (size_t p = 0; p < factor->value[v].n_put; p++) {
                const char *key = factor->value[v].put[p].key;

                swept = swept || (strncmp(key, message->text, length) == 0 && key[length] == '.');
            }
        }
    }
    return swept;
}

void sweep_take_messages(const pc_sweep *self, const pc_diagnostics *from, pc_diagnostics *to)
{
    for (size_t m = 0; m < from->n && to != NULL; m++) {
        const pc_message *message = &from->message[m];
        bool said = message->severity == PC_WARNING && is_swept(self, message);

        for (size_t other = 0; other < to->n && !said; other++) {
            const pc_message *before = &to->message[other];

            said = before->severity == message->severity && before->line == message->line &&
                   before->column == message->column && same_text(before->file, message->file) &&
                   strcmp(before->text, message->text) == 0;
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
    if (to != NULL) {
        to->lost = to->lost || from->lost;
    }
}

static pc_status note_input(void *context, const char *path)
{
    pc_sweep *self = context;

    for (size_t i = 0; i < self->n_input; i++) {
        if (path == NULL || strcmp(self->input[i], path) == 0) {
            return PC_OK;
        }
    }
    if (path == NULL) {
        return PC_OK;
    }
    if (pc_grow(&self->input, &self->input_capacity, self->n_input + 1, sizeof *self->input) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->input[self->n_input] = pc_copy_text(path);
    if (self->input[self->n_input] == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->n_input++;
    return PC_OK;
}

static pc_status note_scenario(pc_sweep *self, const pc_scenario *scenario)
{
    size_t n = pc_scenario_inputs(scenario, NULL);
    const char **each = pc_new_zero(n, sizeof *each);
    pc_status status = each == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    if (status == PC_OK) {
        pc_scenario_inputs(scenario, each);
    }
    for (size_t f = 0; f < n && status == PC_OK; f++) {
        status = note_input(self, each[f]);
    }
    free(each);
    return status;
}

static pc_status read_file(pc_sweep *self, const char *path, const pc_scenario_options *with,
                           pc_diagnostics *diagnostics)
{
    pc_scenario nobody = {.start = PC_DAY_NONE};
    scenario_reader reader = {.out = &nobody, .diagnostics = diagnostics};
    pc_status status = PC_OK;

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        double level = pc_quantile_level[q];

        self->keep.quantile[q] =
            level > 0.09 && level < 0.91 && (level < 0.2 || level > 0.8 || (level > 0.4 && level < 0.6));
    }
    if (with != NULL && with->confine != NULL) {
        status = scenario_path_confine_to(&reader, with->confine);
    }
    if (status == PC_OK && !scenario_path_confined(&reader, (pc_place){.file = path}, "sweep", path)) {
        status = PC_ERR_INPUT;
    }
    status = status != PC_OK ? status : pc_yaml_read(path, path, &self->root, diagnostics);
    if (status == PC_OK && pc_yaml_get(self->root, "placecast") != NULL &&
        pc_yaml_get(self->root, "sweep") == NULL) {
        scenario_problem(
            &reader, (pc_place){.file = path},
            "is a scenario, expected a sweep file, which names one as its `base`: docs/sweep.md");
        status = PC_ERR_INPUT;
    }
    if (status == PC_OK) {
        sweep_read_group(&reader, "", "", self->root, self);
        status = reader.no_memory ? PC_ERR_NO_MEMORY : reader.n_problem > 0 ? PC_ERR_INPUT : PC_OK;
    }
    free(reader.confine);
    return status == PC_ERR_IO ? PC_ERR_INPUT : status;
}

/* The trees of the base and of the variants that start from another scenario. */
static pc_status read_trees(pc_sweep *self, const pc_scenario_options *with, pc_diagnostics *diagnostics)
{
    size_t n = 1, by = SIZE_MAX;
    pc_status status;

    for (size_t f = 0; f < self->n_factor; f++) {
        for (size_t v = 0; v < self->factor[f].n_value; v++) {
            n += self->factor[f].value[v].scenario != NULL;
            if (self->factor[f].value[v].scenario != NULL && by != SIZE_MAX && by != f) {
                pc_diagnostics_add(diagnostics, PC_ERROR, self->factor[f].value[v].place,
                                   "variants: found `scenario` in a second factor, expected it in one only");
                return PC_ERR_INPUT;
            }
            by = self->factor[f].value[v].scenario != NULL ? f : by;
        }
    }
    self->tree = pc_new_zero(n, sizeof *self->tree);
    if (self->tree == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->n_tree = 1;
    status =
        scenario_tree_read(self->base, self->n_base_put, self->base_put, with, &self->tree[0], diagnostics);
    for (size_t f = 0; f < self->n_factor && status == PC_OK; f++) {
        for (size_t v = 0; v < self->factor[f].n_value && status == PC_OK; v++) {
            sweep_value *value = &self->factor[f].value[v];

            if (value->scenario != NULL) {
                value->tree = self->n_tree++;
                status = scenario_tree_read(value->scenario, self->n_base_put, self->base_put, with,
                                            &self->tree[value->tree], diagnostics);
            }
        }
    }
    return status;
}

/* Every factor at its first value (a range: in its middle). */
static void choose_first(const pc_sweep *self, sweep_choice *choice)
{
    for (size_t f = 0; f < self->n_factor; f++) {
        choice[f] = (sweep_choice){.level = 0, .u = sweep_factor_at(&self->factor[f], 0.5)};
    }
}

/* The names of those who have children; rows that name no authority cannot be told from one by a name. */
static void add_authorities(scenario_reader *reader, sweep_factor *factor, const pc_episodes *episodes)
{
    for (size_t c = 0; c < episodes->n_child; c++) {
        const char *la = pc_names_text(&episodes->la, episodes->child[c].la);
        bool first = c == 0 || episodes->child[c].la != episodes->child[c - 1].la;

        if (first && la[0] != '\0') {
            sweep_add_authority(reader, factor, la, factor->all_authorities);
        } else if (first) {
            pc_diagnostics_add(reader->diagnostics, PC_WARNING, pc_yaml_place(factor->all_authorities),
                               "authorities: children whose rows name no authority are in none of the runs");
        }
    }
}

/* `authorities: all`: their names stand in the returns. */
static pc_status name_authorities(pc_sweep *self, pc_diagnostics *diagnostics)
{
    scenario_reader reader = {.diagnostics = diagnostics};
    sweep_choice choice[SWEEP_MOST_FACTORS];
    const pc_data *data;
    pc_status status = PC_OK;

    for (size_t f = 0; f < self->n_factor && status == PC_OK; f++) {
        sweep_factor *factor = &self->factor[f];
        sweep_job job = {0};

        if (factor->all_authorities == NULL) {
            continue;
        }
        choose_first(self, choice);
        choice[f].level = SIZE_MAX;
        status = sweep_scenario_make(self, choice, &job.scenario, diagnostics);
        status =
            status != PC_OK ? status : sweep_shared_data(&self->shared, &job.scenario, &data, diagnostics);
        if (status == PC_OK) {
            add_authorities(&reader, factor, &data->episodes);
        }
        if (status == PC_OK && factor->n_value < 2) {
            pc_diagnostics_add(diagnostics, PC_ERROR, pc_yaml_place(factor->all_authorities),
                               "authorities: found `all`, but the returns have no LA column with several%s",
                               job.scenario.summary != NULL ? " (published tables are of one)" : "");
            status = PC_ERR_INPUT;
        }
        pc_scenario_free(&job.scenario);
        status = reader.no_memory ? PC_ERR_NO_MEMORY : status;
    }
    return status;
}

/* One choice of values: can it be run, which files does it read, what has it? */
static pc_status probe(pc_sweep *self, const sweep_choice *choice, bool first, pc_diagnostics *diagnostics)
{
    pc_diagnostics said;
    sweep_job job;
    pc_status status;

    pc_diagnostics_init(&said);
    status = sweep_job_make(self, choice, &job, &said);
    if (status == PC_OK) {
        status = note_scenario(self, &job.scenario);
        status = status != PC_OK || !first ? status : sweep_keep_check(self, &job, &said);
        if (first) {
            self->replicates = job.scenario.method == PC_METHOD_EXPECTED ? 0 : job.scenario.replicates;
        }
        sweep_job_free(self, &job);
    }
    sweep_take_messages(self, &said, diagnostics);
    pc_diagnostics_free(&said);
    return status;
}

/* Each value of each factor once, the others at their first: every problem, not only the first. */
static pc_status probe_values(pc_sweep *self, pc_diagnostics *diagnostics)
{
    sweep_choice choice[SWEEP_MOST_FACTORS];
    pc_status status;

    choose_first(self, choice);
    status = probe(self, choice, true, diagnostics);
    for (size_t f = 0; f < self->n_factor && status != PC_ERR_NO_MEMORY; f++) {
        const sweep_factor *factor = &self->factor[f];
        bool range = factor->n_value == 0 || factor->steps > 0; /* its ends say enough */
        size_t n = range ? 2 : factor->n_value;

        for (size_t v = range ? 0 : 1; v < n && status != PC_ERR_NO_MEMORY; v++) {
            pc_status one;

            choose_first(self, choice);
            choice[f].level = range && v == 1 && factor->n_value > 0 ? factor->n_value - 1 : v;
            choice[f].u = v == 0 ? factor->low : factor->high;
            one = probe(self, choice, false, diagnostics);
            status = status == PC_OK || one == PC_ERR_NO_MEMORY ? one : status;
        }
    }
    return status;
}

static pc_status copy_settings(pc_sweep *self, const pc_scenario_options *with)
{
    size_t n = with == NULL ? 0 : with->n_set;

    self->setting = pc_new_zero(n, sizeof *self->setting);
    for (size_t s = 0; s < n && self->setting != NULL; s++) {
        self->setting[s] = pc_format_text("%s=%s", with->set[s].key, with->set[s].value);
        if (self->setting[s] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        self->n_setting++;
    }
    return self->setting == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static size_t number_sampled(pc_sweep *self)
{
    size_t n = 0;

    for (size_t f = 0; f < self->n_factor; f++) {
        if (self->factor[f].n_value == 0 && self->factor[f].all_authorities == NULL) {
            self->factor[f].column = n++;
        }
    }
    return n;
}

pc_status pc_sweep_load(const char *path, const pc_scenario_options *with, pc_sweep **out,
                        pc_diagnostics *diagnostics)
{
    pc_sweep *self = pc_new_zero(1, sizeof *self);
    pc_status status = PC_OK;

    *out = NULL;
    if (self == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->file = pc_copy_text(path);
    self->shared.note = note_input;
    self->shared.context = self;
    status = self->file == NULL ? PC_ERR_NO_MEMORY : copy_settings(self, with);
    status = status != PC_OK ? status : read_file(self, path, with, diagnostics);
    status = status != PC_OK ? status : note_input(self, path);
    status = status != PC_OK ? status : read_trees(self, with, diagnostics);
    status = status != PC_OK ? status : name_authorities(self, diagnostics);
    if (status == PC_OK) {
        self->n_sampled = number_sampled(self);
        status = probe_values(self, diagnostics);
    }
    status = status != PC_OK ? status : sweep_design(self, diagnostics);
    if (status != PC_OK) {
        pc_sweep_free(self);
        return status;
    }
    *out = self;
    return PC_OK;
}

pc_status pc_sweep_is(const char *path, bool *out)
{
    pc_yaml_node *tree = NULL;
    pc_status status = pc_yaml_read(path, path, &tree, NULL);

    *out = status == PC_OK && pc_yaml_get(tree, "sweep") != NULL;
    pc_yaml_free(tree);
    return status == PC_ERR_NO_MEMORY ? status : PC_OK;
}

void pc_sweep_free(pc_sweep *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t f = 0; f < self->n_factor; f++) {
        sweep_factor_free(&self->factor[f]);
    }
    for (size_t t = 0; self->tree != NULL && t < self->n_tree; t++) {
        scenario_tree_free(&self->tree[t]);
    }
    for (size_t s = 0; s < self->n_setting; s++) {
        free(self->setting[s]);
    }
    for (size_t i = 0; i < self->n_input; i++) {
        free(self->input[i]);
    }
    scenario_free_names(self->keep.n_category, self->keep.category);
    sweep_shared_free(&self->shared);
    pc_yaml_free(self->root);
    free(self->factor);
    free(self->tree);
    free(self->setting);
    free(self->input);
    free(self->keep.date);
    free(self->base_put);
    free(self->filter);
    free(self->sample);
    free(self->point);
    free(self->base);
    free(self->name);
    free(self->file);
    free(self);
}

const char *pc_sweep_name(const pc_sweep *self)
{
    return self->name;
}

size_t pc_sweep_runs(const pc_sweep *self)
{
    return self->n_run;
}

size_t pc_sweep_factors(const pc_sweep *self)
{
    return self->n_factor;
}

const char *pc_sweep_factor_name(const pc_sweep *self, size_t factor)
{
    return self->factor[factor].name;
}

char *pc_sweep_value(const pc_sweep *self, size_t run, size_t factor)
{
    sweep_choice choice[SWEEP_MOST_FACTORS];

    sweep_choose(self, run - 1, choice);
    return sweep_choice_text(&self->factor[factor], &choice[factor]);
}

int pc_sweep_replicates(const pc_sweep *self)
{
    return self->replicates;
}
