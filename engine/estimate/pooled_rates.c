/* pooled_rates.c - the rates that factors multiply: the root that the caller gives, or the authority's own
 * pooled rates.
 *
 * The own reference of a cause is its events over the child-years of both streams together, at the ages where
 * it is possible; the tree's first level then tells the streams apart, and forest.c gives it its profile by
 * age. Borrowing across streams keeps a thin stream (few unaccompanied children) from having rates of exactly
 * nought.
 */
#include "estimate/estimate.h"

/* Without any exit in the window nobody would ever leave before 18. Half an exit is what Jeffreys' prior for
 * a Poisson count leaves when none was seen. */
#define HALF_AN_EXIT 0.5

static bool possible(const estimate_input *input, const estimate_table *table, size_t cause, size_t age)
{
    size_t per_age = table->n_category * PC_N_BAND, per_stream = PC_N_AGE_BAND * per_age;

    if (input->family == FAMILY_EXIT ? estimate_exit_possible(cause, (int)age)
                                     : estimate_destination_possible(input->codes, cause, (int)age)) {
        return true;
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t c = 0; c < per_age; c++) {
            size_t cell = stream * per_stream + age * per_age + c;

            if (table->events[cell * table->n_cause + cause] > 0) {
                return true;
            }
        }
    }
    return false;
}

static void count_age(const estimate_table *table, size_t cause, size_t age, double *events, double *years)
{
    size_t per_age = table->n_category * PC_N_BAND, per_stream = PC_N_AGE_BAND * per_age;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t c = 0; c < per_age; c++) {
            size_t cell = stream * per_stream + age * per_age + c;

            *events += table->events[cell * table->n_cause + cause];
            *years += table->years[cell];
        }
    }
}

static void set_cause(const estimate_input *input, estimate_table *table, size_t cause, double rate,
                      const bool is_possible[PC_N_AGE_BAND])
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            for (size_t c = 0; c < table->n_category * PC_N_BAND; c++) {
                size_t cell = (stream * PC_N_AGE_BAND + age) * table->n_category * PC_N_BAND + c;
                bool to_itself = input->family == FAMILY_STATUS && c / PC_N_BAND == cause;

                table->reference[cell * table->n_cause + cause] = is_possible[age] && !to_itself ? rate : 0.0;
            }
        }
    }
}

static void own_reference(const estimate_input *input, estimate_table *table, pc_diagnostics *diagnostics)
{
    double all_events = 0, all_years = 0;
    bool any_age[PC_N_AGE_BAND] = {true, true, true, true, true};

    for (size_t cause = 0; cause < table->n_cause; cause++) {
        double events = 0, years = 0;
        bool is_possible[PC_N_AGE_BAND];

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            is_possible[age] = possible(input, table, cause, age);
            if (is_possible[age]) {
                count_age(table, cause, age, &events, &years);
            }
        }
        set_cause(input, table, cause, years > 0 ? events / years : 0.0, is_possible);
        all_events += events;
        all_years = years > all_years ? years : all_years;
    }
    if (input->family == FAMILY_EXIT && !(all_events > 0) && all_years > 0) {
        set_cause(input, table, PC_EXIT_OTHER, HALF_AN_EXIT / all_years, any_age);
        pc_diagnostics_add(
            diagnostics, PC_WARNING, (pc_place){0},
            "no child left care in %.1f child-years of the window: the exit rate is taken as half an exit",
            all_years);
    }
}

void estimate_reference(const estimate_input *input, estimate_table *table, pc_diagnostics *diagnostics)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND;
    double lost = 0;
    const double *root;

    if (input->options->root == NULL) {
        own_reference(input, table, diagnostics);
        return;
    }
    root = estimate_family_rates(input->options->root, input->family);
    for (size_t i = 0; i < n_cell * table->n_cause; i++) {
        table->reference[i] = root[i];
        lost += root[i] > 0 ? 0.0 : table->events[i];
    }
    if (lost > 0) {
        static const char *const family_name[N_FAMILY] = {"exits", "moves", "changes of status"};

        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){0},
                           "%.0f %s happened where the reference rate given is 0: they are left out", lost,
                           family_name[input->family]);
    }
}
