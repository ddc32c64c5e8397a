#include "lac600.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/number_text.h"

/* A table of numbers: every cell of every row, in file order. Texts are NaN. */
typedef struct number_table {
    size_t n_column, n_row, capacity;
    double *cell;
} number_table;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    ((number_table *)context)->n_column = header->n_column;
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    number_table *self = context;

    (void)row;
    if (pc_grow(&self->cell, &self->capacity, (self->n_row + 1) * self->n_column, sizeof *self->cell) !=
        PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t column = 0; column < self->n_column; column++) {
        double *cell = &self->cell[self->n_row * self->n_column + column];

        if (!pc_number_parse(field[column].text, field[column].length, cell)) {
            *cell = (double)NAN;
        }
    }
    self->n_row++;
    return PC_OK;
}

static pc_status read_table(const char *folder, const char *name, number_table *out)
{
    char path[4096];

    memset(out, 0, sizeof *out);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return pc_csv_read(path, path, 0, on_header, on_row, out, NULL);
}

static pc_status read_reference(reference_model *out, const char *folder)
{
    number_table bands, rates, initial, entrants;
    pc_status status = read_table(folder, "bands.csv", &bands);

    status = status != PC_OK ? status : read_table(folder, "rates.csv", &rates);
    status = status != PC_OK ? status : read_table(folder, "initial.csv", &initial);
    status = status != PC_OK ? status : read_table(folder, "entrants.csv", &entrants);
    if (status != PC_OK) {
        return status;
    }
    for (size_t band = 0; band < REFERENCE_N_BAND; band++) {
        out->band_low[band] = (int)bands.cell[band * bands.n_column + 2];
        out->band_high[band] = (int)bands.cell[band * bands.n_column + 3];
    }
    for (size_t row = 0; row < rates.n_row; row++) {
        const double *cell = rates.cell + row * rates.n_column;

        out->rate[(int)cell[0]][(int)cell[1]][(int)cell[2]] = cell[3];
    }
    for (size_t row = 0; row < entrants.n_row; row++) {
        const double *cell = entrants.cell + row * entrants.n_column;

        out->entrants[(int)cell[0]][(int)cell[1]] = cell[2];
    }
    out->n_child = initial.n_row;
    out->age_month = pc_new(initial.n_row, sizeof *out->age_month);
    out->placement = pc_new(initial.n_row, sizeof *out->placement);
    for (size_t row = 0; out->age_month != NULL && out->placement != NULL && row < initial.n_row; row++) {
        out->age_month[row] = (int)initial.cell[row * initial.n_column + 1];
        out->placement[row] = (int)initial.cell[row * initial.n_column + 2];
    }
    free(bands.cell);
    free(rates.cell);
    free(initial.cell);
    free(entrants.cell);
    return out->age_month == NULL || out->placement == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

/* Rates a month become hazards a year; made-up factors by duration when asked for. */
static void set_rates(pc_rates *out, const reference_model *from, bool durations)
{
    static const double exit_factor[PC_N_BAND] = {3.0, 1.5, 1.1, 0.9, 0.7};
    static const double move_factor[PC_N_BAND] = {4.0, 1.6, 1.0, 0.7, 0.4};
    const size_t n = REFERENCE_N_PLACEMENT;

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double total = 0.0;

        for (size_t category = 0; category < n; category++) {
            for (size_t band = 0; band < PC_N_BAND; band++) {
                size_t row = pc_rates_cell(out, 0, age, category, band);

                out->exit[row * PC_N_EXIT_HAZARD] =
                    from->rate[age][category][n] * 12.0 * (durations ? exit_factor[band] : 1.0);
                for (size_t to = 0; to < n; to++) {
                    out->move[row * n + to] =
                        from->rate[age][category][to] * 12.0 * (durations ? move_factor[band] : 1.0);
                }
            }
            total += from->entrants[age][category];
        }
        for (size_t category = 0; category < n; category++) {
            out->first[age * n + category] = total > 0.0 ? from->entrants[age][category] / total : 0.0;
        }
        for (int year = from->band_low[age] / 12; year < from->band_high[age] / 12; year++) {
            out->starts[year] = total * 12.0 * 12.0 / (from->band_high[age] - from->band_low[age]);
        }
    }
}

/* The workload's ages are exact at the origin and its months are twelfths of a year. */
static pc_status set_children(pc_plan *plan, const reference_model *from, bool durations)
{
    static const double years_in_care[8] = {0.05, 0.3, 0.7, 1.1, 1.6, 2.4, 3.5, 5.0};

    plan->n_child = from->n_child;
    plan->child = pc_new_zero(from->n_child, sizeof *plan->child);
    if (plan->child == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t child = 0; child < from->n_child; child++) {
        plan_child *to = &plan->child[child];
        double age = from->age_month[child] / 12.0, care = durations ? years_in_care[child % 8] : 0.0;

        for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
            to->age_edge[band] = (from->band_high[band] / 12.0 - age) * PC_DAYS_PER_YEAR;
            if (to->age_edge[band] <= 0.0) {
                to->age_band++;
            }
        }
        care = care > age ? age : care;
        to->category = (uint8_t)from->placement[child];
        to->care_start = -care * PC_DAYS_PER_YEAR;
        to->placement_start = -care / (double)(1 + child % 3) * PC_DAYS_PER_YEAR;
    }
    return PC_OK;
}

static pc_status set_periods(pc_plan *plan)
{
    static const int edge[PC_N_BAND - 1] = {28, 182, 365, 730};
    pc_day end;

    plan->origin = pc_day_from_date((pc_date){2024, 4, 1});
    end = pc_day_from_date((pc_date){2029, 4, 1});
    plan->n_day = end - plan->origin;
    plan->n_period = REFERENCE_N_MONTH;
    plan->period = pc_new_zero(plan->n_period, sizeof *plan->period);
    plan->period_of_day = pc_new_zero((size_t)plan->n_day, sizeof *plan->period_of_day);
    plan->start_multiplier =
        pc_new(plan->n_period * PC_N_STREAM * PC_N_AGE_YEAR, sizeof *plan->start_multiplier);
    plan->capacity = pc_new_zero(plan->n_category, sizeof *plan->capacity);
    if (plan->period == NULL || plan->period_of_day == NULL || plan->start_multiplier == NULL ||
        plan->capacity == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t period = 0; period < plan->n_period; period++) {
        int month = pc_month_of_day(plan->origin) + (int)period;
        plan_period *to = &plan->period[period];

        *to = (plan_period){.first = pc_month_first_day(month) - plan->origin,
                            .end = pc_month_first_day(month + 1) - plan->origin,
                            .reported = true,
                            .month = month,
                            .financial_year = pc_financial_year(pc_month_first_day(month)),
                            .effect_year = (int)period / 12};
        for (int day = to->first; day < to->end; day++) {
            plan->period_of_day[day] = (int16_t)period;
        }
    }
    for (size_t at = 0; at < plan->n_period * PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        plan->start_multiplier[at] = 1.0;
    }
    for (size_t at = 0; at < PC_N_BAND - 1; at++) {
        plan->care_edge[at] = edge[at];
        plan->placement_edge[at] = edge[at];
    }
    return PC_OK;
}

pc_status lac600_load(lac600 *self, const char *folder, bool durations)
{
    pc_status status;

    memset(self, 0, sizeof *self);
    self->plan.n_category = REFERENCE_N_PLACEMENT;
    status = read_reference(&self->reference, folder);
    status = status != PC_OK ? status : pc_rates_init(&self->rates, REFERENCE_N_PLACEMENT);
    status = status != PC_OK ? status : set_periods(&self->plan);
    status = status != PC_OK ? status : set_children(&self->plan, &self->reference, durations);
    if (status != PC_OK) {
        lac600_free(self);
        return status;
    }
    set_rates(&self->rates, &self->reference, durations);
    self->plan.mean = &self->rates;
    self->plan.care_bands = durations;
    self->plan.placement_bands = durations;
    self->plan.seed = 1;
    self->plan.residential[3] = self->plan.residential[4] = true;
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        self->plan.dispersion[stream] = (double)INFINITY;
    }
    for (size_t category = 0; category < REFERENCE_N_PLACEMENT; category++) {
        self->plan.capacity[category].substitute_to = -1;
    }
    return PC_OK;
}

pc_status lac600_cap(lac600 *self)
{
    static const struct {
        uint8_t category, n_overflow, overflow[2];
        int places;
    } cap[] = {{0, 2, {1, 4}, 165}, {3, 1, {4, 0}, 26}, {5, 1, {7, 0}, 34}};

    self->plan.has_capacity = self->plan.coupled = true;
    for (size_t at = 0; at < sizeof cap / sizeof cap[0]; at++) {
        plan_capacity *to = &self->plan.capacity[cap[at].category];

        to->capped = true;
        to->places = pc_new((size_t)self->plan.n_day, sizeof *to->places);
        to->overflow = pc_new(2, sizeof *to->overflow);
        if (to->places == NULL || to->overflow == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        for (int day = 0; day < self->plan.n_day; day++) {
            to->places[day] = cap[at].places;
        }
        to->n_overflow = cap[at].n_overflow;
        memcpy(to->overflow, cap[at].overflow, to->n_overflow);
    }
    return PC_OK;
}

void lac600_free(lac600 *self)
{
    free(self->reference.age_month);
    free(self->reference.placement);
    pc_rates_free(&self->rates);
    plan_free(&self->plan);
    memset(self, 0, sizeof *self);
}
