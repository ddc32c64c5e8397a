#include "outcome/why.h"

#include <math.h>

#include "outcome/shapley.h"

static const char *const driver_name[PC_N_WHY_DRIVER] = {
#define DRIVER_NAME(name, text, kind) text,
    PC_WHY_DRIVER_LIST(DRIVER_NAME)
#undef DRIVER_NAME
};
static const char *const driver_kind[PC_N_WHY_DRIVER] = {
#define DRIVER_KIND(name, text, kind) kind,
    PC_WHY_DRIVER_LIST(DRIVER_KIND)
#undef DRIVER_KIND
};

/* ---- children through a year: those there at its start, those who come evenly, all leaving at one rate ----
 */

/* Share of a stretch spent by who is there when it begins, `spent` the hazard of leaving over it: the
 * integral of exp(-spent t) over t from 0 to 1. */
static double share_present(double spent)
{
    return fabs(spent) < 1e-4 ? 1.0 - spent / 2.0 + spent * spent / 6.0 : -expm1(-spent) / spent;
}

/* The same of those who come evenly. */
static double share_coming(double spent)
{
    return fabs(spent) < 1e-4 ? 0.5 - spent / 6.0 + spent * spent / 24.0
                              : (1.0 - share_present(spent)) / spent;
}

static double average(const why_year *of, double spent)
{
    return of->open * share_present(spent) + of->starts * share_coming(spent);
}

static double at_end(const why_year *of, double spent)
{
    return of->open * exp(-spent) + of->starts * share_present(spent);
}

/* The hazard of leaving over the year for which there are `children` on average, or at the end: both fall as
 * it rises. Negative where more stayed than can be. */
static double find_spent(const why_year *of, double (*children)(const why_year *, double), double wanted)
{
    double low = -50.0, high = 1e9;

    if (!(of->open + of->starts > 0.0)) {
        return 0.0;
    }
    for (int step = 0; step < 200; step++) {
        double middle = low + (high - low) / 2.0;

        if (children(of, middle) > wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low + (high - low) / 2.0;
}

static double child_years(const why_year *of)
{
    int64_t days = 0;

    for (size_t cell = 0; cell < PC_N_AGE_BAND * of->n_category; cell++) {
        days += of->days[cell];
    }
    return (double)days / PC_DAYS_PER_YEAR / of->replicates;
}

enum { LENGTH, OPEN, STARTS, STAY, N_PLAYER };

/* Each player's part in the change of child-years; STAY takes what is left, so that they add up. */
static void share_volume(const why_year *before, const why_year *after, double part[N_PLAYER],
                         double *per_child)
{
    const why_year *of[2] = {before, after};
    double total[2], hazard[2], value[1 << N_PLAYER];

    for (int at = 0; at < 2; at++) {
        total[at] = child_years(of[at]);
        hazard[at] = find_spent(of[at], average, total[at] / of[at]->years) / of[at]->years;
    }
    for (size_t set = 0; set < sizeof value / sizeof value[0]; set++) {
        double years = of[set >> LENGTH & 1]->years;
        const why_year *rate = of[set >> STARTS & 1];
        why_year mixed = {.open = of[set >> OPEN & 1]->open, .starts = rate->starts / rate->years * years};

        value[set] = years * average(&mixed, hazard[set >> STAY & 1] * years);
    }
    shapley_exact(N_PLAYER, value, part);
    part[STAY] = total[1] - total[0] - part[LENGTH] - part[OPEN] - part[STARTS];
    /* Child-years of one more child at the start: joins none, length or stay, or both of these. */
    *per_child = (before->years * share_present(hazard[0] * before->years) +
                  after->years * share_present(hazard[1] * after->years)) /
                     3.0 +
                 (after->years * share_present(hazard[0] * after->years) +
                  before->years * share_present(hazard[1] * before->years)) /
                     6.0;
}

/* ---- the four factors ---- */

typedef struct factors {
    double value[4]; /* child-years, age share, category share given age, pence a child-year */
    bool known[4];   /* false: nobody there, so that the share or the price says nothing */
} factors;

static factors factors_of(const why_year *of, size_t age, size_t category)
{
    const double unit = 1.0 / PC_DAYS_PER_YEAR / of->replicates;
    size_t row = age * of->n_category;
    int64_t in_age = 0;
    double all = child_years(of), here = (double)of->days[row + category] * unit;
    factors self = {.known = {true}};

    for (size_t each = 0; each < of->n_category; each++) {
        in_age += of->days[row + each];
    }
    self.value[0] = all;
    self.known[1] = all > 0.0;
    self.value[1] = all > 0.0 ? (double)in_age * unit / all : 0.0;
    self.known[2] = in_age > 0;
    self.value[2] = in_age > 0 ? (double)of->days[row + category] / (double)in_age : 0.0;
    self.known[3] = of->days[row + category] > 0;
    self.value[3] =
        self.known[3] ? (double)of->money[row + category] / BILL_PART / of->replicates / here : 0.0;
    return self;
}

/* A share or price that one side does not have is taken to be the other's: it has not changed. */
static void complete(factors *self, const factors *other)
{
    for (int factor = 1; factor < 4; factor++) {
        if (!self->known[factor] && other->known[factor]) {
            self->value[factor] = other->value[factor];
        }
    }
}

/* What stands where no child was (a covered day that was rounded) is for no child's days either. */
static double not_by_child(const why_year *of)
{
    double pence = of->rest;

    for (size_t cell = 0; cell < PC_N_AGE_BAND * of->n_category; cell++) {
        pence += of->days[cell] > 0 ? 0.0 : (double)of->money[cell] / BILL_PART / of->replicates;
    }
    return pence;
}

void why_account(const why_year *before, const why_year *after, const why_stock *opening,
                 double part[PC_N_WHY_DRIVER])
{
    double volume[N_PLAYER], per_child, pence_a_year = 0.0;
    why_stock start = {.at_start = after->open - before->open};

    for (size_t driver = 0; driver < PC_N_WHY_DRIVER; driver++) {
        part[driver] = 0.0;
    }
    for (size_t cell = 0; cell < PC_N_AGE_BAND * before->n_category; cell++) {
        size_t age = cell / before->n_category, category = cell % before->n_category;
        factors was = factors_of(before, age, category), is = factors_of(after, age, category), other = was;
        double each[4];

        complete(&was, &is);
        complete(&is, &other);
        shapley_product(was.value, is.value, each);
        part[PC_WHY_AGE] += each[1];
        part[PC_WHY_CATEGORY] += each[2];
        part[PC_WHY_PRICE] += each[3];
        was.value[0] = 0.0; /* what one child-year more costs */
        is.value[0] = 1.0;
        shapley_product(was.value, is.value, each);
        pence_a_year += each[0];
    }
    share_volume(before, after, volume, &per_child);
    if (opening != NULL) {
        start = *opening;
        volume[STARTS] += per_child * start.starts;
        volume[STAY] += per_child * start.stay;
    }
    part[PC_WHY_DAYS_COVERED] = pence_a_year * volume[LENGTH];
    part[PC_WHY_CHILDREN_AT_START] = pence_a_year * per_child * start.at_start;
    part[PC_WHY_STARTS] = pence_a_year * volume[STARTS];
    part[PC_WHY_LENGTH_OF_STAY] = pence_a_year * volume[STAY];
    part[PC_WHY_NOT_BY_CHILD] = not_by_child(after) - not_by_child(before);
}

void why_carry(const why_year *before, const why_year *after, why_stock *stock)
{
    double was = find_spent(before, at_end, before->close), is = find_spent(after, at_end, after->close);
    double kept = (exp(-was) + exp(-is)) / 2.0, come = (share_present(was) + share_present(is)) / 2.0;

    stock->at_start *= kept;
    stock->starts = stock->starts * kept + (after->starts - before->starts) * come;
    stock->stay = after->close - before->close - stock->at_start - stock->starts;
}

why_year why_year_of(const bill *from, const grid *shape, size_t year, size_t replicates)
{
    double n = (double)replicates;

    return (why_year){.n_category = from->n_category,
                      .days = from->days + bill_cell(from, year, 0, 0),
                      .money = from->money + bill_cell(from, year, 0, 0),
                      .replicates = n,
                      .years = shape->year_days[year] / PC_DAYS_PER_YEAR,
                      .rest = (double)from->rest[year] / BILL_PART / n,
                      .open = (double)from->open[year] / n,
                      .close = (double)from->close[year] / n,
                      .starts = (double)from->starts[year] / n};
}

static int64_t printed(const pc_forecast *of, size_t year)
{
    return why_printed_pence(
        pc_forecast_annual(of, of->n_la - 1, PC_MEASURE_COST, of->n_category, year)->mean);
}

pc_status why_years(const bill *of, const grid *shape, size_t replicates, const pc_forecast *forecast,
                    pc_why *out)
{
    pc_status status = PC_OK;

    for (size_t year = 1; year < shape->n_year && status == PC_OK; year++) {
        why_year before = why_year_of(of, shape, year - 1, replicates);
        why_year after = why_year_of(of, shape, year, replicates);
        double part[PC_N_WHY_DRIVER];
        char from[PC_DAY_TEXT_SIZE], to[PC_DAY_TEXT_SIZE];
        why_change change = {.year = shape->year[year].year,
                             .layer = PC_WHY_ACCOUNTING,
                             .pence = printed(forecast, year) - printed(forecast, year - 1)};

        pc_financial_year_format(shape->year[year - 1].year, from);
        pc_financial_year_format(shape->year[year].year, to);
        change.from = why_name(out, from);
        change.to = why_name(out, to);
        why_account(&before, &after, NULL, part);
        status = change.from == NULL || change.to == NULL
                     ? PC_ERR_NO_MEMORY
                     : why_add(out, &change, PC_N_WHY_DRIVER, driver_name, driver_kind, part);
    }
    return status;
}

pc_status why_pair(const bill *base, const bill *of, const grid *shape, size_t replicates,
                   const pc_forecast *base_forecast, const pc_forecast *forecast, pc_why *out)
{
    why_stock stock = {0};
    why_change change = {.layer = PC_WHY_ACCOUNTING,
                         .from = why_name(out, base_forecast->scenario),
                         .to = why_name(out, forecast->scenario)};
    pc_status status = change.from == NULL || change.to == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t year = 0; year < shape->n_year && status == PC_OK; year++) {
        why_year before = why_year_of(base, shape, year, replicates);
        why_year after = why_year_of(of, shape, year, replicates);
        double part[PC_N_WHY_DRIVER];

        if (year == 0) {
            stock.at_start = after.open - before.open;
        }
        change.year = shape->year[year].year;
        change.pence = printed(forecast, year) - printed(base_forecast, year);
        why_account(&before, &after, &stock, part);
        status = why_add(out, &change, PC_N_WHY_DRIVER, driver_name, driver_kind, part);
        why_carry(&before, &after, &stock);
    }
    return status;
}
