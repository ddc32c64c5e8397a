#include "outcome/forecast.h"

#include "outcome/workload_take.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/mtfs.h"

static char **copy_names(size_t n, const char *(*name)(const void *, size_t), const void *context)
{
    char **copy = pc_new_zero(n, sizeof *copy);

    for (size_t at = 0; copy != NULL && at < n; at++) {
        copy[at] = pc_copy_text(name(context, at));
        if (copy[at] == NULL) {
            for (size_t done = 0; done < at; done++) {
                free(copy[done]);
            }
            free(copy);
            return NULL;
        }
    }
    return copy;
}

static const char *category_name(const void *context, size_t at)
{
    return ((const pc_codes *)context)->category[at].name;
}

static const char *category_label(const void *context, size_t at)
{
    return ((const pc_codes *)context)->category[at].label;
}

static const char *authority_name(const void *context, size_t at)
{
    const pc_model *model = context;

    return at < model->n_authority ? model->authority[at].la : "all";
}

/* Statistics that are not known yet. */
static pc_statistics *new_statistics(size_t n)
{
    pc_statistics *statistics = pc_new(n, sizeof *statistics);

    for (size_t at = 0; statistics != NULL && at < n; at++) {
        statistics[at].mean = statistics[at].sd = (double)NAN;
        for (size_t quantile = 0; quantile < PC_N_QUANTILE; quantile++) {
            statistics[at].quantile[quantile] = (double)NAN;
        }
    }
    return statistics;
}

static pc_status copy_shape(pc_forecast *self, const pc_plan *plan, const grid *shape)
{
    self->month_end = pc_new(self->n_month, sizeof *self->month_end);
    self->year = pc_new(self->n_year, sizeof *self->year);
    if (self->month_end == NULL || self->year == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t month = 0; month < self->n_month; month++) {
        self->month_end[month] = plan->origin + plan->period[shape->first_period + month].end - 1;
    }
    memcpy(self->year, shape->year, self->n_year * sizeof *self->year);
    memcpy(self->has, shape->has, sizeof self->has);
    return PC_OK;
}

static pc_status count_children_now(pc_forecast *self, const pc_model *model)
{
    size_t row = self->n_category + 1;

    self->children_now = pc_new_zero(self->n_la * row, sizeof *self->children_now);
    if (self->children_now == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t authority = 0; authority < model->n_authority; authority++) {
        for (size_t child = 0; child < model->authority[authority].n_child; child++) {
            size_t category = model->authority[authority].child[child].category;

            self->children_now[authority * row + category]++;
            self->children_now[authority * row + self->n_category]++;
            if (self->several) {
                self->children_now[model->n_authority * row + category]++;
                self->children_now[model->n_authority * row + self->n_category]++;
            }
        }
    }
    return PC_OK;
}

static const char *intervention_name(const void *context, size_t at)
{
    return ((const pc_scenario *)context)->intervention[at].name;
}

static const char *intervention_kind(const void *context, size_t at)
{
    return pc_intervention_kind_name(((const pc_scenario *)context)->intervention[at].kind);
}

static pc_status init_interventions(pc_forecast *self, const pc_scenario *scenario, const grid *shape)
{
    size_t rows = self->n_la * shape->n_intervention * 2;

    self->n_intervention = shape->n_intervention;
    self->intervention = copy_names(self->n_intervention, intervention_name, scenario);
    self->intervention_kind = copy_names(self->n_intervention, intervention_kind, scenario);
    self->treated_monthly = new_statistics(rows * self->n_month);
    self->treated_annual = new_statistics(rows * self->n_year);
    return self->intervention == NULL || self->intervention_kind == NULL || self->treated_monthly == NULL ||
                   self->treated_annual == NULL
               ? PC_ERR_NO_MEMORY
               : PC_OK;
}

/* Rows of money, where the shape has them. */
static pc_status init_money(pc_forecast *self, const outcome_case *of, const grid *shape)
{
    size_t n = shape->n_row;

    self->real_year = of->plan[0].period[shape->first_period].financial_year;
    self->money_row = pc_new_zero(n, sizeof *self->money_row);
    self->money = new_statistics(self->n_la * n * self->n_year);
    if (self->money_row == NULL || self->money == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (n > 0) {
        money_list_rows(of->prices, &of->scope, self->money_row);
    }
    for (self->n_money_row = 0; self->n_money_row < n; self->n_money_row++) {
        pc_money_row *row = &self->money_row[self->n_money_row];

        if (row->kind == PC_MONEY_INCOME) {
            row->name = pc_copy_text(of->prices->source[row->number]);
            if (row->name == NULL) {
                return PC_ERR_NO_MEMORY;
            }
        }
    }
    return PC_OK;
}

static void set_zero(pc_statistics *statistics, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        statistics[at] = (pc_statistics){0};
    }
}

void forecast_set_zero(pc_forecast *self, size_t la)
{
    size_t rows = PC_N_MEASURE * (self->n_category + 1);

    set_zero(self->monthly + la * rows * self->n_month, rows * self->n_month);
    set_zero(self->annual + la * rows * self->n_year, rows * self->n_year);
    set_zero(self->children_average + la * (self->n_category + 1) * self->n_year,
             (self->n_category + 1) * self->n_year);
    set_zero(self->exits + la * PC_N_EXIT_CAUSE * self->n_month, PC_N_EXIT_CAUSE * self->n_month);
}

pc_status forecast_init(pc_forecast *self, const outcome_case *of, const grid *shape)
{
    const pc_model *model = of->model;
    const pc_scenario *scenario = of->scenario;
    const pc_plan *plan = &of->plan[0];
    size_t rows;

    memset(self, 0, sizeof *self);
    self->several = model->n_authority > 1;
    self->n_la = model->n_authority + self->several;
    self->n_category = model->codes.n_category;
    self->n_month = shape->n_month;
    self->n_year = shape->n_year;
    for (size_t layer = 0; layer < 4; layer++) {
        self->variance_share[layer] = (double)NAN;
    }
    rows = self->n_la * PC_N_MEASURE * (self->n_category + 1);
    self->scenario = pc_copy_text(scenario->name);
    self->la = copy_names(self->n_la, authority_name, model);
    self->category = copy_names(self->n_category, category_name, &model->codes);
    self->category_label = copy_names(self->n_category, category_label, &model->codes);
    self->monthly = new_statistics(rows * self->n_month);
    self->annual = new_statistics(rows * self->n_year);
    self->children_average = new_statistics(self->n_la * (self->n_category + 1) * self->n_year);
    self->exits = new_statistics(self->n_la * PC_N_EXIT_CAUSE * self->n_month);
    if (self->scenario == NULL || self->la == NULL || self->category == NULL ||
        self->category_label == NULL || self->monthly == NULL || self->annual == NULL ||
        self->children_average == NULL || self->exits == NULL ||
        init_interventions(self, scenario, shape) != PC_OK || init_money(self, of, shape) != PC_OK ||
        copy_shape(self, plan, shape) != PC_OK || count_children_now(self, model) != PC_OK) {
        pc_forecast_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

static void free_names(char **name, size_t n)
{
    for (size_t at = 0; name != NULL && at < n; at++) {
        free(name[at]);
    }
    free(name);
}

void pc_forecast_free(pc_forecast *self)
{
    if (self == NULL) {
        return;
    }
    free(self->scenario);
    free_names(self->la, self->n_la);
    free_names(self->category, self->n_category);
    free_names(self->category_label, self->n_category);
    free(self->month_end);
    free(self->year);
    free(self->monthly);
    free(self->annual);
    free(self->children_average);
    free(self->exits);
    free(self->children_now);
    workload_result_free(&self->workload);
    free_names(self->intervention, self->n_intervention);
    free_names(self->intervention_kind, self->n_intervention);
    free(self->treated_monthly);
    free(self->treated_annual);
    for (size_t at = 0; self->target != NULL && at < self->n_target; at++) {
        free(self->target[at].name);
        free(self->target[at].category_name);
    }
    free(self->target);
    pc_mtfs_free(self->mtfs);
    free(self->mtfs);
    pc_why_free(&self->why);
    for (size_t at = 0; at < self->n_money_row; at++) {
        free(self->money_row[at].name);
    }
    free(self->money_row);
    free(self->money);
    memset(self, 0, sizeof *self);
}
