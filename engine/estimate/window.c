#include "estimate/estimate.h"

#include <math.h>

#define DEFAULT_YEARS 3
#define DAYS_PER_MONTH (PC_DAYS_PER_YEAR / 12.0)
#define LN_2 0.6931471805599453

/* Endings that should have been seen, were the data complete, before their absence is taken for a beginning
 * of the data: P(none | 7 expected) = 0.001. */
#define EXPECTED_ENDINGS 7.0

static pc_day earlier(pc_day a, pc_day b)
{
    return a < b ? a : b;
}

static pc_day later(pc_day a, pc_day b)
{
    return a > b ? a : b;
}

static double days_within(const pc_episode *row, pc_day from, pc_day end)
{
    pc_day first = later(row->start, from), last = earlier(row->end, end);

    return last > first ? (double)(last - first) : 0.0;
}

/* The first day that the returns cover, where it is known; else found out.
 *
 * A return holds the episodes open on some day of its year. Before the first return only those who stayed are
 * known, and time without endings would be taken for slow rates. So where the first ending comes late
 * although many were to be expected, the data begin with the financial year of that first ending. */
static pc_day data_begin(const pc_episodes *episodes, pc_day from, pc_day to)
{
    pc_day first_start = PC_DAY_OPEN, first_end = PC_DAY_OPEN, year_first;
    double before = 0, after = 0, endings = 0;

    if (episodes->covered_from != PC_DAY_NONE) {
        return later(episodes->covered_from, from);
    }
    for (size_t r = 0; r < episodes->n; r++) {
        first_start = earlier(first_start, episodes->row[r].start);
        first_end = earlier(first_end, episodes->row[r].end);
    }
    if (first_start > from || first_end <= from || first_end > to) {
        return later(first_start, from);
    }
    year_first = later(pc_financial_year_first_day(pc_financial_year(first_end)), from);
    for (size_t r = 0; r < episodes->n; r++) {
        const pc_episode *row = &episodes->row[r];

        before += days_within(row, from, year_first);
        after += days_within(row, year_first, to + 1);
        endings += row->end <= to;
    }
    return after > 0 && endings / after * before > EXPECTED_ENDINGS ? year_first : from;
}

pc_status estimate_window_resolve(const pc_episodes *episodes, const pc_fit_options *options,
                                  estimate_window *out, pc_diagnostics *diagnostics)
{
    pc_day from = options->window_from, to = options->window_to, begin;
    char text[2][PC_DAY_TEXT_SIZE];

    if (to == PC_DAY_NONE) {
        to = episodes->extract;
    }
    if (from == PC_DAY_NONE) {
        from = pc_birthday(to + 1, -DEFAULT_YEARS);
    }
    if (!(from <= to)) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){0},
            "the window begins on %s, after its end on %s; expected a first day not after the last",
            pc_day_format(from, text[0]), pc_day_format(to, text[1]));
        return PC_ERR_RANGE;
    }
    if (to > episodes->extract) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "the window ends on %s, after the extract: cut at %s", pc_day_format(to, text[0]),
                           pc_day_format(episodes->extract, text[1]));
        to = episodes->extract;
    }
    begin = data_begin(episodes, from, to);
    if (begin > from && begin <= to) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "the window begins on %s, but the data do on %s: shortened to begin there",
                           pc_day_format(from, text[0]), pc_day_format(begin, text[1]));
        from = begin;
    }
    if (from > to) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the window begins on %s, after the extract on %s", pc_day_format(from, text[0]),
                           pc_day_format(to, text[1]));
        return PC_ERR_RANGE;
    }
    if (episodes->covered_from != PC_DAY_NONE &&
        from - episodes->covered_from < estimate_edges[PC_N_BAND - 2]) {
        pc_diagnostics_add(
            diagnostics, PC_ASSUMPTION, (pc_place){0},
            "the window begins less than two years after the first return does, on %s: children in care "
            "before then since a day that the returns do not show are left out of the rates until two years "
            "after the first day that they do",
            pc_day_format(episodes->covered_from, text[0]));
    }
    out->from = from;
    out->to = to;
    out->half_life_days = options->half_life_months * DAYS_PER_MONTH;
    return PC_OK;
}

double estimate_window_weight(const estimate_window *self, pc_day day)
{
    return self->half_life_days > 0 ? exp2(-(double)(self->to - day) / self->half_life_days) : 1.0;
}

double estimate_window_days(const estimate_window *self, pc_day start, pc_day end)
{
    if (end <= start) {
        return 0;
    }
    if (!(self->half_life_days > 0)) {
        return (double)(end - start);
    }
    /* A geometric series over the days. */
    return estimate_window_weight(self, end - 1) *
           expm1(-(double)(end - start) * LN_2 / self->half_life_days) / expm1(-LN_2 / self->half_life_days);
}
