#include "workforce/staff.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workforce/funnel.h"

static void set_rates(staff *self)
{
    const pc_staff *from = &self->of->staff;

    for (size_t tenure = 0; tenure < STAFF_MOST_MONTHS; tenure++) {
        double share = 0.0;

        for (size_t at = from->n_leavers; at > 0; at--) {
            share = (double)tenure < from->leavers[at - 1].under_years * 12.0 ? from->leavers[at - 1].share
                                                                              : share;
        }
        self->monthly[tenure] = 1.0 - pow(1.0 - share, 1.0 / 12.0);
    }
}

pc_status staff_init(staff *self, const pc_workforce *of, const work_teams *teams)
{
    size_t n = teams->n_month;

    *self = (staff){.of = of,
                    .teams = teams,
                    .team = pc_new_zero(teams->n_team, sizeof *self->team),
                    .rng = pc_gsl_rng_new(pc_random_key_make(0, 0), 0, PC_PURPOSE_STAFF)};
    for (size_t at = 0; self->team != NULL && at < teams->n_team; at++) {
        self->team[at] = (staff_team){.in_post = pc_new_zero(n, sizeof(int64_t)),
                                      .starters = pc_new_zero(n, sizeof(int64_t)),
                                      .leavers = pc_new_zero(n, sizeof(int64_t)),
                                      .agency = pc_new_zero(n, sizeof(double)),
                                      .at_work = pc_new_zero(n, sizeof(double))};
        if (self->team[at].in_post == NULL || self->team[at].starters == NULL ||
            self->team[at].leavers == NULL || self->team[at].agency == NULL ||
            self->team[at].at_work == NULL) {
            staff_free(self);
            return PC_ERR_NO_MEMORY;
        }
    }
    if (self->team == NULL || self->rng == NULL) {
        staff_free(self);
        return PC_ERR_NO_MEMORY;
    }
    set_rates(self);
    return PC_OK;
}

void staff_free(staff *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->team != NULL && at < self->teams->n_team; at++) {
        free(self->team[at].in_post);
        free(self->team[at].starters);
        free(self->team[at].leavers);
        free(self->team[at].agency);
        free(self->team[at].at_work);
    }
    free(self->team);
    if (self->rng != NULL) {
        gsl_rng_free(self->rng);
    }
    memset(self, 0, sizeof *self);
}

/* FNV-1a over the name: a team has the same draws whatever the order of the list. */
static uint32_t name_id(const char *name)
{
    uint32_t hash = 2166136261U;

    for (const char *c = name; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * 16777619U;
    }
    return hash;
}

/* Heads by months of tenure, and of these the newly qualified. */
typedef struct heads {
    int64_t all[STAFF_MOST_MONTHS], fresh[STAFF_MOST_MONTHS];
} heads;

/* Who is there at the start has tenures as the rates of leaving make them in the long run. */
static void begin(const staff *self, size_t team, double posts, heads *out)
{
    const work_team *of = &self->teams->team[team];
    const pc_staff *from = &self->of->staff;
    double share = of->holds != NULL && isfinite(of->holds->staffed) ? of->holds->staffed : from->staffed;
    double alive = 1.0, sum = 0.0;
    double weight[STAFF_MOST_MONTHS];

    memset(out, 0, sizeof *out);
    for (size_t tenure = 0; tenure < STAFF_MOST_MONTHS; tenure++) {
        bool last = tenure + 1 == STAFF_MOST_MONTHS;

        weight[tenure] = last ? alive / fmax(self->monthly[tenure], 1.0 / 240.0) : alive;
        alive *= 1.0 - self->monthly[tenure];
        sum += weight[tenure];
    }
    for (size_t tenure = 0; tenure < STAFF_MOST_MONTHS; tenure++) {
        weight[tenure] /= sum;
    }
    funnel_spread(self->rng, llround(posts * share), weight, STAFF_MOST_MONTHS, out->all, STAFF_MOST_MONTHS);
}

static int64_t leave(staff *self, heads *of)
{
    int64_t gone = 0;

    for (size_t tenure = STAFF_MOST_MONTHS; tenure-- > 0;) {
        int64_t plain = of->all[tenure] - of->fresh[tenure], fresh = of->fresh[tenure];
        int64_t go = plain > 0 ? gsl_ran_binomial(self->rng, self->monthly[tenure], (unsigned)plain) : 0;
        int64_t go_fresh =
            fresh > 0 ? gsl_ran_binomial(self->rng, self->monthly[tenure], (unsigned)fresh) : 0;
        size_t to = tenure + 1 < STAFF_MOST_MONTHS ? tenure + 1 : tenure;

        gone += go + go_fresh;
        of->all[tenure] = 0;
        of->fresh[tenure] = 0;
        of->all[to] += plain - go + fresh - go_fresh; /* a month older */
        of->fresh[to] += fresh - go_fresh;
    }
    return gone;
}

static void run_team(staff *self, pc_random_key key, size_t at)
{
    const work_team *of = &self->teams->team[at];
    const pc_staff *from = &self->of->staff;
    staff_team *out = &self->team[at];
    double fill = 1.0 - exp(-1.0 / from->recruit_months);
    uint64_t id = name_id(of->name);
    heads now;
    bool begun = false;

    pc_gsl_rng_point(self->rng, key, id << 16, PC_PURPOSE_STAFF);
    for (size_t month = 0; month < self->teams->n_month; month++) {
        double posts = of->posts[month], lighter = 0.0, vacant;
        int64_t in_post = 0, open;

        if (!isfinite(posts)) {
            continue; /* only the whole is known so far */
        }
        if (!begun) {
            begin(self, at, posts, &now);
            begun = true;
        }
        pc_gsl_rng_point(self->rng, key, id << 16 | (month + 1), PC_PURPOSE_STAFF);
        out->leavers[month] = leave(self, &now);
        for (size_t tenure = 0; tenure < STAFF_MOST_MONTHS; tenure++) {
            in_post += now.all[tenure];
        }
        open = llround(posts) - in_post;
        out->starters[month] = open > 0 ? gsl_ran_binomial(self->rng, fill, (unsigned)open) : 0;
        now.all[0] += out->starters[month];
        now.fresh[0] += out->starters[month] > 0
                            ? gsl_ran_binomial(self->rng, from->new_share, (unsigned)out->starters[month])
                            : 0;
        out->in_post[month] = in_post + out->starters[month];
        vacant = fmax(posts - (double)out->in_post[month], 0.0);
        out->agency[month] = from->agency_cover * vacant;
        for (size_t tenure = 0; tenure < STAFF_MOST_MONTHS && (double)tenure < from->new_months; tenure++) {
            lighter += (double)now.fresh[tenure] * (1.0 - from->new_load);
        }
        out->at_work[month] = (double)out->in_post[month] + out->agency[month] - lighter;
    }
}

void staff_run(staff *self, pc_random_key key)
{
    for (size_t at = 0; at < self->teams->n_team; at++) {
        run_team(self, key, at);
    }
}

int64_t staff_survivors(staff *self, pc_random_key key, size_t which, double n, int months)
{
    double stay = pow(1.0 - self->monthly[STAFF_MOST_MONTHS - 1], months);

    pc_gsl_rng_point(self->rng, key, UINT64_C(1) << 60 | which, PC_PURPOSE_STAFF);
    return (int64_t)gsl_ran_binomial(self->rng, stay, (unsigned)llround(n));
}
