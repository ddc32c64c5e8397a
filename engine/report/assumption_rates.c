/* assumption_rates.c - the data, the rates and what makes the ranges wide. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "report/assumption_table.h"
#include "report/say.h"

static const char *returns_of(const assumption_table *self)
{
    return self->scenario->ssda903 != NULL ? self->scenario->ssda903 : self->scenario->summary;
}

void assumption_put_data(assumption_table *self)
{
    const pc_model *model = self->record->model;
    const pc_scenario *scenario = self->scenario;
    char from[SAY_SIZE], to[SAY_SIZE];

    self->topic = "Data";
    assumption_put_key(self,
                       pc_format_text(scenario->ssda903 != NULL
                                          ? "The returns tell what was known on %s"
                                          : "The published counts tell what was known on %s",
                                      say_day(model->extract, to)),
                       "data.extract", returns_of(self), "the 31 March of the newest return");
    assumption_put_key(
        self,
        pc_format_text("What happened from %s to %s goes on", say_day(model->window_from, from),
                       say_day(model->window_to, to)),
        "data.window", returns_of(self),
        "the last three years that the returns cover: our judgement, docs/model.md, section 2");
    assumption_put(self,
                   pc_format_text("Codes of placements and providers are sorted into %zu kinds of placement",
                                  self->record->forecast->n_category),
                   scenario->codes != NULL ? ASSUMPTION_COUNCIL : ASSUMPTION_SHIPPED,
                   scenario->codes != NULL
                       ? ""
                       : "the code lists of the SSDA903 return; what falls where is our judgement",
                   scenario->codes != NULL ? scenario->codes : "codes/placements.yaml");
    assumption_put_key(
        self,
        pc_copy_text(scenario->population != NULL
                         ? "Children start in step with the number of children in the population"
                         : "The number of children in the population stays as it is"),
        "population", "", "our judgement: no population is given");
    if (scenario->population != NULL) {
        assumption_put_sources(self, "The number of children in the population, by year and age",
                               scenario->population, NULL, NULL, NULL);
    }
    if (scenario->summary != NULL) {
        assumption_put_sources(self, "Kinds of placement and ages within the published counts", NULL,
                               "scenarios/defaults/seed_stock.csv", NULL, NULL);
        assumption_put_sources(self, "Ages of those who start within the published counts", NULL,
                               "scenarios/defaults/seed_starts.csv", NULL, NULL);
    }
}

/* "14.5%" */
static char *share(double value, char text[SAY_SIZE])
{
    char number[PC_NUMBER_TEXT_SIZE];

    snprintf(text, SAY_SIZE, "%s%%", pc_number_format_significant(100 * value, 3, number));
    return text;
}

static double cell(const result_table *table, size_t row, const char *column)
{
    double value;

    return result_number(table, row, result_column(table, column), &value) ? value : (double)NAN;
}

static const char *text_of(const result_table *table, size_t row, const char *column)
{
    return result_text(table, row, result_column(table, column));
}

static void put_drift(assumption_table *self)
{
    result_table table;

    if (!self->scenario->trend.drift) {
        assumption_put_key(self,
                           pc_copy_text("The change in number that the rates imply is believed in full"),
                           "trend.drift", "", "");
        return;
    }
    if (assumption_read(self, NULL, "scenarios/defaults/drift.csv", &table)) {
        for (size_t row = 0; row < table.n_row; row++) {
            char text[SAY_SIZE];

            assumption_put(
                self,
                pc_format_text("%s months on, %s of the change in number that the rates imply is believed",
                               text_of(&table, row, "horizon_months"),
                               share(cell(&table, row, "share"), text)),
                ASSUMPTION_SHIPPED, text_of(&table, row, "source"), "defaults/drift.csv");
        }
    }
    result_table_free(&table);
}

static void put_mix(assumption_table *self)
{
    result_table table;

    if (!self->scenario->trend.mix) {
        assumption_put_key(self,
                           pc_copy_text("Children in homes do not follow the growth of most authorities"),
                           "trend.mix", "", "");
        return;
    }
    if (assumption_read(self, NULL, "scenarios/defaults/mix.csv", &table)) {
        for (size_t row = 0; row < table.n_row; row++) {
            char text[SAY_SIZE];

            assumption_put(
                self,
                pc_format_text("Children in homes grow by %s in year %s, besides what the rates imply",
                               share(cell(&table, row, "growth"), text), text_of(&table, row, "year")),
                ASSUMPTION_SHIPPED, text_of(&table, row, "source"), "defaults/mix.csv");
        }
    }
    result_table_free(&table);
}

/* Whether some authority of the model has as many children as the row is for. */
static bool is_of_size(const assumption_table *self, const result_table *table, size_t row)
{
    const pc_model *model = self->record->model;
    double from = cell(table, row, "children_from"), to = cell(table, row, "children_to");

    for (size_t a = 0; a < model->n_authority; a++) {
        double children = (double)model->authority[a].n_child;

        if (!(children < from) && !(children >= to)) {
            return true;
        }
    }
    return false;
}

static const char *words_of_target(const char *target)
{
    return strcmp(target, "mix") == 0           ? "the share of children in homes"
           : strcmp(target, "uasc_starts") == 0 ? "starts of unaccompanied children"
                                                : target;
}

static void put_years(assumption_table *self)
{
    const char *path = self->scenario->year_effects;
    result_table table;

    if (!self->scenario->uncertainty.year_effects) {
        assumption_put_key(self, pc_copy_text("No year is better or worse than another"),
                           "uncertainty.year_effects", "", "");
        return;
    }
    if (assumption_read(self, path, "scenarios/defaults/year_effects.csv", &table)) {
        for (size_t row = 0; row < table.n_row; row++) {
            const char *target = text_of(&table, row, "target");
            char size[SAY_SIZE], stay[SAY_SIZE];

            if (is_of_size(self, &table, row)) {
                assumption_put(
                    self,
                    pc_format_text("Good and bad years for %s: a standard deviation of %s, of which %s is "
                                   "still there a year later",
                                   words_of_target(target), share(cell(&table, row, "sigma"), size),
                                   share(cell(&table, row, "phi"), stay)),
                    path == NULL ? ASSUMPTION_SHIPPED : ASSUMPTION_COUNCIL, text_of(&table, row, "source"),
                    path == NULL ? "defaults/year_effects.csv" : path);
            }
        }
    }
    result_table_free(&table);
}

void assumption_put_rates(assumption_table *self)
{
    const pc_scenario *scenario = self->scenario;
    char number[SAY_SIZE];

    self->topic = "Rates";
    assumption_put(
        self,
        pc_copy_text("How often children start, leave and move, by age, kind of placement and time in care"),
        ASSUMPTION_RETURNS, "counted in the window", returns_of(self));
    assumption_put_sources(self,
                           "National rates of leaving care, towards which rates of few events are drawn",
                           scenario->priors, "scenarios/defaults/priors.csv", "family", "exit");
    assumption_put_sources(self, "National rates of moving, towards which rates of few events are drawn",
                           scenario->priors, "scenarios/defaults/priors.csv", "family", "move");
    self->topic = "Trend";
    put_drift(self);
    put_mix(self);
    self->topic = "Ranges";
    assumption_put_key(
        self,
        scenario->method == PC_METHOD_EXPECTED
            ? pc_copy_text("Averages are computed; no futures are simulated")
            : pc_format_text("%s futures are simulated", say_count(scenario->replicates, number)),
        scenario->method == PC_METHOD_EXPECTED ? "method" : "replicates", "",
        "the default; more give smoother ranges");
    if (scenario->method == PC_METHOD_EXPECTED) {
        return;
    }
    put_years(self);
    assumption_put(self,
                   pc_copy_text(scenario->uncertainty.parameters
                                    ? "Rates are known only as well as the returns allow"
                                    : "Rates are taken as certain"),
                   scenario->uncertainty.parameters ? ASSUMPTION_RETURNS : ASSUMPTION_COUNCIL,
                   scenario->uncertainty.parameters ? "the events of the window" : "",
                   scenario->uncertainty.parameters ? "" : scenario->file);
    assumption_put(self,
                   pc_copy_text(scenario->uncertainty.starts_overdispersion
                                    ? "Starts come unevenly, as in the months of the window"
                                    : "Starts come evenly"),
                   scenario->uncertainty.starts_overdispersion ? ASSUMPTION_RETURNS : ASSUMPTION_COUNCIL,
                   scenario->uncertainty.starts_overdispersion ? "the starts of the window" : "",
                   scenario->uncertainty.starts_overdispersion ? "" : scenario->file);
}
