/* Which keys go with which kind of intervention: from the bits in the table of keys and in the list of kinds.
 */
#include <string.h>

#include "scenario/intervention_draft.h"

#define ITEM "interventions[]."

static const struct {
    const char *name;
    unsigned may, must;
} kinds[PC_N_INTERVENTION_KIND] = {
#define KIND_ROW(name, text, may, must, help) {text, may, must},
    PC_INTERVENTION_LIST(KIND_ROW)
#undef KIND_ROW
};

/* The key that gives what a kind must have; `other` does as well. */
static const struct {
    unsigned bit;
    const char *key, *other;
} musts[] = {{PC_USES_EFFECT, "effect", NULL},
             {PC_USES_REACH, "reach", NULL},
             {PC_USES_CATEGORIES, "category", "categories"},
             {PC_USES_TO, "to", NULL},
             {PC_USES_CHILDREN, "children", NULL},
             {PC_USES_PLACES, "places", "households"},
             {PC_USES_MEASURE, "measure", NULL}};

const char *pc_intervention_kind_name(pc_intervention_kind kind)
{
    return (unsigned)kind < PC_N_INTERVENTION_KIND ? kinds[kind].name : "";
}

unsigned scenario_kind_may(pc_intervention_kind kind)
{
    return (unsigned)kind < PC_N_INTERVENTION_KIND ? kinds[kind].may : ~0U;
}

pc_intervention_kind scenario_kind_of(const pc_yaml_node *node)
{
    const pc_yaml_node *kind = pc_yaml_get(node, "kind");
    unsigned k = 0;

    while (k < PC_N_INTERVENTION_KIND &&
           (kind == NULL || kind->kind != PC_YAML_SCALAR || strcmp(kind->text, kinds[k].name) != 0)) {
        k++;
    }
    return (pc_intervention_kind)k;
}

char *scenario_kinds_with(unsigned uses, const char *last, char text[SCENARIO_TEXT_SIZE])
{
    size_t at = 0, left = 0;

    for (unsigned k = 0; k < PC_N_INTERVENTION_KIND; k++) {
        left += (kinds[k].may & uses) != 0;
    }
    text[0] = '\0';
    for (unsigned k = 0; k < PC_N_INTERVENTION_KIND; k++) {
        if ((kinds[k].may & uses) != 0 && at < SCENARIO_TEXT_SIZE) {
            const char *between = at == 0 ? "" : left == 1 ? last : ", ";

            at += (size_t)snprintf(text + at, SCENARIO_TEXT_SIZE - at, "%s%s", between, kinds[k].name);
            left--;
        }
    }
    return text;
}

/* The place of the value at a dotted path below `node`; false when there is none. */
static bool find_value(const pc_yaml_node *node, const char *path, pc_place *place)
{
    char name[64];
    size_t length = strcspn(path, ".");

    if (node->kind != PC_YAML_MAPPING || length >= sizeof name) {
        return false;
    }
    memcpy(name, path, length);
    name[length] = '\0';
    for (size_t c = 0; c < node->n; c++) {
        if (strcmp(node->key[c], name) == 0) {
            *place = scenario_key_place(node, c);
            return path[length] == '\0' || find_value(node->child[c], path + length + 1, place);
        }
    }
    return false;
}

static void refuse_unused(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                          pc_intervention_kind kind)
{
    char with[SCENARIO_TEXT_SIZE];
    pc_place place;

    for (size_t k = 0; k < scenario_n_key; k++) {
        const scenario_key *key = &scenario_keys[k];

        if (key->uses != 0 && (key->uses & kinds[kind].may) == 0 &&
            find_value(node, key->path + strlen(ITEM), &place)) {
            scenario_problem(reader, place, "%s.%s: found it with kind %s, expected it with %s only", shown,
                             key->path + strlen(ITEM), kinds[kind].name,
                             scenario_kinds_with(key->uses, " or ", with));
        }
    }
}

void scenario_check_kind(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                         pc_intervention_kind kind)
{
    pc_place place = pc_yaml_place(node);

    refuse_unused(reader, shown, node, kind);
    (void)find_value(node, "kind", &place);
    for (size_t m = 0; m < sizeof musts / sizeof *musts && !reader->partial; m++) {
        bool there = pc_yaml_get(node, musts[m].key) != NULL ||
                     (musts[m].other != NULL && pc_yaml_get(node, musts[m].other) != NULL);

        if ((musts[m].bit & kinds[kind].must) != 0 && !there) {
            scenario_problem(reader, place, "%s: kind %s must have `%s`%s%s%s", shown, kinds[kind].name,
                             musts[m].key, musts[m].other == NULL ? "" : " or `",
                             musts[m].other == NULL ? "" : musts[m].other, musts[m].other == NULL ? "" : "`");
        }
    }
}
