/* exposure.c - occurrences and child-years at risk, by stream, age band, category and duration band.
 *
 * A stay [start, end) has end - start days at risk. The event that ends it falls on day `end` and counts when
 * that day is in the window; it belongs to the cell of the last day at risk, end - 1 (of a stay without days,
 * to the cell of its day), so that each event has the day that it was at risk on. Whoever is in care when the
 * window opens enters at the true duration (delayed entry); whoever is when it closes leaves without an event
 * (censoring). The 18th birthday is no event.
 *
 * Of a child who was in care before the first return it may not be known since when. Until the clock is past
 * the last edge for certain, these days and their events are left out, both: whether they are depends on
 * nothing that is still to come, so the rates stay unbiased.
 */
#include "estimate/estimate.h"

const int estimate_edges[PC_N_BAND - 1] = {28, 182, 365, 730};

int estimate_band(int days)
{
    int band = 0;

    while (band < PC_N_BAND - 1 && days >= estimate_edges[band]) {
        band++;
    }
    return band;
}

/* How long a clock has run. */
typedef struct clock_at {
    pc_day start;
    bool at_least; /* it may have begun earlier */
} clock_at;

typedef struct life {
    pc_day birthday[PC_N_AGE_BAND + 1]; /* first day of each age band; the last is the 18th birthday */
    size_t stream;
    clock_at care, placement;
} life;

/* First day from which the duration band is known. */
static pc_day known_from(clock_at clock)
{
    return clock.at_least ? clock.start + estimate_edges[PC_N_BAND - 2] : clock.start;
}

/* Sets the clocks of a row. One that began before the first return is known to have begun there if the reason
 * of the row says so: S care; S, P and B a placement. */
static void set_clocks(const pc_episodes *episodes, const pc_episode *row, life *self)
{
    uint32_t la = episodes->child[row->child].la;
    pc_day covered = episodes->la_from != NULL && episodes->la_from[la] != PC_DAY_NONE
                         ? episodes->la_from[la]
                         : episodes->covered_from;

    self->care.start = row->care_start;
    self->placement.start = row->placement_start;
    if (row->transition == PC_TRANSITION_START) {
        bool before = covered != PC_DAY_NONE && row->start < covered;
        char reason = before ? pc_names_text(&episodes->code, row->reason_started)[0] : 'S';

        self->care.at_least = reason != 'S';
        self->placement.at_least = reason != 'S' && reason != 'P' && reason != 'B';
    } else if (row->transition == PC_TRANSITION_MOVE) {
        self->placement.at_least = false;
    }
}

static life life_of(const pc_child_record *child)
{
    life self = {.stream = child->stream};

    for (int band = 0; band <= PC_N_AGE_BAND; band++) {
        self.birthday[band] = pc_birthday(child->birth, pc_age_band_first_year[band]);
    }
    return self;
}

static size_t age_band_on(const life *self, pc_day day)
{
    size_t band = 0;

    while (band < PC_N_AGE_BAND - 1 && day >= self->birthday[band + 1]) {
        band++;
    }
    return band;
}

static size_t cell_of(const estimate_table *table, size_t stream, size_t age, size_t category, size_t band)
{
    return ((stream * PC_N_AGE_BAND + age) * table->n_category + category) * PC_N_BAND + band;
}

static void add_years(estimate_table *table, const life *self, size_t category, clock_at clock, pc_day from,
                      pc_day end, const estimate_window *window)
{
    from = from > known_from(clock) ? from : known_from(clock);
    while (from < end) {
        size_t age = age_band_on(self, from);
        int band = estimate_band(from - clock.start);
        pc_day next = end;

        if (self->birthday[age + 1] < next) {
            next = self->birthday[age + 1];
        }
        if (band < PC_N_BAND - 1 && clock.start + estimate_edges[band] < next) {
            next = clock.start + estimate_edges[band];
        }
        table->years[cell_of(table, self->stream, age, category, (size_t)band)] +=
            estimate_window_days(window, from, next) / PC_DAYS_PER_YEAR;
        from = next;
    }
}

static void add_event(estimate_table *table, const life *self, size_t category, clock_at clock,
                      pc_day at_risk, size_t cause, double weight)
{
    size_t cell = cell_of(table, self->stream, age_band_on(self, at_risk), category,
                          (size_t)estimate_band(at_risk - clock.start));

    if (at_risk >= known_from(clock)) {
        table->events[cell * table->n_cause + cause] += weight;
    }
}

static void count_end(const pc_episode *row, const pc_episode *next, const life *self,
                      const estimate_window *window, estimate_table table[N_FAMILY])
{
    size_t from = row->category;
    pc_day at_risk = row->end > row->start ? row->end - 1 : row->end;
    double weight;

    if (row->end < window->from || row->end > window->to || row->end >= self->birthday[PC_N_AGE_BAND]) {
        return;
    }
    weight = estimate_window_weight(window, row->end);
    if (row->exit_cause < PC_N_EXIT_HAZARD) {
        add_event(&table[FAMILY_EXIT], self, from, self->care, at_risk, row->exit_cause, weight);
    } else if (next != NULL && next->transition == PC_TRANSITION_MOVE) {
        add_event(&table[FAMILY_MOVE], self, from, self->placement, at_risk, next->category, weight);
    } else if (next != NULL && next->transition == PC_TRANSITION_STATUS && next->category != from) {
        add_event(&table[FAMILY_STATUS], self, from, self->care, at_risk, next->category, weight);
    }
}

void estimate_count(const pc_episodes *episodes, estimate_rows rows, const estimate_window *window,
                    estimate_table table[N_FAMILY])
{
    uint32_t child = UINT32_MAX;
    life self = {.stream = 0};

    for (size_t r = rows.first; r < rows.end; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_episode *next =
            r + 1 < rows.end && episodes->row[r + 1].child == row->child ? row + 1 : NULL;
        pc_day start = row->start > window->from ? row->start : window->from;
        pc_day end = row->end <= window->to ? row->end : window->to + 1;

        if (episodes->child[row->child].birth == PC_DAY_NONE) {
            continue;
        }
        if (row->child != child) {
            child = row->child;
            self = life_of(&episodes->child[child]);
        }
        set_clocks(episodes, row, &self);
        end = end < self.birthday[PC_N_AGE_BAND] ? end : self.birthday[PC_N_AGE_BAND];
        add_years(&table[FAMILY_EXIT], &self, row->category, self.care, start, end, window);
        add_years(&table[FAMILY_MOVE], &self, row->category, self.placement, start, end, window);
        count_end(row, next, &self, window, table);
    }
    /* Changes of status share the care clock with exits. */
    for (size_t cell = 0; cell < (size_t)PC_N_STREAM * PC_N_AGE_BAND * table[0].n_category * PC_N_BAND;
         cell++) {
        table[FAMILY_STATUS].years[cell] = table[FAMILY_EXIT].years[cell];
    }
}
