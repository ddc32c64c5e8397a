#include "oracle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>

#include "pc_test.h"

#define N_TABLE 7 /* of pc_expected, without the variance and exits */

static double *zeros(size_t n)
{
    double *memory = calloc(n > 0 ? n : 1, sizeof *memory);
    assert_non_null(memory);
    return memory;
}

static void allocate(pc_expected *self, const pc_plan *plan)
{
    memset(self, 0, sizeof *self);
    self->n_category = plan->n_category;
    self->n_period = plan->n_period;
    double **const table[N_TABLE] = {&self->children, &self->place_days, &self->starts,        &self->ceases,
                                     &self->moves,    &self->departures, &self->status_changes};
    for (size_t number = 0; number < N_TABLE; number++)
        *table[number] = zeros(plan->n_category * plan->n_period);
    self->exits = zeros(PC_N_EXIT_CAUSE * plan->n_period);
}

void oracle_free(pc_expected *self)
{
    double **const table[N_TABLE + 1] = {&self->children, &self->place_days,    &self->starts,
                                         &self->ceases,   &self->moves,         &self->departures,
                                         &self->exits,    &self->status_changes};
    for (size_t number = 0; number < N_TABLE + 1; number++)
        free(*table[number]);
    memset(self, 0, sizeof *self);
}

/* One life: who, and from when. Times are days since the life is first looked at. */
typedef struct life {
    const pc_plan *plan;
    oracle_options options;
    int steps_per_day;
    size_t stream, age_band;
    double age_edge[PC_N_AGE_BAND];
    double care_start, placement_start;
    const double *initial; /* by category */
    int n_day;
} life;

/* What became of it, by step: [category][step] counted from the beginning, and the stock. */
typedef struct story {
    size_t n_step;
    double *stock, *ceases, *moves, *departures, *status; /* [category][n_step + 1] */
    double *exits;                                        /* [cause][n_step + 1] */
} story;

static void story_free(story *self)
{
    free(self->stock);
    free(self->ceases);
    free(self->moves);
    free(self->departures);
    free(self->status);
    free(self->exits);
}

static size_t band_at(double clock, const double *edge)
{
    size_t band = 0;
    while (band + 1 < PC_N_BAND && clock >= edge[band])
        band++;
    return band;
}

/* Moves what is in one cell of the grid, `here`, over one step into `next` [category][n_cell]; who stays, or
 * changes status, goes to the cell `older`. */
static void step_cell(const life *self, story *out, size_t step, size_t age, size_t care, size_t placement,
                      size_t from, double here, size_t older, size_t n_cell, double *next)
{
    const pc_rates *rates = self->plan->mean;
    const size_t n = self->plan->n_category, at = step + 1, length = out->n_step + 1;
    const double *exit = rates->exit + pc_rates_cell(rates, self->stream, age, from, care) * PC_N_EXIT_HAZARD;
    const double *status = rates->status + pc_rates_cell(rates, self->stream, age, from, care) * n;
    const double *move = rates->move + pc_rates_cell(rates, self->stream, age, from, placement) * n;
    const double factor = self->options.exits_too_high > 0.0 ? self->options.exits_too_high : 1.0;
    double all = 0.0;
    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++)
        all += factor * exit[cause];
    for (size_t to = 0; to < n; to++)
        all += move[to] + (to == from ? 0.0 : status[to]);
    const double event = 1.0 - exp(-all / PC_DAYS_PER_YEAR / self->steps_per_day);
    next[from * n_cell + older] += here * (1.0 - event);
    if (!(all > 0.0))
        return;
    const double share = here * event / all;
    for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        out->exits[cause * length + at] += share * factor * exit[cause];
        out->ceases[from * length + at] += share * factor * exit[cause];
    }
    for (size_t to = 0; to < n; to++) {
        next[to * n_cell + (self->options.forget_restart ? older : 0)] += share * move[to];
        out->moves[to * length + at] += share * move[to];
        out->departures[from * length + at] += share * move[to];
        if (to == from)
            continue;
        next[to * n_cell + (self->options.restart_status ? 0 : older)] += share * status[to];
        out->status[to * length + at] += share * status[to];
        out->departures[from * length + at] += share * status[to];
    }
}

static void add_up(double *table, size_t n_row, size_t length)
{
    for (size_t row = 0; row < n_row; row++)
        for (size_t at = 1; at < length; at++)
            table[row * length + at] += table[row * length + at - 1];
}

static story live(const life *self)
{
    const pc_plan *plan = self->plan;
    const size_t n = plan->n_category;
    story out = {.n_step = (size_t)(self->n_day * self->steps_per_day)};
    const size_t length = out.n_step + 1;
    out.stock = zeros(n * length);
    out.ceases = zeros(n * length);
    out.moves = zeros(n * length);
    out.departures = zeros(n * length);
    out.status = zeros(n * length);
    out.exits = zeros(PC_N_EXIT_CAUSE * length);
    /* Past the last edge time since placement does not matter: the last cell keeps them all. */
    const size_t n_cell = (size_t)(plan->placement_edge[PC_N_BAND - 2] * self->steps_per_day) + 1;
    double *p = zeros(n * n_cell), *next = zeros(n * n_cell);
    size_t first_cell = (size_t)(-self->placement_start * self->steps_per_day + 0.5);
    first_cell = first_cell < n_cell ? first_cell : n_cell - 1;
    for (size_t category = 0; category < n; category++)
        p[category * n_cell + first_cell] = out.stock[category * length] = self->initial[category];
    size_t age = self->age_band;
    for (size_t step = 0; step < out.n_step; step++) {
        const double middle = ((double)step + 0.5) / self->steps_per_day;
        while (age < PC_N_AGE_BAND && self->age_edge[age] <= middle)
            age++;
        const size_t care = plan->care_bands ? band_at(middle - self->care_start, plan->care_edge) : 0;
        memset(next, 0, n * n_cell * sizeof *next);
        for (size_t from = 0; from < n; from++)
            for (size_t cell = 0; cell < n_cell; cell++) {
                const double here = p[from * n_cell + cell];
                if (!(here > 0.0))
                    continue;
                if (age == PC_N_AGE_BAND) {
                    out.ceases[from * length + step + 1] += here;
                    out.exits[PC_EXIT_AGE_OUT * length + step + 1] += here;
                    continue;
                }
                const double clock = ((double)cell + 0.5) / self->steps_per_day;
                const size_t placement = plan->placement_bands ? band_at(clock, plan->placement_edge) : 0;
                step_cell(self, &out, step, age, care, placement, from, here,
                          cell + 1 < n_cell ? cell + 1 : cell, n_cell, next);
            }
        double *swap = p;
        p = next;
        next = swap;
        for (size_t category = 0; category < n; category++)
            for (size_t cell = 0; cell < n_cell; cell++)
                out.stock[category * length + step + 1] += p[category * n_cell + cell];
    }
    free(p);
    free(next);
    add_up(out.ceases, n, length);
    add_up(out.moves, n, length);
    add_up(out.departures, n, length);
    add_up(out.status, n, length);
    add_up(out.exits, PC_N_EXIT_CAUSE, length);
    return out;
}

/* `table` at `days` after the beginning of the life; nothing before it. */
static double read(const story *self, const double *table, size_t row, double days, int steps_per_day)
{
    const double at = days * steps_per_day;
    return at < 0.0 ? 0.0 : table[row * (self->n_step + 1) + (size_t)(at + 0.5)];
}

/* Adds `weight` times a life that begins on `begin`, days since the origin. */
static void add_life(const life *who, const story *from, double begin, double weight, pc_expected *out)
{
    const pc_plan *plan = who->plan;
    const int steps = who->steps_per_day;
    const struct {
        const double *from;
        double *to;
        size_t n_row;
    } flow[] = {{from->ceases, out->ceases, plan->n_category},
                {from->moves, out->moves, plan->n_category},
                {from->departures, out->departures, plan->n_category},
                {from->status, out->status_changes, plan->n_category},
                {from->exits, out->exits, PC_N_EXIT_CAUSE}};
    for (size_t period = 0; period < plan->n_period; period++) {
        const double first = plan->period[period].first - begin, end = plan->period[period].end - begin;
        for (size_t number = 0; number < sizeof flow / sizeof *flow; number++)
            for (size_t row = 0; row < flow[number].n_row; row++)
                flow[number].to[row * out->n_period + period] +=
                    weight * (read(from, flow[number].from, row, end, steps) -
                              read(from, flow[number].from, row, first, steps));
        for (size_t category = 0; category < plan->n_category; category++) {
            const size_t cell = category * out->n_period + period;
            out->children[cell] += weight * read(from, from->stock, category, end, steps);
            for (int day = plan->period[period].first; day < plan->period[period].end; day++)
                out->place_days[cell] += weight * read(from, from->stock, category, day + 1 - begin, steps);
        }
    }
}

static void add_child(const pc_plan *plan, oracle_options options, int steps, const plan_child *child,
                      pc_expected *out)
{
    double initial[PC_MAX_CATEGORY] = {0};
    initial[child->category] = 1.0;
    life who = {.plan = plan,
                .options = options,
                .steps_per_day = steps,
                .stream = child->stream,
                .age_band = child->age_band,
                .care_start = child->care_start,
                .placement_start = child->placement_start,
                .initial = initial,
                .n_day = plan->n_day};
    memcpy(who.age_edge, child->age_edge, sizeof who.age_edge);
    story told = live(&who);
    add_life(&who, &told, 0.0, 1.0, out);
    story_free(&told);
}

/* All who enter, each day on its own at its middle, at each age on its own. The rates do not change with the
 * calendar, so that one life at that age serves for all days of entry. */
static void add_starters(const pc_plan *plan, oracle_options options, int steps, size_t stream, size_t year,
                         pc_expected *out)
{
    life who = {
        .plan = plan, .options = options, .steps_per_day = steps, .stream = stream, .n_day = plan->n_day};
    while ((int)year >= pc_age_band_first_year[who.age_band + 1])
        who.age_band++;
    who.initial = plan->mean->first + (stream * PC_N_AGE_BAND + who.age_band) * plan->n_category;
    for (int slice = 0; slice < options.ages_per_year; slice++) {
        const double part = options.whole_years ? 0.0 : (slice + 0.5) / options.ages_per_year;
        for (size_t band = 0; band < PC_N_AGE_BAND; band++)
            who.age_edge[band] =
                (pc_age_band_first_year[band + 1] - ((double)year + part)) * PC_DAYS_PER_YEAR;
        story told = live(&who);
        for (size_t period = 0; period < plan->n_period; period++)
            for (int day = plan->period[period].first; day < plan->period[period].end; day++) {
                const double weight = plan_starts_per_day(plan, period, stream, year) / options.ages_per_year;
                add_life(&who, &told, day + 0.5, weight, out);
                for (size_t category = 0; category < plan->n_category; category++)
                    out->starts[category * out->n_period + period] += weight * who.initial[category];
            }
        story_free(&told);
    }
}

static pc_expected solve(const pc_plan *plan, oracle_options options, int steps)
{
    pc_expected out;
    allocate(&out, plan);
    for (size_t child = 0; child < plan->n_child; child++)
        add_child(plan, options, steps, &plan->child[child], &out);
    for (size_t stream = 0; stream < PC_N_STREAM; stream++)
        for (size_t year = 0; year < PC_N_AGE_YEAR; year++)
            if (plan->mean->starts[stream * PC_N_AGE_YEAR + year] > 0.0)
                add_starters(plan, options, steps, stream, year, &out);
    return out;
}

pc_expected oracle_solve(const pc_plan *plan, oracle_options options)
{
    pc_expected coarse = solve(plan, options, options.steps_per_day);
    pc_expected fine = solve(plan, options, 2 * options.steps_per_day);
    const size_t n = plan->n_category * plan->n_period;
    double *const from[N_TABLE] = {coarse.children, coarse.place_days, coarse.starts,        coarse.ceases,
                                   coarse.moves,    coarse.departures, coarse.status_changes};
    double *const to[N_TABLE] = {fine.children, fine.place_days, fine.starts,        fine.ceases,
                                 fine.moves,    fine.departures, fine.status_changes};
    for (size_t table = 0; table < N_TABLE; table++)
        for (size_t cell = 0; cell < n; cell++)
            to[table][cell] += to[table][cell] - from[table][cell];
    for (size_t cell = 0; cell < PC_N_EXIT_CAUSE * plan->n_period; cell++)
        fine.exits[cell] += fine.exits[cell] - coarse.exits[cell];
    oracle_free(&coarse);
    return fine;
}

double *oracle_exponential(const pc_plan *plan, size_t stream, size_t age, double days)
{
    const pc_rates *rates = plan->mean;
    const size_t n = plan->n_category;
    double *q = zeros((n + 1) * (n + 1)), *out = zeros((n + 1) * (n + 1));
    for (size_t from = 0; from < n; from++) {
        const size_t cell = pc_rates_cell(rates, stream, age, from, 0);
        for (size_t to = 0; to < n; to++)
            if (to != from)
                q[from * (n + 1) + to] = rates->move[cell * n + to] + rates->status[cell * n + to];
        for (size_t cause = 0; cause < PC_N_EXIT_HAZARD; cause++)
            q[from * (n + 1) + n] += rates->exit[cell * PC_N_EXIT_HAZARD + cause];
        double all = 0.0;
        for (size_t to = 0; to <= n; to++)
            all += q[from * (n + 1) + to];
        q[from * (n + 1) + from] = -all;
    }
    for (size_t cell = 0; cell < (n + 1) * (n + 1); cell++)
        q[cell] *= days / PC_DAYS_PER_YEAR;
    gsl_matrix_view in = gsl_matrix_view_array(q, n + 1, n + 1);
    gsl_matrix_view result = gsl_matrix_view_array(out, n + 1, n + 1);
    assert_int_equal(gsl_linalg_exponential_ss(&in.matrix, &result.matrix, GSL_PREC_DOUBLE), 0);
    free(q);
    return out;
}
