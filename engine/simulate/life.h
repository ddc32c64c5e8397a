/* life.h - one child's way through care: two exponentials spent along piecewise-constant hazards.
 *
 * Leaving care runs on a clock of its own, apart from what happens to the placement. A child's exit is drawn
 * once, as an amount of hazard to be spent; a move or change of status is drawn anew after each. Competing
 * hazards are independent, so the law is that of one clock with a choice of cause; but a scenario that
 * changes exits alters no child's moves, and the difference of two scenarios keeps far less noise
 * (docs/decisions/0003-two-clocks.md).
 *
 * Draws of one child: block 0 = exit amount, exit cause, first placement amount, its destination; block k > 0
 * = amount and destination of placement events 2k - 1 and 2k.
 */
#ifndef PC_SIMULATE_LIFE_H
#define PC_SIMULATE_LIFE_H

#include "base/keyed_random.h"
#include "simulate/exponential.h"
#include "simulate/hazard.h"

typedef enum life_event {
    LIFE_HORIZON,  /* nothing more before the horizon */
    LIFE_EXIT,     /* leaves care before 18 */
    LIFE_AGE_OUT,  /* the 18th birthday */
    LIFE_EXTRA,    /* a further exit by an intervention may happen */
    LIFE_PLACEMENT /* a move or a change of status */
} life_event;

/* The first draws of all children of a replicate, by number. */
typedef struct life_draws {
    const pc_random_block *block[2];   /* [2][n_life] */
    const double *exit_amount;         /* [n_life] */
    const double *placement_amount[3]; /* [3][n_life] */
} life_draws;

/* What all lives of a replicate share. */
typedef struct life_setting {
    const hazard_tables *tables;
    const hazard_regime *regime; /* [n_regime] */
    size_t n_regime;
    double horizon;                           /* days since the origin */
    const double *care_edge, *placement_edge; /* [PC_N_BAND - 1] */
    bool care_bands, placement_bands;
    pc_random_key key;
    life_draws draws;
} life_setting;

typedef struct life {
    double time;                             /* days since the origin */
    double exit_left, placement_left;        /* hazard still to be spent */
    double extra_left;                       /* the same for further exits by interventions */
    double age_end, care_end, placement_end; /* when the present bands end */
    double care_start, placement_start;
    const double *age_edge; /* [PC_N_AGE_BAND]; borrowed; NULL: birthdays are counted from `birth` */
    double birth;           /* days since the origin; of a starter */
    uint64_t entity;
    size_t number;                        /* among the children of the replicate */
    uint32_t exit_word, destination_word; /* for the cause, and for the next placement event's destination */
    uint32_t event_number;                /* of the next placement event */
    uint32_t extra_number;                /* occasions on which an intervention was asked about an exit */
    pc_random_block spare;                /* the block that holds it, from number 1 on */
    uint8_t stream, age, category, care_band, placement_band;
    uint8_t regime;
} life;

static const double LIFE_NEVER = 1e300;

/* The exact birthday of a child present at the origin; for a starter, whose age is drawn, years of 365.25
 * days. */
static inline double life_age_end(const life *self)
{
    return self->age_edge != NULL ? self->age_edge[self->age]
                                  : self->birth + pc_age_band_first_year[self->age + 1] * PC_DAYS_PER_YEAR;
}

static inline void life_draw_placement(life *self, const life_setting *setting)
{
    uint32_t event = self->event_number, half = (event + 1) % 2;

    if (event < 3) {
        self->placement_left = setting->draws.placement_amount[event][self->number];
        self->destination_word = event == 0 ? setting->draws.block[0][self->number].word[3]
                                            : setting->draws.block[1][self->number].word[2 * half + 1];
        return;
    }
    if (half == 0) {
        self->spare = pc_random(setting->key, self->entity, PC_PURPOSE_LIFE, (event + 1) / 2);
    }
    self->placement_left = exponential_from_word(self->spare.word[2 * half]);
    self->destination_word = self->spare.word[2 * half + 1];
}

/* The amount to be spent until the next further exit; only where interventions raise exits. */
static inline void life_draw_extra(life *self, const life_setting *setting)
{
    self->extra_left = LIFE_NEVER;
    if (setting->regime[0].extra_rate != NULL) {
        self->extra_left =
            exponential_from_word(pc_random(setting->key, self->entity, PC_PURPOSE_INTERVENTION,
                                            1U << 20 | self->extra_number << 1 | 1U)
                                      .word[0]);
    }
}

/* An exit was averted: a new amount until the next one. */
static inline void life_draw_exit_again(life *self, const life_setting *setting)
{
    pc_random_block block =
        pc_random(setting->key, self->entity, PC_PURPOSE_INTERVENTION, 1U << 21 | self->extra_number++);

    self->exit_left = exponential_from_word(block.word[0]);
    self->exit_word = block.word[1];
}

/* Sets duration band and its end from a clock started at `start`, seen at `time`. */
static inline void life_set_band(double start, double time, const double *edge, uint8_t *band, double *end)
{
    uint8_t at = 0;

    while (at < PC_N_BAND - 1 && start + edge[at] <= time) {
        at++;
    }
    *band = at;
    *end = at < PC_N_BAND - 1 ? start + edge[at] : LIFE_NEVER;
}

static inline void life_set_regime(life *self, const life_setting *setting)
{
    while (self->regime + 1U < setting->n_regime && setting->regime[self->regime].end <= self->time) {
        self->regime++;
    }
}

/* Begins a life. Set before: time, care_start, placement_start, age_edge or birth, entity, number, stream,
 * age, category. */
static inline void life_begin(life *self, const life_setting *setting)
{
    self->exit_left = setting->draws.exit_amount[self->number];
    self->exit_word = setting->draws.block[0][self->number].word[1];
    self->event_number = 0;
    self->extra_number = 0;
    life_draw_extra(self, setting);
    life_draw_placement(self, setting);
    self->regime = 0;
    life_set_regime(self, setting);
    self->age_end = life_age_end(self);
    self->care_band = 0;
    self->placement_band = 0;
    self->care_end = LIFE_NEVER;
    self->placement_end = LIFE_NEVER;
    if (setting->care_bands) {
        life_set_band(self->care_start, self->time, setting->care_edge, &self->care_band, &self->care_end);
    }
    if (setting->placement_bands) {
        life_set_band(self->placement_start, self->time, setting->placement_edge, &self->placement_band,
                      &self->placement_end);
    }
}

/* Passes the edge at `time`: whichever clocks end there enter their next band. Returns false at the 18th
 * birthday. */
static inline bool life_pass_edge(life *self, const life_setting *setting)
{
    if (self->care_end <= self->time) {
        self->care_band++;
        self->care_end = self->care_band < PC_N_BAND - 1
                             ? self->care_start + setting->care_edge[self->care_band]
                             : LIFE_NEVER;
    }
    if (self->placement_end <= self->time) {
        self->placement_band++;
        self->placement_end = self->placement_band < PC_N_BAND - 1
                                  ? self->placement_start + setting->placement_edge[self->placement_band]
                                  : LIFE_NEVER;
    }
    life_set_regime(self, setting);
    if (self->age_end <= self->time) {
        if (++self->age == PC_N_AGE_BAND) {
            return false;
        }
        self->age_end = life_age_end(self);
    }
    return true;
}

static inline double life_min(double a, double b)
{
    return a < b ? a : b;
}

/* Runs the child on to its next event, or to `until`, and leaves `time` there; LIFE_HORIZON: nothing happened
 * before `until`. Steps: (1) the hazards now; (2) how far they hold; (3) spend the amounts over that stretch,
 * or find which runs out first. `extra` is a constant where this is inlined, so that a scenario without such
 * interventions pays nothing for them. */
__attribute__((always_inline)) static inline life_event life_advance_with(life *self,
                                                                          const life_setting *setting,
                                                                          double until, const bool extra)
{
    const hazard_tables *tables = setting->tables;

    for (;;) {
        const hazard_regime *regime = &setting->regime[self->regime];
        size_t row = hazard_row(tables, self->stream, self->age, self->category, 0);
        double exit_rate = regime->exit_rate[row + self->care_band];
        double placement_rate =
            regime->move_rate[row + self->placement_band] + tables->status_total[row + self->care_band];
        double extra_rate = extra ? regime->extra_rate[row + self->care_band] : 0.0;
        double end = life_min(life_min(life_min(self->age_end, regime->end), until),
                              life_min(self->care_end, self->placement_end));
        double stretch = end - self->time;
        double exit_spent = exit_rate * stretch, placement_spent = placement_rate * stretch;

        if (self->exit_left > exit_spent && self->placement_left > placement_spent &&
            (!extra || self->extra_left > extra_rate * stretch)) {
            self->exit_left -= exit_spent;
            self->placement_left -= placement_spent;
            if (extra) {
                self->extra_left -= extra_rate * stretch;
            }
            self->time = end;
            if (end >= until) {
                return LIFE_HORIZON;
            }
            if (!life_pass_edge(self, setting)) {
                return LIFE_AGE_OUT;
            }
        } else {
            double to_exit = exit_rate > 0.0 ? self->exit_left / exit_rate : LIFE_NEVER;
            double to_placement = placement_rate > 0.0 ? self->placement_left / placement_rate : LIFE_NEVER;
            double to_extra = extra_rate > 0.0 ? self->extra_left / extra_rate : LIFE_NEVER;
            double step = life_min(life_min(to_exit, to_placement), stretch);

            if (extra) {
                step = life_min(step, to_extra);
                self->extra_left -= extra_rate * step;
            }
            self->time += step;
            self->exit_left -= exit_rate * step;
            self->placement_left -= placement_rate * step;
            if (self->time >= until) {
                return LIFE_HORIZON;
            }
            if (extra && to_extra < to_exit && to_extra < to_placement) {
                return LIFE_EXTRA;
            }
            return to_exit <= to_placement ? LIFE_EXIT : LIFE_PLACEMENT;
        }
    }
}

static inline life_event life_advance(life *self, const life_setting *setting, double until)
{
    return life_advance_with(self, setting, until, false);
}

/* The cause of an exit that has just happened. */
static inline size_t life_exit_cause(const life *self, const life_setting *setting)
{
    const hazard_tables *tables = setting->tables;
    size_t row = hazard_row(tables, self->stream, self->age, self->category, self->care_band);

    return hazard_search(tables->exit_cumulative + row * PC_N_EXIT_HAZARD, PC_N_EXIT_HAZARD,
                         pc_uniform(self->exit_word) * tables->exit_total[row]);
}

/* Where a placement event leads; *is_move says whether it is a new placement or a change of status. */
static inline size_t life_destination(const life *self, const life_setting *setting, bool *is_move)
{
    const hazard_tables *tables = setting->tables;
    const size_t n = tables->n_category, plain = tables->n_plain;
    const hazard_regime *regime = &setting->regime[self->regime];
    size_t care_row = hazard_row(tables, self->stream, self->age, self->category, self->care_band);
    size_t row = care_row - self->care_band + self->placement_band;
    double moves = regime->move_rate[row];
    double target = pc_uniform(self->destination_word) * (moves + tables->status_total[care_row]);

    *is_move = target < moves || !(tables->status_total[care_row] > 0.0);
    if (!*is_move) {
        return tables->order[hazard_search(tables->status_cumulative + care_row * n, n, target - moves)];
    }
    if (target < tables->move_plain[row] || !(tables->move_residential[row] > 0.0)) {
        return tables->order[hazard_search(tables->move_cumulative + row * n, plain, target)];
    }
    return tables
        ->order[plain + hazard_search(tables->move_cumulative + row * n + plain, n - plain,
                                      (target - tables->move_plain[row]) / regime->residential_scale)];
}

/* Settles the child in `category` after a placement event and draws the next one. A move restarts the
 * placement clock. */
static inline void life_settle(life *self, const life_setting *setting, size_t category, bool new_placement)
{
    self->category = (uint8_t)category;
    if (new_placement) {
        self->placement_start = self->time;
        self->placement_band = 0;
        self->placement_end = setting->placement_bands ? self->time + setting->placement_edge[0] : LIFE_NEVER;
    }
    self->event_number++;
    life_draw_placement(self, setting);
}

#endif
