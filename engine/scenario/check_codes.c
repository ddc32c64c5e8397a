/* What needs the code map: that every category named exists. */
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
    scenario_check_overflow(self, &reader);
    return reader.no_memory ? PC_ERR_NO_MEMORY : reader.n_problem > 0 ? PC_ERR_INPUT : PC_OK;
}
