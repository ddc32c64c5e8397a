#include "sweep/keys.h"

#include <string.h>

#include "scenario/nearest.h"

#define IN_SWEEP(member) .offset = offsetof(pc_sweep, member)
#define IN_FACTOR(member) .offset = offsetof(sweep_factor, member)
#define IN_VARIANT(member) .offset = offsetof(sweep_variant, member)
#define NOT_STORED .offset = SCENARIO_NOWHERE

/* clang-format off */
const scenario_key sweep_keys[] = {
    {.path = "sweep", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, NOT_STORED, .expected = "1", .read = sweep_read_version,
     .help = "Version of the format; also tells a sweep file from a scenario."},
    {.path = "name", .type = SCENARIO_TITLE, .flags = SCENARIO_REQUIRED, IN_SWEEP(name), .help = "What the results call the sweep."},
    {.path = "base", .type = SCENARIO_FILE, .flags = SCENARIO_REQUIRED, IN_SWEEP(base),
     .help = "The scenario that every run starts from."},
    {.path = "replicates", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a whole number", .read = sweep_read_passed,
     .otherwise = "that of the base", .help = "Simulated futures of each run. All runs share their random numbers."},
    {.path = "seed", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a whole number", .read = sweep_read_passed,
     .otherwise = "that of the base", .help = "Seed of the simulated futures."},
    {.path = "method", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "simulate or expected", .read = sweep_read_passed,
     .otherwise = "that of the base", .help = "`expected`: expected values only, for first looks."},
    {.path = "set", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "keys of a scenario, dotted, and their values", .read = sweep_read_set,
     .otherwise = "none", .help = "Keys of the base that every run has otherwise, as with `--set`."},
    {.path = "factors", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, NOT_STORED, .expected = "a list of 1 to 40 factors",
     .read = sweep_read_factors, .help = "What differs from run to run. Every value of one meets every value of the others; the last varies fastest."},
    {.path = "factors[].name", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, NOT_STORED,
     .expected = "a name of small letters, digits and _ that begins with a letter and is not `run`", .read = sweep_read_factor_name,
     .help = "The column of the factor in the table `runs`."},
    {.path = "factors[].key", .type = SCENARIO_TEXT, IN_FACTOR(key), .otherwise = "required with `values` and `range`",
     .help = "The key of the scenario, dotted, items of lists by their name: `interventions.Early Start.effect`."},
    {.path = "factors[].values", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a list of values", .read = sweep_read_values,
     .otherwise = "none", .help = "The values that the key takes. Paths are relative to the sweep file."},
    {.path = "factors[].range", .type = SCENARIO_GROUP, NOT_STORED, .help = "Numbers between two bounds."},
    {.path = "factors[].range.low", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_FACTOR(low), .low = -1e15, .high = 1e15,
     .help = "The lowest."},
    {.path = "factors[].range.high", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_FACTOR(high), .low = -1e15, .high = 1e15,
     .help = "The highest."},
    {.path = "factors[].range.likely", .type = SCENARIO_NUMBER, IN_FACTOR(likely), .low = -1e15, .high = 1e15,
     .otherwise = "all equally likely", .help = "Sampled: the most likely, of a triangular distribution."},
    {.path = "factors[].range.steps", .type = SCENARIO_WHOLE, IN_FACTOR(steps), .low = 2, .high = 100000,
     .otherwise = "sampled", .help = "So many values, evenly spaced from `low` to `high`. Without it the range is sampled: see `sample`."},
    {.path = "factors[].range.whole", .type = SCENARIO_YES_NO, IN_FACTOR(whole), .initial = "false",
     .help = "Whole numbers only, as for places."},
    {.path = "factors[].variants", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a list of variants", .read = sweep_read_variants,
     .otherwise = "none", .help = "Named variants, each with keys of its own."},
    {.path = "factors[].variants[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_VARIANT(name),
     .help = "What the table `runs` calls it."},
    {.path = "factors[].variants[].set", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "keys of a scenario, dotted, and their values",
     .read = sweep_read_variant_set, .otherwise = "none", .help = "Keys that this variant has otherwise. `{}` or none: as the base."},
    {.path = "factors[].variants[].scenario", .type = SCENARIO_FILE, IN_VARIANT(scenario), .otherwise = "`base`",
     .help = "A scenario file to start from instead of the base, such as a best case. One factor only may have it."},
    {.path = "factors[].authorities", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "`all` or a list of names", .read = sweep_read_authorities,
     .otherwise = "none", .help = "One authority after the other, each with rates of its own."},
    {.path = "sample", .type = SCENARIO_GROUP, NOT_STORED, .help = "How ranges without `steps` are sampled, all of them together."},
    {.path = "sample.method", .type = SCENARIO_CHOICE, IN_SWEEP(sampling), .choices = "latin_hypercube|sobol", .initial = "latin_hypercube",
     .help = "Latin hypercube, or Sobol's quasi-random sequence."},
    {.path = "sample.n", .type = SCENARIO_WHOLE, IN_SWEEP(n_sample), .low = 1, .high = SWEEP_MOST_RUNS, .initial = "100",
     .help = "Points; each meets every combination of the listed values."},
    {.path = "sample.seed", .type = SCENARIO_SEED, IN_SWEEP(sample_seed), .low = 0, .high = 1e18 - 1000, .initial = "1",
     .help = "Seed of the Latin hypercube."},
    {.path = "filter", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a condition or a list of conditions", .read = sweep_read_filter,
     .otherwise = "none", .help = "Runs that are wanted: `places >= 24 and not (case = 'worst')`. Of a list, all must hold."},
    {.path = "keep", .type = SCENARIO_GROUP, NOT_STORED, .help = "What of each run goes into the database."},
    {.path = "keep.measures", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a list of measures of forecast.csv", .read = sweep_read_measures,
     .otherwise = "`children`, and `cost_gbp` where there are prices",
     .help = "Measures. With a budget also `budget_gbp`, `outturn_gbp`, `gap_gbp` and `p_over_budget`, by financial year and budget holder; with a workforce file "
             "those of the workforce, such as `posts_needed` and `case_load`."},
    {.path = "keep.categories", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a list of categories or `all`, the sum",
     .read = sweep_read_categories, .otherwise = "`[all]`", .help = "Placement categories, budget holders, teams and kinds of case; `each`: all of them and the sum."},
    {.path = "keep.dates", .type = SCENARIO_SPECIAL, NOT_STORED,
     .expected = "`years`, `months`, `last`, a month end or a financial year such as 2012/13, or a list of these", .read = sweep_read_dates,
     .otherwise = "`years`", .help = "`years`: annual figures by financial year, as in annual.csv. `months`: every month end. `last`: the last one."},
    {.path = "keep.quantiles", .type = SCENARIO_SPECIAL, NOT_STORED,
     .expected = "a list of 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95 and 0.975", .read = sweep_read_quantiles,
     .otherwise = "`[0.1, 0.5, 0.9]`", .help = "Quantiles beside mean and sd."},
};
/* clang-format on */

const size_t sweep_n_key = sizeof sweep_keys / sizeof *sweep_keys;

static size_t index_of(const pc_yaml_node *mapping, const char *name)
{
    for (size_t c = 0; mapping != NULL && c < mapping->n; c++) {
        if (strcmp(mapping->key[c], name) == 0) {
            return c;
        }
    }
    return SIZE_MAX;
}

static const char *join_shown(const char *above, const char *name, char shown[512])
{
    snprintf(shown, 512, "%.255s%s%.127s", above, above[0] == '\0' ? "" : ".", name);
    return shown;
}

static void read_key(scenario_reader *reader, const scenario_key *key, const char *shown,
                     const pc_yaml_node *mapping, size_t index, void *base)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the index is that of a key found in it */
    const pc_yaml_node *node = mapping->child[index];
    char expected[SCENARIO_TEXT_SIZE];

    if (node->kind == PC_YAML_SCALAR && node->is_null) {
        scenario_problem(reader, scenario_key_place(mapping, index), "%s: found nothing, expected %s", shown,
                         scenario_key_expected(key, expected));
    } else if (key->type == SCENARIO_GROUP) {
        sweep_read_group(reader, key->path, shown, node, base);
    } else if (key->type == SCENARIO_SPECIAL) {
        key->read(reader, key, shown, scenario_key_name(key), node, base);
    } else if (!scenario_read_value(reader, key, shown, node, base)) {
        scenario_read_default(reader, key, base);
    }
}

static void read_absent(scenario_reader *reader, const scenario_key *key, const char *shown,
                        const pc_yaml_node *mapping, void *base)
{
    char expected[SCENARIO_TEXT_SIZE];

    if ((key->flags & SCENARIO_REQUIRED) != 0 && mapping != NULL) {
        scenario_problem(reader, pc_yaml_place(mapping), "key \"%s\" is missing, expected %s", shown,
                         scenario_key_expected(key, expected));
    }
    if (key->type == SCENARIO_GROUP) {
        sweep_read_group(reader, key->path, shown, NULL, base);
    } else if (key->type != SCENARIO_SPECIAL && key->initial != NULL) {
        scenario_read_default(reader, key, base);
    }
}

static void report_unknown(scenario_reader *reader, const char *prefix, const pc_yaml_node *node, size_t at)
{
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    char known[SCENARIO_TEXT_SIZE] = "";

    for (size_t k = 0; k < sweep_n_key; k++) {
        const char *name = scenario_key_name(&sweep_keys[k]);
        size_t distance = scenario_word_distance(node->key[at], name), used = strlen(known);

        if (!scenario_key_below(&sweep_keys[k], prefix)) {
            continue;
        }
        if (strcmp(name, node->key[at]) == 0) {
            return;
        }
        if (distance < best) {
            best = distance;
            nearest = name;
        }
        snprintf(known + used, sizeof known - used, "%s%s", used == 0 ? "" : ", ", name);
    }
    if (nearest != NULL && scenario_word_near(node->key[at], best)) {
        scenario_problem(reader, scenario_key_place(node, at), "unknown key \"%.80s\", did you mean \"%s\"?",
                         node->key[at], nearest);
    } else {
        scenario_problem(reader, scenario_key_place(node, at), "unknown key \"%.80s\", expected one of %s",
                         node->key[at], known);
    }
}

void sweep_read_group(scenario_reader *reader, const char *prefix, const char *shown,
                      const pc_yaml_node *node, void *base)
{
    char found[SCENARIO_FOUND_SIZE], below[512];

    if (node != NULL && node->kind != PC_YAML_MAPPING) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected keys and values",
                         shown[0] == '\0' ? "sweep file" : shown, scenario_found(node, found));
        node = NULL;
    }
    for (size_t k = 0; k < sweep_n_key; k++) {
        const scenario_key *key = &sweep_keys[k];
        size_t index = index_of(node, scenario_key_name(key));

        if (!scenario_key_below(key, prefix)) {
            continue;
        }
        join_shown(shown, scenario_key_name(key), below);
        if (index != SIZE_MAX) {
            read_key(reader, key, below, node, index, base);
        } else {
            read_absent(reader, key, below, node, base);
        }
    }
    for (size_t c = 0; node != NULL && c < node->n; c++) {
        report_unknown(reader, prefix, node, c);
    }
}

static void write_row(FILE *stream, const scenario_key *key)
{
    char expected[SCENARIO_TEXT_SIZE];
    const char *otherwise = (key->flags & SCENARIO_REQUIRED) != 0 ? "required"
                            : key->initial != NULL                ? key->initial
                            : key->otherwise != NULL              ? key->otherwise
                                                                  : "";
    const char *tick = key->initial != NULL ? "`" : "";

    fprintf(stream, "| `%s` | %s | %s%s%s | %s |\n", key->path, scenario_key_expected(key, expected), tick,
            otherwise, tick, key->help);
}

void pc_sweep_write_reference(FILE *stream, bool markdown)
{
    char expected[SCENARIO_TEXT_SIZE];

    if (markdown) {
        fputs("# Sweep files: every key\n\n"
              "Written by the program from its table of keys (`engine/sweep/keys.c`); do not edit by hand. "
              "What they do: [sweep.md](sweep.md).\n\n"
              "| key | expected | default | meaning |\n|---|---|---|---|\n",
              stream);
    }
    for (size_t k = 0; k < sweep_n_key; k++) {
        const scenario_key *key = &sweep_keys[k];

        if (markdown) {
            write_row(stream, key);
        } else {
            fprintf(stream, "  %s: %s%s%s\n      ", key->path, scenario_key_expected(key, expected),
                    key->initial != NULL ? "; default: " : "", key->initial != NULL ? key->initial : "");
            for (const char *c = key->help; *c != '\0'; c++) {
                if (*c != '`') {
                    fputc(*c, stream);
                }
            }
            fputc('\n', stream);
        }
    }
}
