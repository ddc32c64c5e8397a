#include "made_comparison.h"

#include "pc_test.h"

static char scenario_name[] = "Better, by far", other_file[] = "better.yaml";
static const char *const intervention_name[] = {"Help, early", "Beds", "Out"};
static const char *const kind_name[] = {"prevent", "capacity", "move"};
enum { N_INTERVENTION = 3 };

static void *room(size_t n, size_t size)
{
    void *memory = calloc(n, size);

    assert_non_null(memory);
    return memory;
}

static char *copied(const char *text)
{
    return strcpy(room(strlen(text) + 1, 1), text);
}

static pc_statistics spread(double mean, double first)
{
    pc_statistics value = {.mean = mean, .sd = 1.5};

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        value.quantile[q] = first + (double)q;
    }
    return value;
}

static void add_interventions(pc_forecast *self)
{
    self->n_intervention = N_INTERVENTION;
    self->intervention = room(N_INTERVENTION, sizeof *self->intervention);
    self->intervention_kind = room(N_INTERVENTION, sizeof *self->intervention_kind);
    self->treated_annual = room(self->n_la * N_INTERVENTION * 2 * self->n_year, sizeof *self->treated_annual);
    for (size_t which = 0; which < N_INTERVENTION; which++) {
        self->intervention[which] = copied(intervention_name[which]);
        self->intervention_kind[which] = copied(kind_name[which]);
    }
    for (size_t row = 0; row < self->n_la * N_INTERVENTION * 2; row++) {
        for (size_t year = 0; year < self->n_year; year++) {
            double mean = (double)((row % 2 == 0 ? 10 : 4) + year);

            self->treated_annual[row * self->n_year + year] = spread(mean + 0.5, mean - 4.0);
        }
    }
}

static void add_targets(pc_forecast *self)
{
    self->n_target = 2;
    self->target = room(2, sizeof *self->target);
    self->target[0] = (pc_target_result){.name = copied("children at most 14"),
                                         .measure = PC_MEASURE_CHILDREN,
                                         .category = self->n_category,
                                         .category_name = copied("all"),
                                         .by = self->month_end[1] + 10,
                                         .date = self->month_end[1],
                                         .at_most = true,
                                         .value = 14.0,
                                         .reached = spread(12.5, 8.0),
                                         .probability = 0.7505,
                                         .first_met = self->month_end[0]};
    self->target[1] = (pc_target_result){.name = copied("Bill, high"),
                                         .measure = PC_MEASURE_COST,
                                         .category = 1,
                                         .category_name = copied(self->category[1]),
                                         .by = self->month_end[0],
                                         .date = self->month_end[0],
                                         .value = 1500.25,
                                         .reached = spread(1000.0, 996.0),
                                         .probability = 0.0,
                                         .first_met = PC_DAY_NONE};
}

static void make_difference(pc_forecast *self)
{
    const size_t cells = self->n_la * (self->n_category + 1);

    for (size_t at = 0; at < cells * PC_N_MEASURE * self->n_month; at++) {
        self->monthly[at] = spread(-5.5, -10.0);
    }
    for (size_t at = 0; at < cells * PC_N_MEASURE * self->n_year; at++) {
        self->annual[at] = spread(-5.5, -10.0);
    }
    for (size_t at = 0; at < cells * self->n_year; at++) {
        self->children_average[at] = spread(-5.5, -10.0);
    }
}

static void make_alone(pc_alone *self, const pc_forecast *of)
{
    self->scenario = copied(scenario_name);
    self->n = N_INTERVENTION;
    self->name = room(N_INTERVENTION, sizeof *self->name);
    self->n_year = of->n_year;
    self->year = room(of->n_year, sizeof *self->year);
    memcpy(self->year, of->year, of->n_year * sizeof *self->year);
    self->has_cost = true;
    self->replicates = 200;
    self->difference = room((N_INTERVENTION + 1) * PC_N_ALONE * of->n_year, sizeof *self->difference);
    for (size_t part = 0; part <= N_INTERVENTION; part++) {
        if (part < N_INTERVENTION) {
            self->name[part] = copied(intervention_name[part]);
        }
        for (size_t cell = 0; cell < PC_N_ALONE * of->n_year; cell++) {
            double mean = -(double)(part + 1) * (cell / of->n_year == PC_ALONE_COST ? 1000.0 : 1.0);

            self->difference[part * PC_N_ALONE * of->n_year + cell] = spread(mean, mean - 4.0);
        }
    }
}

void made_comparison_make(made_comparison *self, size_t n_la, size_t n_month)
{
    memset(self, 0, sizeof *self);
    made_record(&self->made, n_la, n_month);
    for (size_t at = 0; at < 2; at++) {
        made_forecast(&self->forecast[at], n_la, 3, 2011 * 12 + 9, n_month);
        made_forecast(&self->difference[at], n_la, 3, 2011 * 12 + 9, n_month);
    }
    free(self->forecast[1].scenario);
    self->forecast[1].scenario = copied(scenario_name);
    free(self->difference[1].scenario);
    self->difference[1].scenario = copied(scenario_name);
    add_interventions(&self->forecast[1]);
    add_targets(&self->forecast[1]);
    make_difference(&self->difference[1]);
    for (size_t at = 0; at < sizeof self->p_fewer / sizeof self->p_fewer[0]; at++) {
        self->p_fewer[at] = 0.8;
        self->p_more[at] = 0.125;
    }
    self->comparison = (pc_comparison){.n = 2,
                                       .forecast = self->forecast,
                                       .difference = self->difference,
                                       .p_fewer = self->p_fewer,
                                       .p_more = self->p_more,
                                       .p_fewer_than = self->p_fewer_than};
    make_alone(&self->alone[1], &self->forecast[1]);
    self->other = self->made.scenario;
    self->other.name = scenario_name;
    self->other.file = other_file;
    self->compared[0] = &self->made.scenario;
    self->compared[1] = &self->other;
    self->made.record.forecast = &self->forecast[0];
    self->made.record.comparison = &self->comparison;
    self->made.record.compared = self->compared;
    self->made.record.alone = self->alone;
}

void made_comparison_free(made_comparison *self)
{
    pc_forecast *with = &self->forecast[1];

    for (size_t which = 0; which < N_INTERVENTION; which++) {
        free(with->intervention[which]);
        free(with->intervention_kind[which]);
    }
    free(with->intervention);
    free(with->intervention_kind);
    free(with->treated_annual);
    for (size_t at = 0; at < with->n_target; at++) {
        free(with->target[at].name);
        free(with->target[at].category_name);
    }
    free(with->target);
    for (size_t at = 0; at < 2; at++) {
        made_forecast_free(&self->forecast[at]);
        made_forecast_free(&self->difference[at]);
        pc_alone_free(&self->alone[at]);
    }
    made_record_free(&self->made);
}
