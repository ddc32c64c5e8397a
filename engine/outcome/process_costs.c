/* process_costs.c - the cost calculator: events of the eight processes in the stays of a replicate, by year,
 * and what they cost. Pence at the unit costs as given, without growth. A child's stays are those of one
 * period of care. */
#include <math.h>
#include <string.h>

#include "outcome/money.h"

enum { DRAW_PROCEEDINGS = 1 << 22, WEEKS_FOR_LEAVING_CARE = 13, AGE_BAND_16 = 4 };

typedef struct process_tally {
    const money *of;
    const stays *log;
    const stay_child *child;
    uint8_t need;
    int first; /* day of the first month reported */
    int64_t *events, *pence;
} process_tally;

/* The same day so many months later, or the last of the month. */
static pc_day months_later(pc_day day, int months)
{
    pc_date date = pc_date_from_day(day);
    int month = pc_month_of_day(day) + months;
    pc_day next = pc_month_first_day(month) + date.day - 1, end = pc_month_first_day(month + 1);

    return next < end ? next : end - 1;
}

static void count(const process_tally *self, pc_process process, const stay_row *of, int day, int64_t n)
{
    const pc_plan *plan = self->of->plan;
    size_t year;
    double gbp;

    if (day < self->first || day >= plan->n_day) {
        return;
    }
    year = (size_t)(plan->period[plan->period_of_day[day]].financial_year - self->of->start_year);
    gbp = pc_prices_process_gbp(self->of->prices, process, of->category, self->need, self->child->stream);
    self->events[(size_t)process * self->of->n_year + year] += n;
    self->pence[(size_t)process * self->of->n_year + year] += llround((double)n * gbp * 100.0);
}

static void count_stay(const process_tally *self, const stay_row *of)
{
    const pc_plan *plan = self->of->plan;

    if (of->began == STAY_START) {
        count(self, PC_PROCESS_DECIDE, of, of->begin, 1);
    } else if (of->began == STAY_MOVE) {
        count(self, PC_PROCESS_FIND, of, of->begin, 1);
    }
    if (of->began == STAY_START || of->began == STAY_MOVE) {
        count(self, PC_PROCESS_PLAN, of, of->begin, 1);
    }
    if (of->ended >= STAY_CEASE && of->ended != STAY_CEASE + PC_EXIT_AGE_OUT) {
        count(self, PC_PROCESS_EXIT, of, of->end, 1);
    }
    for (int day = of->begin < self->first ? self->first : of->begin; day < of->end;) {
        int period_end = plan->period[plan->period_of_day[day]].end;
        int end = of->end < period_end ? of->end : period_end;

        count(self, PC_PROCESS_MAINTAIN, of, day, end - day);
        day = end;
    }
}

/* An event on a day of the period of care, in whatever category the child then lives. */
static void count_on(const process_tally *self, pc_process process, int day)
{
    for (int32_t at = day < self->first ? -1 : self->child->first; at >= 0; at = self->log->row[at].next) {
        const stay_row *of = &self->log->row[at];

        if (of->begin <= day && day < of->end) {
            count(self, process, of, day, 1);
            return;
        }
    }
}

static void count_reviews(const process_tally *self, int begin, int end)
{
    const pc_prices *prices = self->of->prices;
    pc_day origin = self->of->plan->origin, due = origin + begin;

    for (size_t review = 0; prices->n_review > 0 && due < origin + end; review++) {
        const pc_review_step *step =
            &prices->review[review < prices->n_review ? review : prices->n_review - 1];

        due = step->months > 0 ? months_later(due, step->months) : due + step->days;
        if (due < origin + end) {
            count_on(self, PC_PROCESS_REVIEW, due - origin);
        }
    }
}

static double share_in_proceedings(const pc_prices *prices, int month)
{
    double share = 0.0;

    for (size_t at = 0; at < prices->n_proceedings && prices->proceedings[at].month <= month; at++) {
        share = prices->proceedings[at].share;
    }
    return share;
}

/* Each month since care began in which the child's own number lies below the share: a child who is in
 * proceedings stays in them while the share does not fall below it. Local children alone. */
static void count_proceedings(const process_tally *self, int begin, int end)
{
    const pc_prices *prices = self->of->prices;
    pc_day origin = self->of->plan->origin, start = origin + begin;
    double u;

    if (prices->n_proceedings == 0 || self->child->stream != PC_STREAM_LOCAL) {
        return;
    }
    u = pc_uniform(pc_random(self->of->key, self->child->entity, PC_PURPOSE_PRICE, DRAW_PROCEEDINGS).word[0]);
    for (int month = 0; months_later(start, month) < origin + end; month++) {
        if (u < share_in_proceedings(prices, month)) {
            count_on(self, PC_PROCESS_LEGAL, months_later(start, month) - origin);
        }
    }
}

static void count_child(process_tally *self, const stay_child *child)
{
    const stay_row *last = &self->log->row[child->last];
    int begin = (int)floor(child->care_start), transition;
    double sixteen = child->age_edge != NULL
                         ? child->age_edge[AGE_BAND_16 - 1]
                         : child->birth + pc_age_band_first_year[AGE_BAND_16] * PC_DAYS_PER_YEAR;

    self->child = child;
    self->need = money_need_of(self->of, child);
    for (int32_t at = child->first; at >= 0; at = self->log->row[at].next) {
        count_stay(self, &self->log->row[at]);
    }
    count_reviews(self, begin, last->end);
    count_proceedings(self, begin, last->end);
    transition = begin + 7 * WEEKS_FOR_LEAVING_CARE;
    if (sixteen < last->end) {
        transition = transition < (int)ceil(sixteen) ? (int)ceil(sixteen) : transition;
        count_on(self, PC_PROCESS_TRANSITION, transition);
    }
}

/* NOLINTNEXTLINE(readability-non-const-parameter): events and pence are written through the tally */
void money_count_processes(const money *self, const stays *log, int64_t *events, int64_t *pence)
{
    process_tally tally = {.of = self,
                           .log = log,
                           .first = self->plan->period[self->first_period].first,
                           .events = events,
                           .pence = pence};

    for (size_t number = 0; number < log->n_child; number++) {
        if (log->child[number].first >= 0) {
            count_child(&tally, &log->child[number]);
        }
    }
    for (size_t at = 0; at < (size_t)PC_N_PROCESS * self->n_year; at++) {
        pence[PC_N_PROCESS * self->n_year + at % self->n_year] += pence[at];
    }
}
