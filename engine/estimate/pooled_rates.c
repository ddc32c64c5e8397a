/* pooled_rates.c - the rates that factors multiply: the root that the caller gives, national rates, or the
 * authority's own pooled rates.
 *
 * The own reference of a cause is its events over the child-years of both streams together, at the ages where
 * it is possible; the tree's first level then tells the streams apart, and forest.c gives it its profile by
 * age. Borrowing across streams keeps a thin stream (few unaccompanied children) from having rates of exactly
 * nought.
 */
#include "estimate/estimate.h"

#include <math.h>
#include <string.h>

#include "placecast/priors.h"

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

estimate_source estimate_source_of(const pc_fit_options *options, estimate_family family)
{
    const pc_priors *priors = options->priors;

    if (options->root != NULL) {
        return SOURCE_ROOT;
    }
    if (priors == NULL) {
        return SOURCE_OWN;
    }
    return (family == FAMILY_EXIT   ? priors->has_exit
            : family == FAMILY_MOVE ? priors->has_move
                                    : priors->has_status)
               ? SOURCE_PRIORS
               : SOURCE_OWN;
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

/* Events of a cause and stream, and what the reference expects; nothing where the country has no rate. */
static shape_cell level_cell(const estimate_table *table, const double *national, size_t stream, size_t cause)
{
    size_t per_stream = (size_t)PC_N_AGE_BAND * table->n_category * PC_N_BAND;
    shape_cell sum = {.parent = 0}, none = {.parent = 0};
    bool known = false;

    for (size_t cell = stream * per_stream; cell < (stream + 1) * per_stream; cell++) {
        known = known || (national[cell * table->n_cause + cause] > 0 && table->years[cell] > 0);
        sum.events += table->events[cell * table->n_cause + cause];
        sum.expected += table->years[cell] * table->reference[cell * table->n_cause + cause];
    }
    return known ? sum : none;
}

/* How far the level of each cause is the country's, and how far the authority's own: (k + events) /
 * (k + expected) times the national rates, k from how well these tell the causes of the stream. A handful of
 * causes do not settle k: the mean over what k may be. */
static double level_of(shape_cell cell, double fixed_shape, const double chance[N_SHAPE_GRID])
{
    double sum = 0;

    if (fixed_shape > 0) {
        return (fixed_shape + cell.events) / (fixed_shape + cell.expected);
    }
    for (int g = 0; g < N_SHAPE_GRID; g++) {
        double k = estimate_grid_shape(g);

        sum += chance[g] * (k + cell.events) / (k + cell.expected);
    }
    return sum;
}

static void scale_levels(const estimate_input *input, estimate_table *table, size_t stream)
{
    const double *national = estimate_family_rates(&input->options->priors->rates, input->family);
    double fixed_shape = input->options->fixed_shape;
    size_t per_stream = (size_t)PC_N_AGE_BAND * table->n_category * PC_N_BAND, n = 0;
    shape_cell all[PC_MAX_CATEGORY] = {{0}}, exposed[PC_MAX_CATEGORY];
    shape_parent country = {.shape = HUGE_VAL, .mean = 1, .factor = 1}, authority = {.mean = 1, .factor = 1};

    for (size_t cause = 0; cause < table->n_cause; cause++) {
        all[cause] = level_cell(table, national, stream, cause);
        if (all[cause].expected > 0) {
            exposed[n++] = all[cause];
        }
    }
    /* How far all causes together are the country's is taken from how far each is. */
    authority.shape = estimate_shape(exposed, n, &country, SHAPE_MIN, table->level_chance[stream]);
    table->level_shape[stream] = authority.shape;
    if (input->family == FAMILY_EXIT) {
        table->level_shape[stream] =
            estimate_shape(exposed, n, &authority, SHAPE_MIN, table->level_chance[stream]);
    }
    if (fixed_shape > 0) {
        table->level_shape[stream] = fixed_shape;
        memset(table->level_chance[stream], 0, sizeof table->level_chance[stream]);
    }
    for (size_t cause = 0; cause < table->n_cause; cause++) {
        size_t tree = stream * table->n_cause + cause;
        double scale;

        all[cause].expected *= authority.factor;
        scale = authority.factor * level_of(all[cause], fixed_shape, table->level_chance[stream]);

        for (size_t cell = stream * per_stream; cell < (stream + 1) * per_stream; cell++) {
            table->reference[cell * table->n_cause + cause] *= scale;
        }
        if (input->family != FAMILY_MOVE || !(all[cause].events > 0)) {
            table->level_events[tree] = scale / authority.factor * all[cause].expected;
            table->level_expected[tree] = all[cause].expected;
        }
    }
}

/* National rates lie over the authority's own, which stay where there are none: an event that was seen has a
 * rate. */
static void national_reference(const estimate_input *input, estimate_table *table)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND;
    const double *national = estimate_family_rates(&input->options->priors->rates, input->family);

    for (size_t i = 0; i < n_cell * table->n_cause; i++) {
        table->reference[i] = national[i] > 0 ? national[i] : table->reference[i];
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        scale_levels(input, table, stream);
    }
}

void estimate_reference(const estimate_input *input, estimate_table *table, pc_diagnostics *diagnostics)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * table->n_category * PC_N_BAND;
    double lost = 0;
    const double *root;

    estimate_source source = estimate_source_of(input->options, input->family);

    if (source != SOURCE_ROOT) {
        own_reference(input, table, source == SOURCE_OWN ? diagnostics : NULL);
    }
    if (source == SOURCE_PRIORS) {
        national_reference(input, table);
    }
    if (source != SOURCE_ROOT) {
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
