#include <math.h>
#include <string.h>

#include "outcome/rounding.h"
#include "outcome/statistics.h"

static double round_one(double value, double without, double each, int to)
{
    return without + pc_round_to((value - without) / each, to) * each;
}

void rounding_statistics(pc_statistics *value, double without, double each, int to)
{
    if (to < 2 || !(each > 0)) {
        return;
    }
    value->mean = round_one(value->mean, without, each, to);
    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        value->quantile[q] = round_one(value->quantile[q], without, each, to);
    }
}

static bool counts_cases(pc_workload_measure measure)
{
    return measure == PC_WORKLOAD_NEW || measure == PC_WORKLOAD_ENDED || measure == PC_WORKLOAD_OPEN ||
           measure == PC_WORKLOAD_REVIEWS;
}

static size_t find(const pc_workload_result *self, pc_workload_measure measure, const char *category)
{
    size_t at = 0;

    while (at < self->n_series &&
           (self->measure[at] != measure || strcmp(self->category[at], category) != 0)) {
        at++;
    }
    return at;
}

/* The gap without cases: the posts that there are less those that hold none. Of `all` over the teams whose
 * posts are known. `row` [n_series][n]. */
static double gap_without(const pc_workload_result *of, const pc_statistics *row, size_t needed, size_t n,
                          size_t at)
{
    bool all = strcmp(of->category[needed], "all") == 0;
    double sum = 0.0;

    for (size_t s = 0; s < of->n_series; s++) {
        size_t posts = find(of, PC_WORKLOAD_POSTS, of->category[s]);
        bool mine = all ? of->measure[s] == PC_WORKLOAD_NEEDED && s != needed : s == needed;
        double known = posts < of->n_series ? row[posts * n + at].mean : (double)NAN;

        sum += mine && isfinite(known) ? known - of->posts_without_cases[s] : 0.0;
    }
    return sum;
}

/* Posts needed of all months or years, and the gap that goes with them. */
static void round_posts(const pc_workload_result *of, pc_statistics *row, size_t needed, size_t n, int to)
{
    double without = of->posts_without_cases[needed], each = of->posts_a_case[needed];
    size_t gap = find(of, PC_WORKLOAD_GAP, of->category[needed]);

    for (size_t at = 0; at < n; at++) {
        if (gap < of->n_series) {
            rounding_statistics(&row[gap * n + at], gap_without(of, row, needed, n, at), each, to);
        }
        rounding_statistics(&row[needed * n + at], without, each, to);
    }
}

static void round_needed(pc_forecast *self, size_t at, int to)
{
    pc_workload_result *of = &self->workload;
    double without = of->posts_without_cases[at], each = of->posts_a_case[at];

    round_posts(of, of->monthly, at, self->n_month, to);
    round_posts(of, of->annual, at, self->n_year, to);
    for (size_t month = 0; month < self->n_month && each > 0; month++) {
        double *sure = &of->at_confidence[at * self->n_month + month];

        *sure = round_one(*sure, without, each, to);
    }
}

static void forget(pc_statistics *value, size_t n)
{
    for (size_t v = 0; v < n; v++) {
        statistics_unknown(&value[v]);
    }
}

/* The rounded figure of the target's month. */
static void follow_target(const pc_forecast *self, pc_target_result *target, int to)
{
    const pc_workload_result *of = &self->workload;
    size_t at = find(of, target->workload, target->category_name == NULL ? "all" : target->category_name);
    size_t month = 0;

    if (counts_cases(target->workload)) {
        rounding_statistics(&target->reached, 0.0, 1.0, to);
    } else if (target->workload == PC_WORKLOAD_NEEDED || target->workload == PC_WORKLOAD_GAP ||
               target->workload == PC_WORKLOAD_CASE_LOAD) {
        while (month < self->n_month && self->month_end[month] != target->date) {
            month++;
        }
        if (at < of->n_series && month < self->n_month) {
            target->reached = of->monthly[at * self->n_month + month];
        } else {
            statistics_unknown(&target->reached);
        }
    }
}

void rounding_workload(pc_forecast *self, int to)
{
    pc_workload_result *of = &self->workload;

    for (size_t s = 0; to >= 2 && s < of->n_series; s++) {
        pc_statistics *monthly = of->monthly + s * self->n_month, *annual = of->annual + s * self->n_year;

        if (counts_cases(of->measure[s])) {
            rounding_all(monthly, self->n_month, to);
            rounding_all(annual, self->n_year, to);
        } else if (of->measure[s] == PC_WORKLOAD_NEEDED) {
            round_needed(self, s, to);
        } else if (of->measure[s] == PC_WORKLOAD_CASE_LOAD) {
            forget(monthly, self->n_month);
            forget(annual, self->n_year);
        }
    }
    for (size_t t = 0; to >= 2 && t < self->n_target; t++) {
        if (self->target[t].of_workforce) {
            follow_target(self, &self->target[t], to);
        }
    }
}
