/* Invest to save: cost, saving, payback and net present value, replicate by replicate. */
#include "outcome/invest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/programme.h"
#include "outcome/tally.h"

/* General inflation when prices grow and none is given: the target of the Bank of England. */
#define GENERAL_INFLATION 0.02

const char *pc_invest_measure_name(pc_invest_measure measure)
{
    static const char *const name[] = {
#define INVEST_NAME(name, text) text,
        PC_INVEST_LIST(INVEST_NAME)
#undef INVEST_NAME
    };

    return (unsigned)measure < PC_N_INVEST ? name[measure] : "";
}

static bool has_cost(const pc_intervention *of)
{
    return of->cost_one_off > 0.0 || of->cost_annual > 0.0 || of->cost_per_child > 0.0;
}

bool pc_invest_wanted(const pc_scenario *scenario)
{
    bool any = false;

    for (size_t i = 0; i < scenario->n_intervention; i++) {
        any |= has_cost(&scenario->intervention[i]) || scenario->intervention[i].saving.given;
    }
    return any && scenario->method == PC_METHOD_SIMULATE;
}

double pc_invest_inflation(const pc_scenario *scenario)
{
    return isfinite(scenario->general_inflation) ? scenario->general_inflation
           : scenario->inflation != NULL         ? GENERAL_INFLATION
                                                 : 0.0;
}

void pc_invest_free(pc_invest *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->part != NULL && at < self->n; at++) {
        free(self->part[at].name);
        free(self->part[at].funding);
        free(self->part[at].value);
        free(self->part[at].p_paid_back);
    }
    free(self->scenario);
    free(self->against);
    free(self->part);
    free(self->year);
    *self = (pc_invest){0};
}

/* --- flows --- */

static const plan_period *month_of(const outcome_case *of, size_t month)
{
    return &of->plan[0].period[of->shape.first_period + month];
}

pc_status invest_flows_init(invest_flows *self, const outcome_case *of, size_t n_case, size_t replicates)
{
    const grid *shape = &of[0].shape;
    size_t rows = n_case * replicates;

    *self = (invest_flows){.of = of,
                           .n_case = n_case,
                           .n_month = shape->n_month,
                           .n_year = shape->n_year,
                           .n_category = shape->n_category,
                           .replicates = replicates};
    self->fixed = pc_new_zero(n_case * self->n_month, sizeof *self->fixed);
    self->bill = pc_new_zero(rows * self->n_month, sizeof *self->bill);
    self->cost = pc_new_zero(rows * self->n_month, sizeof *self->cost);
    self->away = pc_new_zero(rows * PC_N_OUT_OF_AREA * self->n_month, sizeof *self->away);
    self->days = pc_new_zero(rows * self->n_category * self->n_month, sizeof *self->days);
    if (self->fixed == NULL || self->bill == NULL || self->cost == NULL || self->away == NULL ||
        self->days == NULL) {
        invest_flows_free(self);
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n_case * self->n_month; at++) {
        const outcome_case *mine = &of[at / self->n_month];

        for (size_t i = 0; i < mine->scenario->n_intervention; i++) {
            self->fixed[at] += programme_fixed_pence(mine, i, at % self->n_month);
        }
    }
    return PC_OK;
}

void invest_flows_free(invest_flows *self)
{
    free(self->fixed);
    free(self->bill);
    free(self->cost);
    free(self->away);
    free(self->days);
    *self = (invest_flows){0};
}

static size_t month_at(const invest_flows *self, size_t at, size_t replicate, size_t month)
{
    return (at * self->replicates + replicate) * self->n_month + month;
}

static double *away_at(const invest_flows *self, size_t at, size_t replicate, size_t definition)
{
    return self->away + ((at * self->replicates + replicate) * PC_N_OUT_OF_AREA + definition) * self->n_month;
}

static int32_t *days_at(const invest_flows *self, size_t at, size_t replicate, size_t category)
{
    return self->days + ((at * self->replicates + replicate) * self->n_category + category) * self->n_month;
}

/* Days of a category out of area: those without a share are taken to be in it, which was said. */
static double share_of(const outcome_case *of, size_t category, size_t definition, int year)
{
    double share =
        pc_out_of_area_share(&of->scenario->out_of_area_table, of->model->codes.category[category].name,
                             (pc_out_of_area_definition)definition, year);

    return isfinite(share) ? share : 0.0;
}

void invest_flows_take(invest_flows *self, size_t at, size_t replicate, const int64_t *cell)
{
    const outcome_case *of = &self->of[at];
    const grid *shape = &of->shape;

    for (size_t month = 0; month < self->n_month; month++) {
        size_t here = month_at(self, at, replicate, month);

        self->bill[here] = shape->has[PC_MEASURE_COST]
                               ? cell[grid_monthly(shape, PC_MEASURE_COST, shape->n_category, month)]
                               : 0;
        self->cost[here] = self->fixed[at * self->n_month + month];
        for (size_t i = 0; i < shape->n_intervention; i++) {
            self->cost[here] += programme_reached_pence(of, i, month, cell);
        }
        for (size_t category = 0; category < self->n_category; category++) {
            int64_t days = cell[grid_monthly(shape, PC_MEASURE_PLACE_DAYS, category, month)];
            int year = month_of(of, month)->financial_year;

            days_at(self, at, replicate, category)[month] = (int32_t)days;
            for (size_t d = 0; d < PC_N_OUT_OF_AREA && of->scenario->out_of_area_table.n > 0; d++) {
                away_at(self, at, replicate, d)[month] += share_of(of, category, d, year) * (double)days;
            }
        }
    }
}

/* --- parts --- */

pc_status invest_init(pc_invest *out, const invest_flows *from, const pc_scenario *scenario,
                      const char *against, size_t n)
{
    *out = (pc_invest){.n = n,
                       .n_year = from->n_year,
                       .rate = scenario->discount_rate,
                       .general_inflation = pc_invest_inflation(scenario),
                       .replicates = (int)from->replicates};
    out->scenario = pc_copy_text(scenario->name);
    out->against = pc_copy_text(against);
    out->part = pc_new_zero(n, sizeof *out->part);
    out->year = pc_new(from->n_year, sizeof *out->year);
    if (out->scenario == NULL || out->against == NULL || out->part == NULL || out->year == NULL) {
        pc_invest_free(out);
        return PC_ERR_NO_MEMORY;
    }
    memcpy(out->year, from->of[0].shape.year, from->n_year * sizeof *out->year);
    return PC_OK;
}

/* One part while it is worked out: sums by year, and of the whole forecast, of each replicate. */
typedef struct worker {
    const invest_flows *from;
    size_t with, without;
    const pc_intervention *intervention;
    bool stated;
    double *discount;  /* [n_month] */
    int64_t *sum;      /* [PC_N_INVEST][n_year + 1][replicates]; pence, and days */
    int64_t *npv;      /* [replicates]; pence */
    size_t *paid_back; /* [replicates]; months until it has paid back for good; n_month + 1: not in the
                          forecast */
} worker;

static int64_t *sum_at(const worker *self, size_t measure, size_t year, size_t replicate)
{
    return &self->sum[(measure * (self->from->n_year + 1) + year) * self->from->replicates + replicate];
}

static bool in_pool(const worker *self, size_t category)
{
    const char *name = self->from->of[0].model->codes.category[category].name;
    bool in = self->intervention == NULL || self->intervention->n_category == 0;

    for (size_t c = 0; !in && c < self->intervention->n_category; c++) {
        in = strcmp(self->intervention->category[c], name) == 0;
    }
    return in;
}

/* Place-days avoided in a month: out of area, or in the categories of the intervention. */
static double avoided_days(const worker *self, size_t replicate, size_t month)
{
    const invest_flows *from = self->from;
    double days = 0.0;

    if (self->stated && self->intervention->saving.out_of_area) {
        size_t definition = self->intervention->saving.definition;

        return away_at(from, self->without, replicate, definition)[month] -
               away_at(from, self->with, replicate, definition)[month];
    }
    for (size_t category = 0; category < from->n_category; category++) {
        if (in_pool(self, category)) {
            days += (double)days_at(from, self->without, replicate, category)[month] -
                    (double)days_at(from, self->with, replicate, category)[month];
        }
    }
    return days;
}

static void work_replicate(worker *self, size_t replicate)
{
    const invest_flows *from = self->from;
    const grid *shape = &from->of[0].shape;
    int64_t cumulative = 0;
    double npv = 0.0;

    self->paid_back[replicate] = 0;
    for (size_t month = 0; month < from->n_month; month++) {
        size_t with = month_at(from, self->with, replicate, month);
        size_t without = month_at(from, self->without, replicate, month), year = shape->year_of_month[month];
        double avoided = avoided_days(self, replicate, month);
        int64_t cost = from->cost[with] - from->cost[without];
        int64_t gross =
            self->stated
                ? (int64_t)llround(avoided / PC_DAYS_PER_YEAR * self->intervention->saving.gbp_a_year * 100.0)
                : from->bill[without] - from->bill[with];
        const int64_t flow[] = {cost, gross, gross - cost, gross - cost, (int64_t)llround(avoided * 1e4)};

        for (size_t measure = 0; measure < PC_N_INVEST; measure++) {
            *sum_at(self, measure, year, replicate) += flow[measure];
            *sum_at(self, measure, from->n_year, replicate) += flow[measure];
        }
        cumulative += gross - cost;
        npv += (double)(gross - cost) * self->discount[month];
        /* Below nought at this month's end: not before the next. */
        self->paid_back[replicate] = cumulative < 0 ? month + 2 : self->paid_back[replicate];
    }
    for (size_t year = 1; year < from->n_year; year++) {
        *sum_at(self, PC_INVEST_CUMULATIVE, year, replicate) +=
            *sum_at(self, PC_INVEST_CUMULATIVE, year - 1, replicate);
    }
    self->npv[replicate] = (int64_t)llround(npv);
}

/* Months that must have passed, 1 for the first month end; a future never below nought has paid back at once.
 */
static size_t months_to(const worker *self, size_t replicate)
{
    size_t month = self->paid_back[replicate];

    return month == 0 ? 1 : month;
}

static size_t count_paid(const worker *self, size_t months)
{
    size_t n = 0;

    for (size_t replicate = 0; replicate < self->from->replicates; replicate++) {
        n += months_to(self, replicate) <= months;
    }
    return n;
}

static void take_payback(const worker *self, const pc_invest *out, pc_invest_part *to)
{
    const invest_flows *from = self->from;
    size_t months = 0;

    to->payback = PC_DAY_NONE;
    for (size_t year = 0; year < from->n_year; year++) {
        months += (size_t)out->year[year].months;
        to->p_paid_back[year] =
            to->costs ? (double)count_paid(self, months) / (double)from->replicates : (double)NAN;
    }
    for (size_t month = 1; to->costs && to->payback == PC_DAY_NONE && month <= from->n_month; month++) {
        if (2 * count_paid(self, month) >= from->replicates) {
            to->payback = from->of[0].plan[0].origin + month_of(&from->of[0], month - 1)->end - 1;
        }
    }
}

static void take_part(worker *self, pc_invest *out, pc_invest_part *to)
{
    const invest_flows *from = self->from;
    double cost, gross, avoided;

    for (size_t replicate = 0; replicate < from->replicates; replicate++) {
        int64_t spent = *sum_at(self, PC_INVEST_COST, from->n_year, replicate);

        to->costs |= spent > 0;
    }
    take_payback(self, out, to);
    for (size_t cell = 0; cell < PC_N_INVEST * (from->n_year + 1); cell++) {
        size_t measure = cell / (from->n_year + 1), year = cell % (from->n_year + 1);

        tally_values(sum_at(self, measure, year, 0), from->replicates,
                     measure == PC_INVEST_AVOIDED ? PC_DAYS_PER_YEAR * 1e4 : 100.0,
                     pc_invest_value(out, to, (pc_invest_measure)measure, year));
    }
    tally_values(self->npv, from->replicates, 100.0, &to->npv);
    cost = pc_invest_value(out, to, PC_INVEST_COST, from->n_year)->mean;
    gross = pc_invest_value(out, to, PC_INVEST_GROSS, from->n_year)->mean;
    avoided = pc_invest_value(out, to, PC_INVEST_AVOIDED, from->n_year)->mean;
    to->break_even = self->stated                   ? cost / self->intervention->saving.gbp_a_year
                     : avoided > 0.0 && gross > 0.0 ? cost / (gross / avoided)
                                                    : (double)NAN;
    to->break_even = to->costs && isfinite(to->break_even) ? to->break_even : (double)NAN;
}

/* Flows in the middle of their months, in years from the start of the forecast; general inflation taken off,
 * then discounted. */
static void set_discount(worker *self, const pc_invest *out)
{
    const outcome_case *of = &self->from->of[0];
    double start = (double)(of->scenario->start - of->plan[0].origin);

    for (size_t month = 0; month < self->from->n_month; month++) {
        const plan_period *period = month_of(of, month);
        double years = ((double)(period->first + period->end) / 2.0 - start) / PC_DAYS_PER_YEAR;

        self->discount[month] = pow((1.0 + out->rate) * (1.0 + out->general_inflation), -years);
    }
}

pc_status invest_part(const invest_flows *from, size_t with, size_t without,
                      const pc_intervention *intervention, bool stated, const char *name, pc_invest *out,
                      size_t which)
{
    pc_invest_part *to = &out->part[which];
    worker self = {
        .from = from, .with = with, .without = without, .intervention = intervention, .stated = stated};
    pc_status status = PC_ERR_NO_MEMORY;

    to->stated = stated;
    to->name = pc_copy_text(name);
    to->funding =
        pc_copy_text(intervention == NULL || intervention->funding == NULL ? "" : intervention->funding);
    to->value = pc_new_zero(PC_N_INVEST * (out->n_year + 1), sizeof *to->value);
    to->p_paid_back = pc_new_zero(out->n_year, sizeof *to->p_paid_back);
    self.discount = pc_new_zero(from->n_month, sizeof *self.discount);
    self.sum = pc_new_zero(PC_N_INVEST * (from->n_year + 1) * from->replicates, sizeof *self.sum);
    self.npv = pc_new_zero(from->replicates, sizeof *self.npv);
    self.paid_back = pc_new_zero(from->replicates, sizeof *self.paid_back);
    if (to->name != NULL && to->funding != NULL && to->value != NULL && to->p_paid_back != NULL &&
        self.discount != NULL && self.sum != NULL && self.npv != NULL && self.paid_back != NULL) {
        set_discount(&self, out);
        for (size_t replicate = 0; replicate < from->replicates; replicate++) {
            work_replicate(&self, replicate);
        }
        take_part(&self, out, to);
        status = PC_OK;
    }
    free(self.discount);
    free(self.sum);
    free(self.npv);
    free(self.paid_back);
    return status;
}
