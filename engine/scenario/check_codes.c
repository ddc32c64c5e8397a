/* What needs the code map: that every category named exists. */
#include <math.h>
#include <string.h>

#include "scenario/budget_rows.h"
#include "scenario/categories.h"
#include "scenario/reader.h"

static void check_category(scenario_reader *reader, const pc_codes *codes, const char *shown,
                           const char *name, pc_place place)
{
    char text[SCENARIO_CATEGORIES_SIZE];

    if (pc_codes_find_category(codes, name) < 0) {
        scenario_problem(reader, place, "%s: unknown category \"%.80s\", %s", shown, name,
                         scenario_category_suggest(codes, name, text));
    }
}

static void check_intervention(scenario_reader *reader, const pc_codes *codes,
                               const pc_intervention *intervention)
{
    pc_place place = {.file = intervention->file, .line = intervention->line, .column = intervention->column};
    char shown[128];

    snprintf(shown, sizeof shown, "interventions.%.100s", intervention->name);
    for (size_t c = 0; c < intervention->n_category; c++) {
        check_category(reader, codes, shown, intervention->category[c], place);
    }
    if (intervention->to != NULL) {
        check_category(reader, codes, shown, intervention->to, place);
    }
}

static void check_out_of_area_rows(scenario_reader *reader, const pc_codes *codes,
                                   const pc_out_of_area *table)
{
    char text[SCENARIO_CATEGORIES_SIZE];

    for (size_t r = 0; r < table->n; r++) {
        const pc_out_of_area_row *row = &table->row[r];

        if (strcmp(row->category, "all") != 0 && pc_codes_find_category(codes, row->category) < 0) {
            scenario_problem(reader,
                             (pc_place){.file = table->file, .line = row->row, .column_name = "category"},
                             "unknown category \"%.60s\", %s (or all)", row->category,
                             scenario_category_suggest(codes, row->category, text));
        }
    }
}

/* What the table does not say: categories without a share, so that a sum without them is not taken for a
 * whole one, and years whose share is that of another year. */
static void say_what_is_missing(scenario_reader *reader, const pc_codes *codes, const pc_scenario *scenario,
                                pc_out_of_area_definition definition)
{
    const pc_out_of_area *table = &scenario->out_of_area_table;
    pc_day last = pc_month_first_day(pc_month_of_day(scenario->start) + scenario->months) - 1;
    pc_place place = {.file = table->file};
    char names[700] = "";
    size_t at = 0, n = 0, held = 0;

    for (size_t c = 0; c < codes->n_category; c++) {
        const char *name = codes->category[c].name;
        bool none = isnan(pc_out_of_area_share(table, name, definition, 0));

        if (none && at + strlen(name) + 3 < sizeof names) {
            at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", at == 0 ? "" : ", ", name);
        }
        for (int year = pc_financial_year(scenario->start); !none && year <= pc_financial_year(last);
             year++) {
            n++;
            held += !pc_out_of_area_given(table, name, definition, year);
        }
    }
    if (at > 0) {
        scenario_warn(reader, place, "%s: no share, so left out of the sum: %s",
                      pc_out_of_area_name(definition), names);
    }
    if (held > 0) {
        pc_diagnostics_add(
            reader->diagnostics, PC_ASSUMPTION, place,
            "%s: %zu of %zu shares by category and year are not given: that of the year before "
            "is taken, or of the first after",
            pc_out_of_area_name(definition), held, n);
    }
}

static void check_out_of_area(scenario_reader *reader, const pc_codes *codes, const pc_scenario *scenario)
{
    check_out_of_area_rows(reader, codes, &scenario->out_of_area_table);
    for (unsigned d = 0; d < PC_N_OUT_OF_AREA; d++) {
        if (pc_out_of_area_has(&scenario->out_of_area_table, (pc_out_of_area_definition)d)) {
            say_what_is_missing(reader, codes, scenario, (pc_out_of_area_definition)d);
        }
    }
}

pc_status pc_scenario_check_codes(const pc_scenario *self, const pc_codes *codes, pc_diagnostics *diagnostics)
{
    scenario_reader reader = {.diagnostics = diagnostics};

    for (size_t c = 0; c < self->n_capacity; c++) {
        const pc_capacity *capacity = &self->capacity[c];

        check_category(
            &reader, codes, "capacity", capacity->category,
            (pc_place){.file = capacity->file, .line = capacity->line, .column = capacity->column});
    }
    for (size_t o = 0; o < self->n_overflow; o++) {
        const pc_overflow *overflow = &self->overflow[o];
        pc_place place = {.file = overflow->file, .line = overflow->line, .column = overflow->column};

        check_category(&reader, codes, "overflow", overflow->category, place);
        for (size_t t = 0; t < overflow->n_to; t++) {
            check_category(&reader, codes, "overflow", overflow->to[t], place);
        }
    }
    for (size_t s = 0; s < self->n_substitute; s++) {
        const pc_substitute *substitute = &self->substitute[s];
        pc_place place = {.file = substitute->file, .line = substitute->line, .column = substitute->column};

        check_category(&reader, codes, "substitute", substitute->category, place);
        check_category(&reader, codes, "substitute", substitute->to, place);
    }
    for (size_t i = 0; i < self->n_intervention; i++) {
        check_intervention(&reader, codes, &self->intervention[i]);
    }
    for (size_t t = 0; t < self->n_target; t++) {
        const pc_target *target = &self->target[t];

        if (!target->of_workforce && strcmp(target->category, "all") != 0) {
            check_category(&reader, codes, "targets", target->category,
                           (pc_place){.file = target->file, .line = target->line, .column = target->column});
        }
    }
    check_out_of_area(&reader, codes, self);
    scenario_check_budget_codes(&reader, codes, self);
    scenario_check_overflow(self, &reader);
    return reader.no_memory ? PC_ERR_NO_MEMORY : reader.n_problem > 0 ? PC_ERR_INPUT : PC_OK;
}
