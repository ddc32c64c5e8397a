/* Lines that are given: what is delivered of those of the outturn, and what the budget adds up to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/keyed_random.h"
#include "base/memory.h"
#include "outcome/mtfs.h"
#include "outcome/tally.h"

/* FNV-1a over the names, so that the draw of a line does not depend on the order of the lines. */
static uint64_t draw_name(const pc_budget_line *line)
{
    const char *const part[] = {line->holder, line->line};
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t p = 0; p < 2; p++) {
        for (const char *c = part[p];; c++) {
            hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
            if (*c == '\0') {
                break;
            }
        }
    }
    return hash;
}

/* The part of the line that is delivered. */
static double delivered(const mtfs *self, const pc_budget_line *line, size_t replicate)
{
    pc_random_key key;
    double chance;

    if (replicate == SIZE_MAX) {
        return line->chance_full + (1.0 - line->chance_full) * line->share;
    }
    key = pc_random_key_make(self->of->scenario->seed, (uint32_t)replicate);
    chance = pc_uniform(pc_random(key, draw_name(line), PC_PURPOSE_BUDGET, 0).word[0]);
    return chance < line->chance_full ? 1.0 : line->share;
}

int64_t mtfs_line_pence(const mtfs *self, const pc_budget_line *line, size_t replicate)
{
    size_t year = mtfs_year(self, line->year);
    const pc_actual *actual = mtfs_actual_of(self, line);
    double pence = (double)pc_budget_effect(line) * delivered(self, line, replicate);
    int64_t spent = 0;

    if (actual != NULL && year != SIZE_MAX) {
        size_t first, end;

        mtfs_months_after(self, year, PC_DAY_NONE, &first, &end);
        pence *= (double)(mtfs_end_day(self, end - 1) - (actual->to + 1)) / mtfs_days_in(line->year);
        spent = mtfs_spent(actual);
    } else if (year != SIZE_MAX) {
        pence *= self->covered[year];
    }
    return spent + (int64_t)llround(pence);
}

pc_status mtfs_line_statistics(const mtfs *self, size_t line, pc_statistics *out)
{
    const pc_budget_line *of = &self->budget->line[line];
    const int64_t *filled = NULL;
    int64_t *value;

    for (size_t at = 0; at < self->n_term; at++) {
        filled = self->term[at].line == line
                     ? self->value + at * (self->replicates > 0 ? self->replicates : 1)
                     : filled;
    }
    *out = (pc_statistics){.mean = (double)NAN, .sd = (double)NAN};
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        out->quantile[q] = (double)NAN;
    }
    if (of->kind == PC_BUDGET_MODELLED && filled == NULL) {
        return PC_OK; /* a year outside the forecast: not known */
    }
    if (self->replicates == 0 || mtfs_year(self, of->year) == SIZE_MAX) {
        out->mean = (double)(filled != NULL ? filled[0] : mtfs_line_pence(self, of, SIZE_MAX)) / 100.0;
        return PC_OK;
    }
    value = pc_new(self->replicates, sizeof *value);
    if (value == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t replicate = 0; replicate < self->replicates; replicate++) {
        value[replicate] = filled != NULL ? filled[replicate] : mtfs_line_pence(self, of, replicate);
    }
    tally_values(value, self->replicates, 100.0, out);
    free(value);
    return PC_OK;
}

int64_t mtfs_budget_movements(const pc_budget *budget, const char *holder, int year)
{
    int64_t sum = 0;

    for (size_t l = 0; l < budget->n; l++) {
        const pc_budget_line *line = &budget->line[l];

        if (line->side == PC_BUDGET_SIDE_BUDGET && line->year == year && line->kind != PC_BUDGET_OPENING &&
            strcmp(line->holder, holder) == 0) {
            sum += pc_budget_effect(line);
        }
    }
    return sum;
}

static bool is_budget_line(const pc_budget_line *line, const char *holder)
{
    return line->side == PC_BUDGET_SIDE_BUDGET && line->kind != PC_BUDGET_RESERVE &&
           line->kind != PC_BUDGET_GAP_STATED && strcmp(line->holder, holder) == 0;
}

bool mtfs_budget_closing(const pc_budget *budget, const char *holder, int year, int64_t *closing)
{
    bool any = false;

    *closing = 0;
    for (size_t l = 0; l < budget->n; l++) {
        const pc_budget_line *line = &budget->line[l];

        if (is_budget_line(line, holder) && line->year == year) {
            any = true;
            if (line->kind == PC_BUDGET_OPENING) {
                *closing = line->pence + mtfs_budget_movements(budget, holder, year);
                return true;
            }
        }
    }
    if (any && mtfs_budget_before(budget, holder, year, closing)) {
        *closing += mtfs_budget_movements(budget, holder, year);
        return true;
    }
    return false;
}

bool mtfs_budget_before(const pc_budget *budget, const char *holder, int year, int64_t *closing)
{
    int before = INT32_MIN;

    for (size_t l = 0; l < budget->n; l++) {
        const pc_budget_line *line = &budget->line[l];

        if (is_budget_line(line, holder) && line->year < year && line->year > before) {
            before = line->year;
        }
    }
    return before != INT32_MIN && mtfs_budget_closing(budget, holder, before, closing);
}
