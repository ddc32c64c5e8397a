/* The rows of budget_lines.csv: each line as it counts, each total computed beside the one stated, and what
 * does not add up. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/mtfs.h"

#define UNKNOWN ((double)NAN)

typedef struct lister {
    const mtfs *of;
    pc_mtfs *out;
    size_t capacity;
    pc_status status;
    pc_mtfs_line nowhere; /* written to when memory is short */
} lister;

static pc_mtfs_line *add(lister *self, int year, const char *holder, const char *side, const char *line,
                         const char *kind)
{
    pc_mtfs_line *row;

    self->status = self->status != PC_OK
                       ? self->status
                       : pc_grow(&self->out->line, &self->capacity, self->out->n_line + 1, sizeof *row);
    if (self->status != PC_OK) {
        return &self->nowhere;
    }
    row = &self->out->line[self->out->n_line++];
    *row = (pc_mtfs_line){.year = year,
                          .holder = pc_copy_text(holder),
                          .side = side,
                          .line = pc_copy_text(line),
                          .kind = kind,
                          .computed_gbp = UNKNOWN,
                          .p10_gbp = UNKNOWN,
                          .p90_gbp = UNKNOWN,
                          .stated_gbp = UNKNOWN,
                          .residual_gbp = UNKNOWN,
                          .note = ""};
    self->status = row->holder == NULL || row->line == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    return row;
}

static double pounds(int64_t pence)
{
    return (double)pence / 100.0;
}

/* Whole pence: a difference of pounds as doubles would show what no purse holds. */
static double less(double a, double b)
{
    return round((a - b) * 100.0) / 100.0;
}

static const pc_budget_line *stated(const mtfs *of, const char *holder, int year, pc_budget_side side,
                                    pc_budget_kind kind)
{
    for (size_t l = 0; l < of->budget->n; l++) {
        const pc_budget_line *line = &of->budget->line[l];

        if (line->kind == kind && line->year == year && strcmp(line->holder, holder) == 0 &&
            (line->side == side || kind == PC_BUDGET_GAP_STATED)) {
            return line;
        }
    }
    return NULL;
}

static void list_opening(lister *self, const char *holder, int year)
{
    const pc_budget_line *given = stated(self->of, holder, year, PC_BUDGET_SIDE_BUDGET, PC_BUDGET_OPENING);
    int64_t before;
    bool known = mtfs_budget_before(self->of->budget, holder, year, &before);
    pc_mtfs_line *row;

    if (given == NULL && !known) {
        return;
    }
    row = add(self, year, holder, "budget", given != NULL ? given->line : "closing of the year before",
              "opening");
    row->computed_gbp = known ? pounds(before) : UNKNOWN;
    row->stated_gbp = given != NULL ? pounds(given->pence) : UNKNOWN;
    row->residual_gbp = known && given != NULL ? less(row->stated_gbp, row->computed_gbp) : UNKNOWN;
    row->note = given == NULL ? "carried forward" : known ? "the year begins with the stated one" : "";
}

static const char *delivery_note(const pc_budget_line *line)
{
    return line->replaces != NULL     ? "stands for an intervention, which modelled costs leave out"
           : line->chance_full >= 1.0 ? ""
           : line->chance_full > 0.0  ? "may not be delivered in full"
                                      : "delivered in part";
}

static void list_lines(lister *self, const char *holder, int year, pc_budget_side side)
{
    const mtfs *of = self->of;

    for (size_t l = 0; l < of->budget->n && self->status == PC_OK; l++) {
        const pc_budget_line *line = &of->budget->line[l];
        pc_statistics value;
        pc_mtfs_line *row;

        if (line->year != year || line->side != side || strcmp(line->holder, holder) != 0 ||
            line->kind == PC_BUDGET_CLOSING_STATED || line->kind == PC_BUDGET_GAP_STATED ||
            line->kind == PC_BUDGET_RESERVE ||
            (line->kind == PC_BUDGET_OPENING && side == PC_BUDGET_SIDE_BUDGET)) {
            continue;
        }
        row = add(self, year, holder, pc_budget_side_name(side), line->line, pc_budget_kind_name(line->kind));
        row->stated_gbp = line->kind == PC_BUDGET_MODELLED ? UNKNOWN : pounds(pc_budget_effect(line));
        row->computed_gbp = row->stated_gbp;
        row->note = delivery_note(line);
        if (side == PC_BUDGET_SIDE_OUTTURN && self->status == PC_OK &&
            (self->status = mtfs_line_statistics(of, l, &value)) == PC_OK) {
            row->computed_gbp = value.mean;
            row->p10_gbp = value.quantile[2];
            row->p90_gbp = value.quantile[6];
        }
    }
}

/* A total, and the stated one where there is one. */
static void list_closing(lister *self, const char *holder, int year, pc_budget_side side, double computed,
                         const pc_statistics *range, double given, bool whole)
{
    pc_mtfs_line *row = add(self, year, holder, pc_budget_side_name(side), "closing", "closing");

    row->computed_gbp = computed;
    row->p10_gbp = range != NULL ? range->quantile[2] : UNKNOWN;
    row->p90_gbp = range != NULL ? range->quantile[6] : UNKNOWN;
    row->stated_gbp = given;
    row->residual_gbp = whole && isfinite(given) ? less(given, computed) : UNKNOWN;
    row->note = whole ? "" : "part of the year";
}

/* What a gap can be made of. */
typedef struct side_figures {
    double computed, rolled, stated;
} side_figures;

static void list_gap_pair(lister *self, const char *holder, int year, const char *name, double gap,
                          double given, double *nearest, size_t *at)
{
    pc_mtfs_line *row;

    if (!isfinite(gap)) {
        return;
    }
    row = add(self, year, holder, "gap", name, "gap");
    row->computed_gbp = gap;
    row->stated_gbp = given;
    row->residual_gbp = isfinite(given) ? less(given, gap) : UNKNOWN;
    if (isfinite(given) && !(fabs(row->residual_gbp) >= *nearest) && self->status == PC_OK) {
        *nearest = fabs(row->residual_gbp);
        *at = self->out->n_line - 1;
    }
}

/* The computed gap; and where the user states one, the gap of each pair of figures that it may have been made
 * from, so that it shows which. */
static void list_gaps(lister *self, const char *holder, int year, const side_figures *budget,
                      const side_figures *outturn, double given)
{
    double nearest = (double)INFINITY;
    size_t at = SIZE_MAX;

    list_gap_pair(self, holder, year, "computed outturn less computed budget",
                  less(outturn->computed, budget->computed), given, &nearest, &at);
    if (!isfinite(given)) {
        return;
    }
    list_gap_pair(self, holder, year, "computed outturn less budget rolled from the year before",
                  less(outturn->computed, budget->rolled), given, &nearest, &at);
    list_gap_pair(self, holder, year, "computed outturn less stated budget",
                  less(outturn->computed, budget->stated), given, &nearest, &at);
    list_gap_pair(self, holder, year, "stated outturn less computed budget",
                  less(outturn->stated, budget->computed), given, &nearest, &at);
    list_gap_pair(self, holder, year, "stated outturn less stated budget",
                  less(outturn->stated, budget->stated), given, &nearest, &at);
    if (at != SIZE_MAX && self->status == PC_OK) {
        self->out->line[at].note = "nearest to the stated gap";
    }
}

static double pounds_of(const pc_budget_line *line)
{
    return line == NULL ? UNKNOWN : pounds(line->pence);
}

/* Means of the outturn lines of a year that is not in the forecast; NaN when one is modelled. */
static double outturn_outside(const mtfs *of, const char *holder, int year)
{
    int64_t sum = 0;

    for (size_t l = 0; l < of->budget->n; l++) {
        const pc_budget_line *line = &of->budget->line[l];

        if (line->year == year && line->side == PC_BUDGET_SIDE_OUTTURN && strcmp(line->holder, holder) == 0) {
            if (line->kind == PC_BUDGET_MODELLED) {
                return UNKNOWN;
            }
            sum += mtfs_line_pence(of, line, SIZE_MAX);
        }
    }
    return pounds(sum);
}

static bool has_any(const mtfs *of, const char *holder, int year)
{
    for (size_t l = 0; l < of->budget->n; l++) {
        const pc_budget_line *line = &of->budget->line[l];

        if (line->year == year && line->kind != PC_BUDGET_RESERVE && strcmp(line->holder, holder) == 0) {
            return true;
        }
    }
    return false;
}

static void list_year(lister *self, size_t holder_number, int year)
{
    const mtfs *of = self->of;
    const char *holder = of->holder[holder_number];
    size_t in = mtfs_year(of, year);
    const pc_mtfs_year *mine = in == SIZE_MAX ? NULL : pc_mtfs_at(self->out, holder_number, in);
    bool whole = mine == NULL || !(mine->covered < 1.0);
    side_figures budget = {UNKNOWN, UNKNOWN, UNKNOWN}, outturn = {UNKNOWN, UNKNOWN, UNKNOWN};
    const pc_budget_line *gap = stated(of, holder, year, PC_BUDGET_SIDE_BUDGET, PC_BUDGET_GAP_STATED);
    int64_t closing;

    if (!has_any(of, holder, year)) {
        return;
    }
    list_opening(self, holder, year);
    list_lines(self, holder, year, PC_BUDGET_SIDE_BUDGET);
    budget.stated = pounds_of(stated(of, holder, year, PC_BUDGET_SIDE_BUDGET, PC_BUDGET_CLOSING_STATED));
    if (mtfs_budget_closing(of->budget, holder, year, &closing)) {
        budget.computed = pounds(closing);
        list_closing(self, holder, year, PC_BUDGET_SIDE_BUDGET, budget.computed, NULL, budget.stated, true);
    }
    if (mtfs_budget_before(of->budget, holder, year, &closing) && isfinite(budget.computed)) {
        budget.rolled = pounds(closing + mtfs_budget_movements(of->budget, holder, year));
    }
    list_lines(self, holder, year, PC_BUDGET_SIDE_OUTTURN);
    outturn.stated = pounds_of(stated(of, holder, year, PC_BUDGET_SIDE_OUTTURN, PC_BUDGET_CLOSING_STATED));
    outturn.computed = mine != NULL && mine->has_outturn ? mine->outturn.mean
                       : mine == NULL                    ? outturn_outside(of, holder, year)
                                                         : UNKNOWN;
    list_closing(self, holder, year, PC_BUDGET_SIDE_OUTTURN, outturn.computed,
                 mine == NULL ? NULL : &mine->outturn, outturn.stated, whole);
    if (!whole && isfinite(budget.computed)) { /* only the part that is compared */
        budget = (side_figures){pounds(mine->budget_pence), UNKNOWN, UNKNOWN};
        outturn.stated = UNKNOWN;
        gap = NULL;
    }
    list_gaps(self, holder, year, &budget, &outturn, pounds_of(gap));
}

/* The sum of the holders. */
static void list_all(lister *self, int year)
{
    size_t in = mtfs_year(self->of, year), last = self->out->n_holder - 1;
    const pc_mtfs_year *all = in == SIZE_MAX ? NULL : pc_mtfs_at(self->out, last, in);

    if (all == NULL || self->of->n_holder < 2) {
        return;
    }
    if (all->has_budget) {
        list_closing(self, "all", year, PC_BUDGET_SIDE_BUDGET, pounds(all->budget_pence), NULL, UNKNOWN,
                     !(all->covered < 1.0));
    }
    if (all->has_outturn) {
        list_closing(self, "all", year, PC_BUDGET_SIDE_OUTTURN, all->outturn.mean, &all->outturn, UNKNOWN,
                     !(all->covered < 1.0));
    }
    if (all->has_budget && all->has_outturn) {
        double nearest = (double)INFINITY;
        size_t at;

        list_gap_pair(self, "all", year, "computed outturn less computed budget", all->gap_gbp, UNKNOWN,
                      &nearest, &at);
    }
}

static void list_reserve(lister *self)
{
    for (size_t l = 0; l < self->of->budget->n; l++) {
        const pc_budget_line *line = &self->of->budget->line[l];

        if (line->kind == PC_BUDGET_RESERVE) {
            pc_mtfs_line *row = add(self, 0, line->holder, "reserve", line->line, "reserve");

            row->stated_gbp = pounds(line->pence);
            row->note = "of no year, and in no year's budget";
        }
    }
}

pc_status mtfs_take_lines(const mtfs *self, pc_mtfs *out)
{
    lister list = {.of = self, .out = out};
    int first = INT32_MAX, last = INT32_MIN;

    for (size_t l = 0; l < self->budget->n; l++) {
        const pc_budget_line *line = &self->budget->line[l];

        if (line->kind != PC_BUDGET_RESERVE) {
            first = line->year < first ? line->year : first;
            last = line->year > last ? line->year : last;
        }
    }
    for (int year = first; year <= last && first != INT32_MAX && list.status == PC_OK; year++) {
        for (size_t holder = 0; holder < self->n_holder; holder++) {
            list_year(&list, holder, year);
        }
        list_all(&list, year);
    }
    list_reserve(&list);
    return list.status;
}
