/* Which numbers a workforce file gives, and what they are called in results, budget lines and targets. */
#include "scenario/workload_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const struct {
    const char *text;
    bool sums;
    int unit, decimals;
} measures[PC_N_WORKLOAD] = {
#define WORKLOAD_ROW(name, text, annual_sum, unit, decimals) {text, annual_sum, unit, decimals},
    PC_WORKLOAD_LIST(WORKLOAD_ROW)
#undef WORKLOAD_ROW
};

const char *pc_workload_name(pc_workload_measure measure)
{
    return (unsigned)measure < PC_N_WORKLOAD ? measures[measure].text : "";
}

int pc_workload_unit(pc_workload_measure measure)
{
    return measures[measure].unit;
}

int pc_workload_decimals(pc_workload_measure measure)
{
    return measures[measure].decimals;
}

bool pc_workload_sums(pc_workload_measure measure)
{
    return measures[measure].sums;
}

bool pc_workload_is_money(pc_workload_measure measure)
{
    return (unsigned)measure <= PC_WORKLOAD_LEAVER_COST;
}

bool pc_workload_counts_months(pc_workload_measure measure)
{
    return measure == PC_WORKLOAD_OVER_TARGET || measure == PC_WORKLOAD_OVER_TARGET_STAFFED ||
           measure == PC_WORKLOAD_OVER_GUARANTEE;
}

typedef struct lister {
    const pc_workforce *of;
    size_t n, capacity;
    pc_workload_series *series;
} lister;

static pc_status add(lister *self, pc_workload_measure measure, const char *category)
{
    pc_status status = pc_grow(&self->series, &self->capacity, self->n + 1, sizeof *self->series);

    if (status == PC_OK) {
        self->series[self->n++] = (pc_workload_series){.measure = measure, .category = category};
    }
    return status;
}

static pc_status add_once(lister *self, pc_workload_measure measure, const char *category)
{
    for (size_t at = 0; at < self->n; at++) {
        if (self->series[at].measure == measure && strcmp(self->series[at].category, category) == 0) {
            return PC_OK;
        }
    }
    return add(self, measure, category);
}

static pc_status add_stages(lister *self, pc_workload_measure measure)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->of->n_stage && status == PC_OK; at++) {
        status = add(self, measure, pc_case_kind_name(self->of->stage[at].kind));
    }
    return status;
}

static pc_status add_open(lister *self)
{
    const pc_care *care = &self->of->care;
    pc_status status = add_stages(self, PC_WORKLOAD_OPEN);

    for (int kind = PC_N_STAGE; self->of->has_care && kind < PC_N_CASE_KIND && status == PC_OK; kind++) {
        status = add(self, PC_WORKLOAD_OPEN, pc_case_kind_name((pc_case_kind)kind));
    }
    for (size_t at = 0; at < care->n_pathway && status == PC_OK; at++) {
        status = add(self, PC_WORKLOAD_OPEN, care->pathway[at].name);
    }
    return status == PC_OK && self->of->n_stage + self->of->has_care > 0 ? add(self, PC_WORKLOAD_OPEN, "all")
                                                                         : status;
}

/* The teams that hold cases, and `all` where a sum means something. */
static pc_status add_holders(lister *self, pc_workload_measure measure, bool sum)
{
    pc_status status = PC_OK;
    bool any = false;

    for (size_t at = 0; at < self->of->n_team && status == PC_OK; at++) {
        if (self->of->team[at].has_load) {
            status = add(self, measure, self->of->team[at].name);
            any = true;
        }
    }
    return status == PC_OK && any && sum ? add(self, measure, "all") : status;
}

/* Every team, of the file and of its structures, and their sum. */
static pc_status add_teams(lister *self, pc_workload_measure measure)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->of->n_team && status == PC_OK; at++) {
        status = add_once(self, measure, self->of->team[at].name);
    }
    for (size_t at = 0; at < self->of->n_structure && status == PC_OK; at++) {
        const pc_structure *structure = &self->of->structure[at];

        for (size_t team = 0; team < structure->n_team && status == PC_OK; team++) {
            status = add_once(self, measure, structure->team[team].name);
        }
    }
    return status == PC_OK ? add(self, measure, "all") : status;
}

static bool has_guarantee(const pc_workforce *of)
{
    bool any = false;

    for (size_t at = 0; at < of->n_team; at++) {
        any |= of->team[at].has_load && of->team[at].guarantee > 0.0;
    }
    return any;
}

static pc_status add_measure(lister *self, pc_workload_measure measure)
{
    const pc_workforce *of = self->of;
    bool structures = of->n_structure > 0, staffed = of->staff.given && structures;
    pc_status status = PC_OK;

    switch (measure) {
    case PC_WORKLOAD_STAFF_COST:
    case PC_WORKLOAD_POSTS:
        return structures ? add_teams(self, measure) : PC_OK;
    case PC_WORKLOAD_UNFUNDED:
        return structures && of->staff.n_award > 0 ? add(self, measure, "all") : PC_OK;
    case PC_WORKLOAD_RECRUITMENT:
    case PC_WORKLOAD_RETENTION:
    case PC_WORKLOAD_AGENCY_RATE:
        return staffed ? add(self, measure, "all") : PC_OK;
    case PC_WORKLOAD_LEAVER_COST:
        for (size_t at = 0; at < of->care.n_pathway && status == PC_OK; at++) {
            status = add(self, measure, of->care.pathway[at].name);
        }
        return status == PC_OK && of->care.n_pathway > 0 ? add(self, measure, "all") : status;
    case PC_WORKLOAD_NEW:
    case PC_WORKLOAD_ENDED:
        return add_stages(self, measure);
    case PC_WORKLOAD_OPEN:
        return add_open(self);
    case PC_WORKLOAD_REVIEWS:
        return of->has_care ? add(self, measure, "all") : PC_OK;
    case PC_WORKLOAD_NEEDED:
        return add_holders(self, measure, true);
    case PC_WORKLOAD_IN_POST:
    case PC_WORKLOAD_AGENCY:
    case PC_WORKLOAD_STARTERS:
    case PC_WORKLOAD_LEAVERS:
        return staffed ? add_teams(self, measure) : PC_OK;
    case PC_WORKLOAD_GAP:
        return structures ? add_holders(self, measure, true) : PC_OK;
    case PC_WORKLOAD_CASE_LOAD:
    case PC_WORKLOAD_OVER_TARGET:
        return structures ? add_holders(self, measure, false) : PC_OK;
    case PC_WORKLOAD_OVER_TARGET_STAFFED:
        return staffed ? add_holders(self, measure, false) : PC_OK;
    case PC_WORKLOAD_OVER_GUARANTEE:
        return structures && has_guarantee(of) ? add_holders(self, measure, false) : PC_OK;
    case PC_N_WORKLOAD:
        break;
    }
    return PC_OK;
}

pc_status scenario_workload_series(const pc_workforce *of, size_t *n, pc_workload_series **out)
{
    lister self = {.of = of};
    pc_status status = PC_OK;

    for (int measure = 0; measure < PC_N_WORKLOAD && status == PC_OK; measure++) {
        status = add_measure(&self, (pc_workload_measure)measure);
    }
    *n = self.n;
    *out = self.series;
    return status;
}

bool scenario_workload_name(const char *text, pc_workload_measure *measure, const char **category)
{
    size_t length = strcspn(text, " ");

    for (int at = 0; at < PC_N_WORKLOAD; at++) {
        if (strlen(measures[at].text) == length && strncmp(measures[at].text, text, length) == 0) {
            *measure = (pc_workload_measure)at;
            *category = text[length] == '\0' ? "all" : text + length + 1;
            return true;
        }
    }
    return false;
}

pc_status scenario_workload_given(const pc_workforce *of, pc_workload_measure measure, const char *category,
                                  bool *given)
{
    pc_workload_series *series;
    size_t n;
    pc_status status = scenario_workload_series(of, &n, &series);

    *given = false;
    for (size_t at = 0; at < n && status == PC_OK; at++) {
        *given |= series[at].measure == measure && strcmp(series[at].category, category) == 0;
    }
    free(series);
    return status;
}
