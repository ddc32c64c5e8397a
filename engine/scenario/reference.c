/* The reference of every key, from the table. */
#include <stdio.h>
#include <string.h>

#include "scenario/keys.h"

static void write_default(FILE *stream, const scenario_key *key, bool markdown)
{
    const char *tick = markdown ? "`" : "";

    if ((key->flags & SCENARIO_REQUIRED) != 0) {
        fputs("required", stream);
    } else if (key->initial != NULL) {
        fprintf(stream, "%s%s%s", tick, key->initial, tick);
    } else {
        fputs(key->otherwise == NULL ? "none" : key->otherwise, stream);
    }
}

static bool has_default(const scenario_key *key)
{
    return key->type != SCENARIO_GROUP || (key->flags & SCENARIO_REQUIRED) != 0;
}

/* Pipes end a cell, and `<x>` outside backquotes is taken for HTML. */
static void write_cell(FILE *stream, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        fputs(*c == '|' ? "\\|" : "", stream);
        if (*c != '|') {
            fputc(*c, stream);
        }
    }
}

static void write_form(FILE *stream, const scenario_key *key)
{
    char text[SCENARIO_TEXT_SIZE];
    scenario_key plain = *key;

    if (key->type == SCENARIO_GROUP) {
        plain.expected = NULL;
    }
    write_cell(stream, scenario_key_expected(&plain, text));
    if (key->unit != NULL) {
        fprintf(stream, " (%s)", key->unit);
    }
}

static void write_markdown(FILE *stream)
{
    fputs("# Scenario files: every key\n\n"
          "Written by the program from its table of keys (`engine/scenario/keys.c`); do not edit by hand.\n\n"
          "A scenario is a YAML 1.2 file (JSON is valid too). Keys are written here with dots: "
          "`data.window.from` is `from` in\n"
          "`window` in `data`. `<category>` stands for a placement category such as `foster_inhouse`, `[]` "
          "for an item of a list.\n"
          "Paths are relative to the file that holds them; those given with `--set KEY=VALUE` to the current "
          "folder. Numbers, days\n"
          "and `true`/`false` are written without quotes (in JSON, days with them). Days are `2012-09-30` or "
          "`30/09/2012`.\n\n"
          "`placecast check FILE` reports every problem in a scenario at once; with `--show-effective` it "
          "prints the scenario\n"
          "that results from `extends` and `--set`, with the place that each value comes from.\n\n"
          "| key | expected | default | meaning |\n|---|---|---|---|\n",
          stream);
    for (size_t k = 0; k < scenario_n_key; k++) {
        const scenario_key *key = &scenario_keys[k];

        fprintf(stream, "| `%s` | ", key->path);
        write_form(stream, key);
        fputs(" | ", stream);
        if (has_default(key)) {
            write_default(stream, key, true);
        }
        fputs(" | ", stream);
        write_cell(stream, key->help);
        fputs((key->flags & SCENARIO_NOT_YET) != 0 ? " *Not yet supported: refused.* |\n" : " |\n", stream);
    }
    fputs("\nA category with neither `places` nor `households` is refused, as is one with both. Places by "
          "date:\n\n"
          "```yaml\n"
          "capacity:\n"
          "  residential_inhouse:\n"
          "    block: true\n"
          "    places:\n"
          "      - places: 24\n"
          "      - {from: 2012-04-01, places: 32}\n"
          "  foster_inhouse: {households: 120, places_per_household: 1.9, usable_share: 0.85}\n"
          "overflow:\n"
          "  foster_inhouse: [foster_ifa, residential_external]\n"
          "```\n",
          stream);
}

static void write_plain(FILE *stream)
{
    for (size_t k = 0; k < scenario_n_key; k++) {
        const scenario_key *key = &scenario_keys[k];

        fprintf(stream, "  %s: ", key->path);
        write_form(stream, key);
        if (has_default(key)) {
            fputs((key->flags & SCENARIO_REQUIRED) != 0 ? "; " : "; default: ", stream);
            write_default(stream, key, false);
        }
        fputs("\n      ", stream);
        for (const char *c = key->help; *c != '\0'; c++) {
            fputs(*c == '`' ? "" : (const char[]){*c, '\0'}, stream);
        }
        fputs((key->flags & SCENARIO_NOT_YET) != 0 ? " Not yet supported: refused.\n" : "\n", stream);
    }
}

void pc_scenario_write_reference(FILE *stream, bool markdown)
{
    if (markdown) {
        write_markdown(stream);
    } else {
        write_plain(stream);
    }
}
