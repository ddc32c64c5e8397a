#include "workforce/teams.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NOT_KNOWN ((double)NAN)

/* The structure in force on a day: the last that has begun; one without a date counts when it is the first.
 */
static const pc_structure *in_force(const pc_workforce *of, pc_day day)
{
    const pc_structure *found = NULL;

    for (size_t at = 0; at < of->n_structure; at++) {
        const pc_structure *one = &of->structure[at];

        if ((one->from == PC_DAY_NONE && at == 0) || (one->from != PC_DAY_NONE && one->from <= day)) {
            found = one;
        }
    }
    return found;
}

static const pc_team_posts *posts_of(const pc_structure *of, const char *name)
{
    for (size_t at = 0; of != NULL && at < of->n_team; at++) {
        if (strcmp(of->team[at].name, name) == 0) {
            return &of->team[at];
        }
    }
    return NULL;
}

static double own_cost(const pc_team_posts *team)
{
    return isfinite(team->cost) ? team->cost : team->cost_per_post * team->posts;
}

/* The cost of a post: the team's own; or of what the teams without a cost share; or the usual one. */
static double cost_per_post(const pc_workforce *of, const pc_structure *structure, const pc_team_posts *team)
{
    double posts = 0.0;

    if (isfinite(own_cost(team)) && team->posts > 0.0) {
        return own_cost(team) / team->posts;
    }
    for (size_t at = 0; at < structure->n_team; at++) {
        posts += isfinite(own_cost(&structure->team[at])) ? 0.0 : structure->team[at].posts;
    }
    return isfinite(structure->other_cost) && posts > 0.0 ? structure->other_cost / posts
                                                          : of->staff.cost_per_post;
}

static pc_status add_team(work_teams *self, const char *name, const pc_team *holds)
{
    size_t capacity = self->n_team;
    work_team *team;

    for (size_t at = 0; at < self->n_team; at++) {
        if (strcmp(self->team[at].name, name) == 0) {
            return PC_OK;
        }
    }
    if (pc_grow(&self->team, &capacity, self->n_team + 1, sizeof *team) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    team = &self->team[self->n_team++];
    *team = (work_team){.name = name,
                        .holds = holds,
                        .posts = pc_new(self->n_month, sizeof(double)),
                        .cost_per_post = pc_new(self->n_month, sizeof(double)),
                        .premium = pc_new(self->n_month, sizeof(double))};
    return team->posts == NULL || team->cost_per_post == NULL || team->premium == NULL ? PC_ERR_NO_MEMORY
                                                                                       : PC_OK;
}

static void fill_team(work_teams *self, const pc_workforce *of, work_team *team, const pc_day *last)
{
    for (size_t month = 0; month < self->n_month; month++) {
        const pc_structure *structure = in_force(of, last[month]);
        const pc_team_posts *posts = posts_of(structure, team->name);
        bool described = structure != NULL && structure->n_team > 0;

        team->posts[month] = posts != NULL ? posts->posts : described ? 0.0 : NOT_KNOWN;
        team->cost_per_post[month] =
            posts != NULL ? cost_per_post(of, structure, posts) : of->staff.cost_per_post;
        team->premium[month] = posts != NULL && isfinite(posts->premium) ? posts->premium : 0.0;
        self->no_cost |= team->posts[month] > 0.0 && !isfinite(team->cost_per_post[month]);
    }
}

static void fill_whole(work_teams *self, const pc_workforce *of, const pc_day *last)
{
    for (size_t month = 0; month < self->n_month; month++) {
        const pc_structure *structure = in_force(of, last[month]);
        bool whole = structure != NULL && structure->n_team == 0;
        const pc_stated *stated = whole ? &structure->stated : NULL;

        self->whole_posts[month] = whole ? stated->posts : NOT_KNOWN;
        self->whole_cost[month] = !whole                        ? NOT_KNOWN
                                  : isfinite(stated->true_cost) ? stated->true_cost
                                                                : stated->cost;
    }
}

static void fill_awards(work_teams *self, const pc_staff *staff, const pc_day *last)
{
    for (size_t month = 0; month < self->n_month; month++) {
        int year = pc_financial_year(last[month]);
        double paid = 1.0, budget = 1.0;

        for (size_t at = 0; at < staff->n_award && staff->award[at].year <= year; at++) {
            paid *= 1.0 + staff->award[at].share;
            budget *= staff->award[at].funded ? 1.0 + staff->award[at].share : 1.0;
        }
        self->award[month] = paid;
        self->unfunded[month] = paid - budget;
    }
}

pc_status work_teams_make(work_teams *self, const pc_workforce *of, size_t n_month, const pc_day *last)
{
    pc_status status = PC_OK;

    *self = (work_teams){.n_month = n_month,
                         .award = pc_new(n_month, sizeof(double)),
                         .unfunded = pc_new(n_month, sizeof(double)),
                         .whole_cost = pc_new(n_month, sizeof(double)),
                         .whole_posts = pc_new(n_month, sizeof(double))};
    if (self->award == NULL || self->unfunded == NULL || self->whole_cost == NULL ||
        self->whole_posts == NULL) {
        status = PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < of->n_team && status == PC_OK; at++) {
        status = add_team(self, of->team[at].name, of->team[at].has_load ? &of->team[at] : NULL);
    }
    for (size_t at = 0; at < of->n_structure && status == PC_OK; at++) {
        for (size_t team = 0; team < of->structure[at].n_team && status == PC_OK; team++) {
            status = add_team(self, of->structure[at].team[team].name, NULL);
        }
    }
    if (status != PC_OK) {
        work_teams_free(self);
        return status;
    }
    for (size_t at = 0; at < self->n_team; at++) {
        fill_team(self, of, &self->team[at], last);
    }
    fill_awards(self, &of->staff, last);
    fill_whole(self, of, last);
    return PC_OK;
}

void work_teams_free(work_teams *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; at < self->n_team; at++) {
        free(self->team[at].posts);
        free(self->team[at].cost_per_post);
        free(self->team[at].premium);
    }
    free(self->team);
    free(self->award);
    free(self->unfunded);
    free(self->whole_cost);
    free(self->whole_posts);
    memset(self, 0, sizeof *self);
}

static double managers_per_worker(const pc_team *holds)
{
    return isfinite(holds->span) ? 1.0 / holds->span : 0.0;
}

double work_team_needed(const pc_team *holds, double cases)
{
    double workers = cases / (holds->case_load * (1.0 - holds->lost));

    return workers * (1.0 + managers_per_worker(holds)) + holds->other_posts;
}

double work_team_workers(const pc_team *holds, double posts)
{
    return fmax(posts - holds->other_posts, 0.0) / (1.0 + managers_per_worker(holds));
}

double work_team_cases(const pc_team *holds, const int64_t open[PC_N_CASE_KIND])
{
    double cases = 0.0;

    for (int kind = 0; kind < PC_N_CASE_KIND; kind++) {
        cases += holds->weight[kind] * (double)open[kind];
    }
    return cases;
}

double work_team_case_load(const pc_team *holds, double cases, double workers)
{
    double at_work = workers * (1.0 - holds->lost);

    if (!(cases > 0.0)) {
        return 0.0;
    }
    return at_work > 0.0 ? cases / at_work : (double)INFINITY; /* above any target */
}

double work_agency_rate(double agency, double in_post)
{
    return agency + in_post > 0.0 ? agency / (agency + in_post) : 0.0;
}
