/* Structures of posts added up. What the document states is never changed: what is computed stands beside it,
 * and what does not agree is a finding. */
#include "placecast/establishment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "workforce/findings.h"

#define NOT_KNOWN ((double)NAN)

const char *pc_verdict_name(pc_verdict verdict)
{
    static const char *const name[PC_N_VERDICT] = {"agrees", "differs", "implied", "missing"};

    return (unsigned)verdict < PC_N_VERDICT ? name[verdict] : "";
}

static double known(double value)
{
    return isfinite(value) ? value : 0.0;
}

static double team_cost(const pc_team_posts *team)
{
    return isfinite(team->cost) ? team->cost : team->cost_per_post * team->posts;
}

static const pc_structure *premium_measure(const pc_workforce *of)
{
    for (size_t at = 0; of->premium_from != NULL && at < of->n_structure; at++) {
        if (strcmp(of->structure[at].name, of->premium_from) == 0) {
            return &of->structure[at];
        }
    }
    return NULL;
}

/* What `posts` posts of a team would have as premium by the measure; the team's own where it knows none. */
static double premium_of(const pc_structure *measure, const pc_team_posts *team)
{
    for (size_t at = 0; measure != NULL && at < measure->n_team; at++) {
        const pc_team_posts *like = &measure->team[at];

        if (strcmp(like->name, team->name) == 0 && like->posts > 0.0) {
            return known(like->premium) / like->posts * team->posts;
        }
    }
    return known(team->premium);
}

static pc_status add_row(pc_establishment *self, const pc_structure *of, pc_establishment_row **out)
{
    size_t capacity = self->n_row;
    pc_establishment_row *row;

    *out = NULL;
    if (pc_grow(&self->row, &capacity, self->n_row + 1, sizeof *row) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    row = &self->row[self->n_row];
    *row = (pc_establishment_row){.structure = of->name,
                                  .from = of->from,
                                  .posts = NOT_KNOWN,
                                  .cost = NOT_KNOWN,
                                  .premium = NOT_KNOWN,
                                  .true_cost = NOT_KNOWN,
                                  .premium_by_posts = NOT_KNOWN,
                                  .true_cost_by_posts = NOT_KNOWN,
                                  .funding_gap = NOT_KNOWN,
                                  .funding = pc_new(self->n_source, sizeof(double))};
    if (row->funding == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < self->n_source; at++) {
        row->funding[at] = NOT_KNOWN;
    }
    self->n_row++;
    *out = row;
    return PC_OK;
}

static void put_funding(const pc_establishment *self, const pc_funding_list *from, pc_establishment_row *row)
{
    for (size_t item = 0; item < from->n; item++) {
        for (size_t at = 0; at < self->n_source; at++) {
            if (strcmp(self->source[at], from->item[item].source) == 0) {
                row->funding[at] = from->item[item].gbp;
            }
        }
    }
}

static double funding_sum(const pc_establishment *self, const pc_establishment_row *row)
{
    double sum = 0.0;

    for (size_t at = 0; at < self->n_source; at++) {
        sum += known(row->funding[at]);
    }
    return sum;
}

static pc_status take_team(pc_establishment *self, const pc_workforce *from, const pc_structure *of,
                           const pc_team_posts *team)
{
    const pc_structure *measure = premium_measure(from);
    pc_establishment_row *row;
    pc_status status = add_row(self, of, &row);

    if (status != PC_OK) {
        return status;
    }
    row->team = team->name;
    row->holder = team->holder;
    row->posts = team->posts;
    row->cost = team_cost(team);
    row->premium = known(team->premium);
    row->true_cost = row->cost + row->premium;
    row->premium_by_posts = measure == NULL ? NOT_KNOWN : premium_of(measure, team);
    row->true_cost_by_posts = row->cost + row->premium_by_posts;
    put_funding(self, &team->funding, row);
    if (team->funding.n > 0 && isfinite(row->true_cost)) {
        row->funding_gap = row->true_cost - funding_sum(self, row);
        return findings_compare(self,
                                &(finding_place){.structure = of->name,
                                                 .subject = team->name,
                                                 .file = of->file,
                                                 .line = team->line,
                                                 .column = team->column},
                                "funding", funding_sum(self, row), row->true_cost,
                                isfinite(team->cost_per_post) ? team->posts / 2.0 : 0.0,
                                "the sources of funding add up to", "its true cost is");
    }
    return PC_OK;
}

/* Sums over the teams of a structure. */
typedef struct team_sums {
    double posts, cost, premium, premium_by_posts;
    double rounding; /* the cost is known to within this */
    bool has_cost, has_premium;
} team_sums;

static team_sums add_up(const pc_workforce *from, const pc_structure *of)
{
    const pc_structure *measure = premium_measure(from);
    team_sums sums = {.cost = known(of->other_cost),
                      .has_cost = true,
                      .premium_by_posts = measure == NULL ? NOT_KNOWN : 0.0};

    for (size_t at = 0; at < of->n_team; at++) {
        const pc_team_posts *team = &of->team[at];

        sums.posts += team->posts;
        sums.cost += known(team_cost(team));
        sums.has_cost &= isfinite(team_cost(team)) || isfinite(of->other_cost);
        sums.premium += known(team->premium);
        sums.has_premium |= isfinite(team->premium);
        sums.premium_by_posts += measure == NULL ? 0.0 : premium_of(measure, team);
        sums.rounding += isfinite(team->cost_per_post) ? team->posts / 2.0 : 0.0;
    }
    return sums;
}

/* A structure of which the document has totals only. */
static void take_stated(const pc_workforce *from, const pc_structure *of, pc_establishment_row *row)
{
    const pc_structure *measure = premium_measure(from);
    const pc_stated *stated = &of->stated;

    row->posts = stated->posts;
    row->cost = stated->cost;
    row->premium = isfinite(stated->premium) ? stated->premium : stated->true_cost - stated->cost;
    row->true_cost = isfinite(stated->true_cost) ? stated->true_cost : stated->cost + stated->premium;
    if (measure != NULL) {
        team_sums sums = add_up(from, measure);

        row->premium_by_posts = sums.posts > 0.0 ? sums.premium / sums.posts * row->posts : NOT_KNOWN;
    }
}

static void take_sums(const pc_structure *of, const team_sums *sums, pc_establishment_row *row)
{
    bool rounded = sums->rounding > 0.0 && fabs(sums->cost - of->stated.cost) <= sums->rounding;

    row->posts = sums->posts;
    /* Costs for each post are rounded: where the stated total is within that, it is the exact one. */
    row->cost = rounded ? of->stated.cost : sums->has_cost ? sums->cost : of->stated.cost;
    row->premium = sums->has_premium ? sums->premium : known(of->stated.premium);
    row->true_cost = row->cost + row->premium;
    row->premium_by_posts = sums->premium_by_posts;
}

static pc_status check_stated(pc_establishment *self, const pc_structure *of, const team_sums *sums)
{
    finding_place place = {
        .structure = of->name, .subject = "all", .file = of->file, .line = of->line, .column = of->column};
    const char *teams = "its teams add up to", *states = "the document states";
    pc_status status = PC_OK;

    if (of->n_team == 0) {
        return isfinite(of->stated.premium) && isfinite(of->stated.true_cost)
                   ? findings_compare(self, &place, "true_cost", of->stated.cost + of->stated.premium,
                                      of->stated.true_cost, 0.0, "cost and premium add up to", states)
                   : PC_OK;
    }
    if (isfinite(of->stated.posts)) {
        status = findings_compare(self, &place, "posts", sums->posts, of->stated.posts, 0.0, teams, states);
    }
    if (status == PC_OK && isfinite(of->stated.cost) && sums->has_cost) {
        status = findings_compare(self, &place, "cost", sums->cost, of->stated.cost, sums->rounding, teams,
                                  states);
    }
    if (status == PC_OK && isfinite(of->stated.premium)) {
        status =
            findings_compare(self, &place, "premium", sums->premium, of->stated.premium, 0.0, teams, states);
    }
    if (status == PC_OK && isfinite(of->stated.true_cost) && sums->has_cost) {
        status = findings_compare(self, &place, "true_cost", sums->cost + sums->premium, of->stated.true_cost,
                                  sums->rounding, teams, states);
    }
    return status;
}

/* The structure's own funding, or that of its teams added up. */
static void take_funding(const pc_establishment *self, const pc_structure *of, pc_establishment_row *row)
{
    put_funding(self, &of->funding, row);
    for (size_t team = 0; of->funding.n == 0 && team < of->n_team; team++) {
        for (size_t item = 0; item < of->team[team].funding.n; item++) {
            for (size_t at = 0; at < self->n_source; at++) {
                if (strcmp(self->source[at], of->team[team].funding.item[item].source) == 0) {
                    row->funding[at] = known(row->funding[at]) + of->team[team].funding.item[item].gbp;
                }
            }
        }
    }
}

/* All sources given: they must add up. One missing: it is what remains. More: said with what they are
 * together. */
static pc_status check_sources(pc_establishment *self, const pc_structure *of, pc_establishment_row *row)
{
    finding_place place = {
        .structure = of->name, .subject = "all", .file = of->file, .line = of->line, .column = of->column};
    double sum = funding_sum(self, row), left = row->true_cost - sum;
    size_t missing = 0, last = 0;
    char *names = NULL;
    pc_status status;

    if (of->funding.n == 0 || !isfinite(row->true_cost)) {
        return PC_OK;
    }
    for (size_t at = 0; at < self->n_source; at++) {
        if (!isfinite(row->funding[at])) {
            char *longer = pc_format_text("%s%s%s", names == NULL ? "" : names, names == NULL ? "" : " and ",
                                          self->source[at]);

            free(names);
            names = longer;
            missing++;
            last = at;
        }
    }
    if (missing == 0) {
        row->funding_gap = left;
        return findings_compare(self, &place, "funding", sum, row->true_cost, 0.0,
                                "the sources of funding add up to", "its true cost is");
    }
    if (missing == 1) {
        row->funding[last] = left;
        row->funding_gap = 0.0;
    }
    status = names == NULL ? PC_ERR_NO_MEMORY
                           : findings_implied(self, &place, "funding", names, missing > 1, sum, left);
    free(names);
    return status;
}

static pc_status check_premium(pc_establishment *self, const pc_workforce *from, const pc_structure *of,
                               const pc_establishment_row *row)
{
    const pc_structure *measure = premium_measure(from);
    team_sums like = measure == NULL ? (team_sums){0} : add_up(from, measure);

    if (measure == NULL || measure == of || !isfinite(row->premium)) {
        return PC_OK;
    }
    return findings_premium(self,
                            &(finding_place){.structure = of->name,
                                             .subject = "all",
                                             .file = of->file,
                                             .line = of->line,
                                             .column = of->column},
                            measure->name, like.posts, like.premium, row);
}

static pc_status take_structure(pc_establishment *self, const pc_workforce *from, const pc_structure *of)
{
    team_sums sums = add_up(from, of);
    pc_establishment_row *row;
    pc_status status = PC_OK;

    for (size_t at = 0; at < of->n_team && status == PC_OK; at++) {
        status = take_team(self, from, of, &of->team[at]);
    }
    if (status == PC_OK && isfinite(of->other_cost)) {
        status = add_row(self, of, &row);
        if (status == PC_OK) {
            row->team = "other teams";
            row->cost = of->other_cost;
        }
    }
    status = status != PC_OK ? status : add_row(self, of, &row);
    if (status != PC_OK) {
        return status;
    }
    row->team = "all";
    if (of->n_team == 0) {
        take_stated(from, of, row);
    } else {
        take_sums(of, &sums, row);
    }
    row->true_cost_by_posts = row->cost + row->premium_by_posts;
    take_funding(self, of, row);
    status = check_stated(self, of, &sums);
    status = status != PC_OK ? status : check_sources(self, of, row);
    return status != PC_OK ? status : check_premium(self, from, of, row);
}

pc_status pc_establishment_make(const pc_workforce *workforce, pc_establishment *out)
{
    pc_status status = PC_OK;

    *out = (pc_establishment){.n_source = workforce->n_source, .source = workforce->source};
    for (size_t at = 0; at < workforce->n_structure && status == PC_OK; at++) {
        status = take_structure(out, workforce, &workforce->structure[at]);
    }
    status = status != PC_OK ? status : findings_allowance(out, workforce);
    for (size_t at = 0; at < workforce->n_sum && status == PC_OK; at++) {
        status = findings_sum(out, &workforce->sum[at]);
    }
    if (status != PC_OK) {
        pc_establishment_free(out);
    }
    return status;
}

void pc_establishment_tell(const pc_establishment *self, pc_diagnostics *diagnostics)
{
    for (size_t at = 0; at < self->n_finding; at++) {
        const pc_finding *one = &self->finding[at];
        pc_place place = {.file = one->file, .line = one->line, .column = one->column};

        if (one->verdict != PC_AGREES) {
            pc_diagnostics_add(diagnostics, one->verdict == PC_DIFFERS ? PC_WARNING : PC_ASSUMPTION, place,
                               "%s", one->text);
        }
    }
}

void pc_establishment_free(pc_establishment *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; at < self->n_row; at++) {
        free(self->row[at].funding);
    }
    for (size_t at = 0; at < self->n_finding; at++) {
        free(self->finding[at].text);
    }
    free(self->row);
    free(self->finding);
    memset(self, 0, sizeof *self);
}
