/* Budget beside outturn, replicate by replicate. */
#include "outcome/mtfs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keyed_random.h"
#include "base/memory.h"
#include "outcome/tally.h"

bool mtfs_wanted(const pc_scenario *scenario)
{
    return scenario->budget_table.n > 0;
}

size_t mtfs_year(const mtfs *self, int year)
{
    for (size_t at = 0; at < self->n_year; at++) {
        if (self->of->shape.year[at].year == year) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* --- what the simulation fills in --- */

static const plan_period *month_of(const mtfs *self, size_t month)
{
    return &self->of->plan[0].period[self->of->shape.first_period + month];
}

static pc_day first_day(const mtfs *self, size_t month)
{
    return self->of->plan[0].origin + month_of(self, month)->first;
}

static pc_day end_day(const mtfs *self, size_t month)
{
    return self->of->plan[0].origin + month_of(self, month)->end;
}

/* First month of the year, or the first one that begins after `to`; and the month after its last. */
static void months_after(const mtfs *self, size_t year, pc_day to, size_t *first, size_t *end)
{
    const grid *shape = &self->of->shape;

    *end = 0;
    for (size_t month = 0; month < shape->n_month; month++) {
        *end = shape->year_of_month[month] == year ? month + 1 : *end;
    }
    *first = *end - (size_t)shape->year[year].months;
    while (to != PC_DAY_NONE && *first < *end && first_day(self, *first) <= to) {
        (*first)++;
    }
}

static int64_t signed_like(const pc_actual *actual)
{
    const pc_budget_line like = {
        .side = PC_BUDGET_SIDE_OUTTURN, .kind = actual->kind, .pence = actual->pence};

    return actual->kind == PC_BUDGET_MODELLED ? actual->pence : pc_budget_effect(&like);
}

static const pc_actual *actual_of(const mtfs *self, const pc_budget_line *line)
{
    for (size_t r = 0; r < self->actuals->n; r++) {
        const pc_actual *row = &self->actuals->row[r];

        if (row->year == line->year && row->kind == line->kind && strcmp(row->line, line->line) == 0 &&
            (row->holder[0] == '\0' || strcmp(row->holder, line->holder) == 0)) {
            return row;
        }
    }
    return NULL;
}

static pc_status add_term(mtfs *self, size_t *capacity, mtfs_term term)
{
    pc_status status = pc_grow(&self->term, capacity, self->n_term + 1, sizeof *self->term);

    if (status == PC_OK) {
        self->term[self->n_term++] = term;
    }
    return status;
}

/* `line` names a cost measure, of which all categories are meant, or a category of the bill. */
static void name_cell(const mtfs *self, const char *line, mtfs_term *term)
{
    int category = pc_codes_find_category(&self->of->model->codes, line);

    term->measure = PC_MEASURE_COST;
    term->category = category < 0 ? self->of->shape.n_category : (size_t)category;
    for (int m = 0; category < 0 && m < PC_N_MEASURE; m++) {
        if (strcmp(pc_measure_name((pc_measure)m), line) == 0) {
            term->measure = (pc_measure)m;
        }
    }
}

static size_t holder_of(const mtfs *self, const char *name)
{
    size_t at = 0;

    while (at < self->n_holder && strcmp(self->holder[at], name) != 0) {
        at++;
    }
    return at;
}

static pc_status make_terms(mtfs *self)
{
    size_t capacity = 0;
    pc_status status = PC_OK;

    for (size_t l = 0; l < self->budget->n && status == PC_OK; l++) {
        const pc_budget_line *line = &self->budget->line[l];
        size_t year = mtfs_year(self, line->year);
        mtfs_term term = {.holder = holder_of(self, line->holder), .year = year, .line = l};
        const pc_actual *actual = actual_of(self, line);

        if (line->kind != PC_BUDGET_MODELLED || year == SIZE_MAX) {
            continue;
        }
        name_cell(self, line->line, &term);
        term.spent = actual == NULL ? 0 : signed_like(actual);
        months_after(self, year, actual == NULL ? PC_DAY_NONE : actual->to, &term.first, &term.end);
        status = add_term(self, &capacity, term);
    }
    return status;
}

static bool has_lines(const pc_budget *budget, const char *holder, int year)
{
    for (size_t l = 0; l < budget->n; l++) {
        if (budget->line[l].year == year && budget->line[l].kind != PC_BUDGET_RESERVE &&
            strcmp(budget->line[l].holder, holder) == 0) {
            return true;
        }
    }
    return false;
}

/* A holder's year without outturn lines is the whole bill, less income where there is any;
 * scenario_check_budget saw to it that there is one such holder at most. */
static pc_status make_whole_bills(mtfs *self)
{
    const bool income = self->of->shape.has[PC_MEASURE_NET_COST];
    size_t capacity = self->n_term;
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->n_holder * self->n_year && status == PC_OK; at++) {
        size_t holder = at / self->n_year, year = at % self->n_year;
        int financial = self->of->shape.year[year].year;
        mtfs_term term = {.holder = holder,
                          .year = year,
                          .line = SIZE_MAX,
                          .measure = income ? PC_MEASURE_NET_COST : PC_MEASURE_COST,
                          .category = self->of->shape.n_category};
        pc_day to = PC_DAY_NONE;

        if (!has_lines(self->budget, self->holder[holder], financial) ||
            pc_budget_has_outturn(self->budget, financial, self->holder[holder])) {
            continue;
        }
        for (size_t r = 0; r < self->actuals->n; r++) {
            if (self->actuals->row[r].year == financial) {
                term.spent += signed_like(&self->actuals->row[r]);
                to = self->actuals->row[r].to;
            }
        }
        months_after(self, year, to, &term.first, &term.end);
        status = add_term(self, &capacity, term);
    }
    return status;
}

static int64_t sum_of(const grid *shape, const mtfs_term *term, const int64_t *cell)
{
    int64_t sum = term->spent;

    for (size_t month = term->first; month < term->end && shape->has[term->measure]; month++) {
        sum += cell[grid_monthly(shape, term->measure, term->category, month)];
    }
    return sum;
}

void mtfs_watch(mtfs *self, size_t replicate, const int64_t *cell)
{
    const grid *shape = self->leaves_out   ? &self->without_case.shape
                        : self->of == NULL ? NULL
                                           : &self->of->shape;

    for (size_t at = 0; at < self->n_term; at++) {
        self->value[at * self->replicates + replicate] = sum_of(shape, &self->term[at], cell);
    }
}

void mtfs_expect(mtfs *self, const pc_forecast *forecast)
{
    for (size_t at = 0; at < self->n_term; at++) {
        const mtfs_term *term = &self->term[at];
        double sum = (double)term->spent;

        for (size_t month = term->first; month < term->end && forecast->has[term->measure]; month++) {
            sum +=
                100.0 *
                pc_forecast_monthly(forecast, forecast->n_la - 1, term->measure, term->category, month)->mean;
        }
        self->value[at] = (int64_t)llround(sum);
    }
}

/* --- fixed lines --- */

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

static double days_in(int year)
{
    return (double)(pc_financial_year_first_day(year + 1) - pc_financial_year_first_day(year));
}

int64_t mtfs_line_pence(const mtfs *self, const pc_budget_line *line, size_t replicate)
{
    size_t year = mtfs_year(self, line->year);
    const pc_actual *actual = actual_of(self, line);
    double pence = (double)pc_budget_effect(line) * delivered(self, line, replicate);
    int64_t spent = 0;

    if (actual != NULL && year != SIZE_MAX) {
        size_t first, end;

        months_after(self, year, PC_DAY_NONE, &first, &end);
        pence *= (double)(end_day(self, end - 1) - (actual->to + 1)) / days_in(line->year);
        spent = signed_like(actual);
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

/* --- the budget --- */

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

/* --- making it ready --- */

static pc_status take_holders(mtfs *self)
{
    self->holder = pc_new_zero(self->budget->n, sizeof *self->holder);
    if (self->holder == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t l = 0; l < self->budget->n; l++) {
        const char *name = self->budget->line[l].holder;

        if (self->budget->line[l].kind != PC_BUDGET_RESERVE && holder_of(self, name) == self->n_holder) {
            self->holder[self->n_holder++] = name;
        }
    }
    return PC_OK;
}

/* Days from the first that counts, with the spend to date known the first of the year, to the last of the
 * forecast in it. */
static pc_status measure_years(mtfs *self)
{
    self->covered = pc_new_zero(self->n_year, sizeof *self->covered);
    self->has_actuals = pc_new_zero(self->n_year, sizeof *self->has_actuals);
    if (self->covered == NULL || self->has_actuals == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t year = 0; year < self->n_year; year++) {
        int financial = self->of->shape.year[year].year;
        size_t first, end;
        pc_day from;

        for (size_t r = 0; r < self->actuals->n; r++) {
            self->has_actuals[year] |= self->actuals->row[r].year == financial;
        }
        months_after(self, year, PC_DAY_NONE, &first, &end);
        from = self->has_actuals[year] ? pc_financial_year_first_day(financial) : first_day(self, first);
        self->covered[year] = (double)(end_day(self, end - 1) - from) / days_in(financial);
    }
    return PC_OK;
}

static bool stands_for(const pc_budget *budget, const char *intervention)
{
    for (size_t l = 0; l < budget->n; l++) {
        if (budget->line[l].replaces != NULL && strcmp(budget->line[l].replaces, intervention) == 0) {
            return true;
        }
    }
    return false;
}

/* The scenario without the interventions that lines stand for. Other names are borrowed. */
static pc_status leave_out(mtfs *self, pc_diagnostics *diagnostics)
{
    const pc_scenario *scenario = self->of->scenario;
    pc_status status;

    for (size_t i = 0; i < scenario->n_intervention && self->n_term > 0 && self->replicates > 0; i++) {
        self->leaves_out |= stands_for(self->budget, scenario->intervention[i].name);
    }
    if (!self->leaves_out) {
        return PC_OK;
    }
    self->without = *scenario;
    self->without.n_intervention = 0;
    self->without.intervention = pc_new_zero(scenario->n_intervention, sizeof *self->without.intervention);
    if (self->without.intervention == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < scenario->n_intervention; i++) {
        if (!stands_for(self->budget, scenario->intervention[i].name)) {
            self->without.intervention[self->without.n_intervention++] = scenario->intervention[i];
        } else {
            pc_diagnostics_add(
                diagnostics, PC_ASSUMPTION, (pc_place){.file = self->budget->file},
                "modelled costs leave out `%s`, which a line of the outturn stands for, in all "
                "years",
                scenario->intervention[i].name);
        }
    }
    status = case_make(&self->without_case, self->of->model, &self->without, self->of->prices, NULL);
    return status;
}

static bool year_has_lines(const mtfs *self, size_t year)
{
    bool any = false;

    for (size_t holder = 0; holder < self->n_holder; holder++) {
        any |= has_lines(self->budget, self->holder[holder], self->of->shape.year[year].year);
    }
    return any;
}

static bool year_is_modelled(const mtfs *self, size_t year)
{
    bool any = false;

    for (size_t at = 0; at < self->n_term; at++) {
        any |= self->term[at].year == year;
    }
    return any;
}

static void say_what_is_assumed(const mtfs *self, pc_diagnostics *diagnostics)
{
    pc_place place = {.file = self->budget->file};
    char years[512] = "", name[PC_DAY_TEXT_SIZE];
    size_t at = 0;

    for (size_t year = 0; year < self->n_year; year++) {
        int financial = self->of->shape.year[year].year;

        pc_financial_year_format(financial, name);
        if (year_has_lines(self, year) && self->covered[year] < 1.0) {
            pc_diagnostics_add(
                diagnostics, PC_ASSUMPTION, place,
                "%s: %s%.0f of %.0f days are compared: its budget and its fixed lines count pro "
                "rata",
                name, self->has_actuals[year] ? "" : "no spend to date is given (`actuals`), so ",
                self->covered[year] * days_in(financial), days_in(financial));
        }
        if (year_has_lines(self, year) && !year_is_modelled(self, year) && at + 12 < sizeof years) {
            at += (size_t)snprintf(years + at, sizeof years - at, "%s%s", at == 0 ? "" : ", ", name);
        }
    }
    if (at > 0) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, place,
                           "the outturn is the lines given, none of them modelled: the simulated bill is not "
                           "part of it (%s)",
                           years);
    }
}

pc_status mtfs_init(mtfs *self, const outcome_case *of, size_t replicates, pc_diagnostics *diagnostics)
{
    pc_status status;

    *self = (mtfs){0};
    if (!mtfs_wanted(of->scenario)) {
        return PC_OK;
    }
    self->of = of;
    self->budget = &of->scenario->budget_table;
    self->actuals = &of->scenario->actuals_table;
    self->replicates = replicates;
    self->n_year = of->shape.n_year;
    status = take_holders(self);
    status = status != PC_OK ? status : measure_years(self);
    status = status != PC_OK ? status : make_terms(self);
    status = status != PC_OK ? status : make_whole_bills(self);
    if (status == PC_OK) {
        self->value = pc_new_zero(self->n_term * (replicates > 0 ? replicates : 1), sizeof *self->value);
        status = self->value == NULL ? PC_ERR_NO_MEMORY : leave_out(self, diagnostics);
    }
    if (status != PC_OK) {
        mtfs_free(self);
        return status;
    }
    say_what_is_assumed(self, diagnostics);
    return PC_OK;
}

void mtfs_free(mtfs *self)
{
    if (self == NULL) {
        return;
    }
    free(self->holder);
    free(self->covered);
    free(self->has_actuals);
    free(self->term);
    free(self->value);
    case_free(&self->without_case);
    free(self->without.intervention);
    *self = (mtfs){0};
}
