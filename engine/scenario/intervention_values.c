/* Values of an intervention that have a form of their own. */
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "placecast/episodes.h"
#include "scenario/intervention_draft.h"
#include "scenario/nearest.h"

#define OLDEST 17
#define MOST_DAYS_IN_CARE 6999 /* more than 18 years */

static void wrong(scenario_reader *reader, const scenario_key *key, const char *shown,
                  const pc_yaml_node *node, const char *hint)
{
    char found[SCENARIO_FOUND_SIZE];

    scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s%s", shown,
                     scenario_found(node, found), key->expected, hint);
}

/* A whole number of up to `most` digits at the beginning of `text`; NULL when there is none, else what
 * follows it and blanks. */
static const char *read_digits(const char *text, size_t most, int *number)
{
    size_t digits = 0;

    *number = 0;
    while (digits <= most && isdigit((unsigned char)text[digits])) {
        *number = *number * 10 + (text[digits++] - '0');
    }
    return digits == 0 || digits > most ? NULL : text + digits + strspn(text + digits, " ");
}

/* `3` or `0-5`, both inside and up to `largest`. */
static void read_span(scenario_reader *reader, const scenario_key *key, const char *shown,
                      const pc_yaml_node *node, int largest, const char *why, int *from, int *to)
{
    const size_t most = largest < 100 ? 2 : 4;
    const char *rest = node->kind == PC_YAML_SCALAR ? read_digits(node->text, most, from) : NULL;

    *to = *from;
    if (rest != NULL && *rest == '-') {
        rest = read_digits(rest + 1 + strspn(rest + 1, " "), most, to);
    }
    if (rest == NULL || *rest != '\0') {
        wrong(reader, key, shown, node, "");
    } else if (*from > largest || *to > largest) {
        wrong(reader, key, shown, node, why);
    } else if (*from > *to) {
        wrong(reader, key, shown, node, ", the smaller first");
    }
}

void scenario_read_ages(scenario_reader *reader, const scenario_key *key, const char *shown, const char *name,
                        const pc_yaml_node *node, void *base)
{
    pc_intervention *out = &((scenario_intervention *)base)->intervention;

    (void)name;
    read_span(reader, key, shown, node, OLDEST, " (nobody stays looked after beyond 17)", &out->age_from,
              &out->age_to);
}

void scenario_read_days_in_care(scenario_reader *reader, const scenario_key *key, const char *shown,
                                const char *name, const pc_yaml_node *node, void *base)
{
    pc_intervention *out = &((scenario_intervention *)base)->intervention;

    (void)name;
    read_span(reader, key, shown, node, MOST_DAYS_IN_CARE, " (nobody is looked after for longer)",
              &out->care_from, &out->care_to);
}

/* One name or a list of names. On true the caller owns what it gives. */
static bool read_one_or_more(scenario_reader *reader, const scenario_key *key, const char *shown,
                             const pc_yaml_node *node, size_t *n, char ***name)
{
    *n = 0;
    *name = NULL;
    if (node->kind != PC_YAML_SCALAR) {
        return scenario_read_names(reader, shown, key->expected, node, n, name);
    }
    if (node->text[strspn(node->text, " \t\r\n")] == '\0') {
        wrong(reader, key, shown, node, "");
        return false;
    }
    *name = pc_new_zero(1, sizeof **name);
    if (*name != NULL && ((*name)[0] = pc_copy_text(node->text)) != NULL) {
        *n = 1;
        return true;
    }
    free(*name);
    *name = NULL;
    reader->no_memory = true;
    return false;
}

/* Bits of the words named in `node`, of word[n_word]; 0 and reported when one is none of them. */
static unsigned read_words(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const pc_yaml_node *node, const char *const *word, unsigned n_word)
{
    size_t n;
    char **name;
    unsigned bits = 0;
    bool ok = read_one_or_more(reader, key, shown, node, &n, &name);

    for (size_t k = 0; k < n; k++) {
        unsigned found = 0, near = 0;
        size_t distance = SIZE_MAX;
        char hint[64] = "";

        for (unsigned w = 0; w < n_word; w++) {
            size_t to = scenario_word_distance(name[k], word[w]);

            found = strcmp(name[k], word[w]) == 0 ? w + 1 : found;
            near = to < distance ? w : near;
            distance = to < distance ? to : distance;
        }
        if (found == 0 && scenario_word_near(name[k], distance)) {
            snprintf(hint, sizeof hint, "; did you mean \"%s\"?", word[near]);
        }
        if (found == 0) {
            wrong(reader, key, shown, node->kind == PC_YAML_SCALAR ? node : node->child[k], hint);
            ok = false;
        } else {
            bits |= 1U << (found - 1);
        }
    }
    scenario_free_names(n, name);
    return ok ? bits : 0;
}

void scenario_read_streams(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base)
{
    pc_intervention *out = &((scenario_intervention *)base)->intervention;
    const char *const word[PC_N_STREAM] = {pc_stream_name(PC_STREAM_LOCAL), pc_stream_name(PC_STREAM_UASC)};
    unsigned bits = read_words(reader, key, shown, node, word, PC_N_STREAM);

    (void)name;
    for (unsigned stream = 0; stream < PC_N_STREAM; stream++) {
        out->stream[stream] = (bits >> stream & 1) != 0;
    }
}

void scenario_read_causes(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base)
{
    pc_intervention *out = &((scenario_intervention *)base)->intervention;
    const char *word[PC_N_EXIT_HAZARD];

    (void)name;
    for (unsigned cause = 0; cause < PC_N_EXIT_HAZARD; cause++) {
        word[cause] = pc_exit_cause_name((pc_exit_cause)cause);
    }
    out->causes = read_words(reader, key, shown, node, word, PC_N_EXIT_HAZARD);
}

void scenario_read_pool(scenario_reader *reader, const scenario_key *key, const char *shown, const char *name,
                        const pc_yaml_node *node, void *base)
{
    pc_intervention *out = &((scenario_intervention *)base)->intervention;

    (void)name;
    scenario_free_names(out->n_category, out->category); /* both keys: refused when it is closed */
    (void)read_one_or_more(reader, key, shown, node, &out->n_category, &out->category);
}

void scenario_read_intervention_authorities(scenario_reader *reader, const scenario_key *key,
                                            const char *shown, const char *name, const pc_yaml_node *node,
                                            void *base)
{
    pc_intervention *out = &((scenario_intervention *)base)->intervention;

    (void)name;
    (void)read_one_or_more(reader, key, shown, node, &out->n_authority, &out->authority);
}

void scenario_read_effect(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base)
{
    pc_effect *effect = &((scenario_intervention *)base)->intervention.effect;
    size_t before = reader->n_problem;
    scenario_key number = *key;

    (void)name;
    if (node->kind == PC_YAML_SEQUENCE) {
        wrong(reader, key, shown, node, "");
    } else if (node->kind == PC_YAML_SCALAR) {
        number.type = SCENARIO_NUMBER;
        number.offset = offsetof(pc_effect, likely);
        number.expected = NULL;
        (void)scenario_read_value(reader, &number, shown, node, effect);
        effect->low = effect->high = effect->likely;
    } else {
        scenario_read_group(reader, key->path, shown, node, effect);
        if (reader->n_problem == before &&
            !(effect->low <= effect->likely && effect->likely <= effect->high)) {
            char low[PC_NUMBER_TEXT_SIZE], likely[PC_NUMBER_TEXT_SIZE], high[PC_NUMBER_TEXT_SIZE];

            scenario_problem(reader, pc_yaml_place(node),
                             "%s: found low %s, likely %s, high %s, expected them in ascending order", shown,
                             pc_number_format_significant(effect->low, 6, low),
                             pc_number_format_significant(effect->likely, 6, likely),
                             pc_number_format_significant(effect->high, 6, high));
        }
    }
}

static void check_reach(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                        const scenario_reach *reach)
{
    bool children = pc_yaml_get(node, "children_per_year") != NULL;
    bool families = pc_yaml_get(node, "families_per_year") != NULL;
    bool each = pc_yaml_get(node, "children_per_family") != NULL;

    if (children == families) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found %s, expected either `children_per_year` or `families_per_year`", shown,
                         children ? "both units" : "no unit");
    } else if (families && !each) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found `families_per_year` alone, expected `children_per_family` with it: "
                         "children are what is treated",
                         shown);
    } else if (children && each) {
        scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "children_per_family")),
                         "%s.children_per_family: found it with `children_per_year`, expected it with "
                         "`families_per_year` only",
                         shown);
    } else if (families && !(reach->per_family > 0.0)) {
        scenario_problem(reader, pc_yaml_place(pc_yaml_get(node, "children_per_family")),
                         "%s.children_per_family: found 0, expected a number above 0", shown);
    }
}

void scenario_read_reach(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base)
{
    scenario_intervention *draft = base;
    scenario_reach *reach = &draft->reach;
    size_t before = reader->n_problem;
    double number;

    (void)name;
    if (node->kind == PC_YAML_SCALAR && pc_number_parse(node->text, strlen(node->text), &number)) {
        scenario_problem(reader, pc_yaml_place(node),
                         "%s: found %.40s without a unit, expected {children_per_year: %.40s}, or "
                         "{families_per_year: %.40s, children_per_family: N}",
                         shown, node->text, node->text, node->text);
    } else if (node->kind != PC_YAML_MAPPING) {
        wrong(reader, key, shown, node, "");
    } else {
        scenario_read_group(reader, key->path, shown, node, reach);
        if (reader->n_problem == before) {
            check_reach(reader, shown, node, reach);
        }
        draft->intervention.reach =
            isfinite(reach->families) ? reach->families * reach->per_family : reach->children;
    }
}
