/* Values of the workforce file that have a form of their own. */
#include "scenario/workforce_read.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "scenario/nearest.h"

static void *place_in(void *base, const scenario_key *key)
{
    return (char *)base + key->offset;
}

static void wrong(scenario_reader *reader, const scenario_key *key, const char *shown,
                  const pc_yaml_node *node, const char *hint)
{
    char found[SCENARIO_FOUND_SIZE];

    scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s%s", shown,
                     scenario_found(node, found), key->expected, hint);
}

/* One number within the key's bounds. */
static bool read_number(scenario_reader *reader, const scenario_key *key, const char *shown,
                        const pc_yaml_node *node, double *out)
{
    scenario_key number = *key;

    number.type = SCENARIO_NUMBER;
    number.offset = 0;
    number.expected = NULL;
    return scenario_read_value(reader, &number, shown, node, out);
}

void workforce_read_range(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base)
{
    pc_effect *out = place_in(base, key);
    size_t before = reader->n_problem;

    (void)name;
    if (node->kind == PC_YAML_SEQUENCE) {
        wrong(reader, key, shown, node, "");
    } else if (node->kind == PC_YAML_SCALAR) {
        if (read_number(reader, key, shown, node, &out->likely)) {
            out->low = out->high = out->likely;
        }
    } else {
        scenario_read_group(reader, key->path, shown, node, out);
        if (reader->n_problem == before && !(out->low <= out->likely && out->likely <= out->high)) {
            scenario_problem(reader, pc_yaml_place(node),
                             "%s: found low, likely and high out of order, expected them ascending", shown);
        }
    }
}

void workforce_read_bands(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base)
{
    pc_stay *stay = place_in(base, key); /* its first member */
    char below[SCENARIO_TEXT_SIZE];
    double sum = 0.0;
    size_t before = reader->n_problem;

    (void)name;
    if (node->kind != PC_YAML_SEQUENCE || node->n == 0) {
        wrong(reader, key, shown, node, "");
        return;
    }
    stay->band_days = pc_new_zero(node->n, sizeof(double));
    stay->band_share = pc_new_zero(node->n, sizeof(double));
    if (stay->band_days == NULL || stay->band_share == NULL) {
        reader->no_memory = true;
        return;
    }
    snprintf(below, sizeof below, "%s[]", key->path);
    for (size_t at = 0; at < node->n; at++) {
        workforce_band band = {0};

        scenario_read_group(reader, below, shown, node->child[at], &band);
        if (reader->n_problem == before && at > 0 && !(band.days > stay->band_days[at - 1])) {
            scenario_problem(reader, pc_yaml_place(node->child[at]),
                             "%s: found bands out of order, expected `days` to ascend", shown);
        }
        stay->band_days[at] = band.days;
        stay->band_share[at] = band.share;
        sum += band.share;
    }
    stay->n_band = node->n;
    if (reader->n_problem == before && !(fabs(sum - 1.0) <= 0.005)) {
        char text[PC_NUMBER_TEXT_SIZE];

        scenario_problem(reader, pc_yaml_place(node), "%s: found shares that add up to %s, expected 1", shown,
                         pc_number_format_significant(sum, 6, text));
    }
    for (size_t at = 0; at < stay->n_band && sum > 0.0; at++) {
        stay->band_share[at] /= sum; /* published shares are rounded */
    }
}

void workforce_read_feeder(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base)
{
    const pc_workforce *self = reader->workforce;
    int *out = place_in(base, key);

    (void)name;
    if (node->kind == PC_YAML_SCALAR && !node->is_null) {
        if (strcmp(node->text, "none") == 0) {
            *out = -1;
            return;
        }
        for (size_t at = 0; at + 1 < self->n_stage; at++) {
            if (strcmp(node->text, pc_case_kind_name(self->stage[at].kind)) == 0) {
                *out = (int)at;
                return;
            }
        }
    }
    wrong(reader, key, shown, node, "");
}

void workforce_read_year(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base)
{
    (void)name;
    if (node->kind != PC_YAML_SCALAR ||
        !pc_financial_year_parse(node->text, strlen(node->text), place_in(base, key))) {
        wrong(reader, key, shown, node, "");
    }
}

static bool read_age(const char **text, int *age)
{
    char *end;
    long number = strtol(*text, &end, 10);
    bool ok = isdigit((unsigned char)**text) && number >= 16 && number <= 25;

    *age = (int)number;
    *text = end;
    return ok;
}

void workforce_read_ages(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base)
{
    pc_ages *out = place_in(base, key);
    const char *rest = node->kind == PC_YAML_SCALAR ? node->text : "";
    bool ok = read_age(&rest, &out->from);

    (void)name;
    out->to = out->from;
    if (ok && *rest == '-') {
        rest++;
        ok = read_age(&rest, &out->to);
    }
    if (!ok || *rest != '\0' || out->from > out->to) {
        wrong(reader, key, shown, node, "");
    }
}

void workforce_read_sources(scenario_reader *reader, const scenario_key *key, const char *shown,
                            const char *name, const pc_yaml_node *node, void *base)
{
    pc_workforce *out = base;

    (void)name;
    (void)scenario_read_names(reader, shown, key->expected, node, &out->n_source, &out->source);
}

void workforce_read_funding(scenario_reader *reader, const scenario_key *key, const char *shown,
                            const char *name, const pc_yaml_node *node, void *base)
{
    pc_funding_list *out = place_in(base, key);
    size_t capacity = out->n;
    pc_funding item = {0};

    if (!read_number(reader, key, shown, node, &item.gbp)) {
        return;
    }
    item.source = pc_copy_text(name);
    if (item.source == NULL || pc_grow(&out->item, &capacity, out->n + 1, sizeof item) != PC_OK) {
        free(item.source);
        reader->no_memory = true;
        return;
    }
    out->item[out->n++] = item;
}

void workforce_read_weight(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base)
{
    pc_team *team = base;
    char hint[64] = "";
    size_t best = SIZE_MAX;
    int near = 0;

    for (int kind = 0; kind < PC_N_CASE_KIND; kind++) {
        const char *word = pc_case_kind_name((pc_case_kind)kind);
        size_t distance = scenario_word_distance(name, word);

        if (strcmp(name, word) == 0) {
            (void)read_number(reader, key, shown, node, &team->weight[kind]);
            team->has_load |= team->weight[kind] > 0.0;
            return;
        }
        near = distance < best ? kind : near;
        best = distance < best ? distance : best;
    }
    if (scenario_word_near(name, best)) {
        snprintf(hint, sizeof hint, "; did you mean \"%s\"?", pc_case_kind_name((pc_case_kind)near));
    }
    scenario_problem(reader, pc_yaml_place(node),
                     "%s: unknown kind of case \"%.80s\", expected a stage of the front door, "
                     "children_in_care, care_leavers or proceedings%s",
                     shown, name, hint);
}

void workforce_read_part(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base)
{
    pc_sum *sum = base;
    size_t capacity = sum->n_part;
    double part;

    (void)name;
    if (!read_number(reader, key, shown, node, &part)) {
        return;
    }
    if (pc_grow(&sum->part, &capacity, sum->n_part + 1, sizeof part) != PC_OK) {
        reader->no_memory = true;
        return;
    }
    sum->part[sum->n_part++] = part;
}
