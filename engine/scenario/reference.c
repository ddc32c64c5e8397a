/* The reference of every key, from the table. */
#include <stdio.h>
#include <string.h>

#include "scenario/intervention_draft.h"
#include "scenario/reference.h"

static const char *default_text(const scenario_key *key)
{
    return (key->flags & SCENARIO_REQUIRED) != 0 ? "required"
           : key->initial != NULL                ? key->initial
           : key->otherwise != NULL              ? key->otherwise
                                                 : "none";
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

/* What is expected, as in the messages, except where these say more of the whole than of the value. */
static const char *plain_form(const scenario_key *key, char text[SCENARIO_TEXT_SIZE])
{
    scenario_key plain = *key;

    if (key->type == SCENARIO_GROUP) {
        plain.expected = NULL;
    }
    return scenario_key_expected(&plain, text);
}

/* The kinds of intervention that have the key, as a sentence that follows its help; "" for a key of all. */
static char *kinds_of(const scenario_key *key, char text[2 * SCENARIO_TEXT_SIZE])
{
    char kinds[SCENARIO_TEXT_SIZE];

    text[0] = '\0';
    if (key->uses != 0) {
        snprintf(text, (size_t)2 * SCENARIO_TEXT_SIZE, " With %s.",
                 scenario_kinds_with(key->uses, ", ", kinds));
    }
    return text;
}

void scenario_reference_rows(const scenario_table *table, FILE *stream)
{
    char expected[SCENARIO_TEXT_SIZE], kinds[2 * SCENARIO_TEXT_SIZE];

    fputs("| key | expected | default | meaning |\n|---|---|---|---|\n", stream);
    for (size_t k = 0; k < table->n; k++) {
        const scenario_key *key = &table->key[k];
        const char *tick = key->initial != NULL ? "`" : "";

        fprintf(stream, "| `%s` | ", key->path);
        write_cell(stream, plain_form(key, expected));
        if (key->unit != NULL) {
            fprintf(stream, " (%s)", key->unit);
        }
        fputs(" | ", stream);
        if (has_default(key)) {
            fprintf(stream, "%s%s%s", tick, default_text(key), tick);
        }
        fputs(" | ", stream);
        write_cell(stream, key->help);
        write_cell(stream, kinds_of(key, kinds));
        fputs((key->flags & SCENARIO_NOT_YET) != 0 ? " *Not yet supported: refused.* |\n" : " |\n", stream);
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
          "`--set KEY=VALUE` overrides one key, after `extends`; the value is YAML. An item of a list is "
          "named by its `name`:\n"
          "`--set \"interventions.Early Start.effect.likely=0.1\"`. A later `--set` wins over an earlier "
          "one.\n\n"
          "Not used here, and refused: YAML tags (`!x`), directives (`%x`), keys introduced by `?`, and more "
          "than one document in a\n"
          "file. References (`&x`, `*x`) are copied, within bounds.\n\n",
          stream);
    scenario_reference_rows(&scenario_table_scenario, stream);
    fputs(
        "\nA category with neither `places` nor `households` is refused, as is one with both. Places by "
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
        "```\n\n"
        "Interventions, each kind with an example: [docs/interventions.md](../docs/interventions.md).\n\n"
        "`population` is a table with the columns `year`, `age`, `persons` and, for several authorities, "
        "`la`. A year is a calendar\n"
        "year with the figures of 30 June, as in mid-year estimates and projections; every age from 0 to 17 "
        "must be there, older\n"
        "people are left aside. Between two years a straight line is drawn, before the first and after the "
        "last the figures are\n"
        "held, which is named as an assumption. Starts of local children at an age grow with the persons of "
        "that age since the days\n"
        "whose events gave the rates; those of unaccompanied asylum-seeking children do not.\n\n"
        "`out_of_area` is a table with the columns `category` (or `all`, for those without rows of their "
        "own), `year` (financial,\n"
        "`2012/13`), `definition` (`boundary`: outside the authority; `20_miles`: outside it and more than "
        "20 "
        "miles from home) and\n"
        "`share`, from 0 to 1. A year that is missing has the share of the last year before it, or else of "
        "the first after it.\n",
        stream);
}

#define PLAIN_WIDTH ((size_t)79)

/* Words wrapped to the width of a terminal, without the marks of Markdown. */
static void write_wrapped(FILE *stream, const char *text, size_t first_indent, size_t indent)
{
    size_t column = 0;

    for (const char *word = text; *word != '\0';) {
        size_t length = strcspn(word, " "), visible = 0;

        for (size_t c = 0; c < length; c++) {
            visible += word[c] != '`';
        }
        if (column == 0) {
            column = (size_t)fprintf(stream, "%*s", (int)first_indent, "");
        } else if (column + 1 + visible > PLAIN_WIDTH) {
            column = (size_t)fprintf(stream, "\n%*s", (int)indent, "") - 1;
        } else {
            column += (size_t)fprintf(stream, " ");
        }
        for (size_t c = 0; c < length; c++) {
            if (word[c] != '`') {
                fputc(word[c], stream);
            }
        }
        column += visible;
        word += length + (word[length] == ' ');
    }
    fputc('\n', stream);
}

void scenario_reference_plain(const scenario_table *table, FILE *stream)
{
    char expected[SCENARIO_TEXT_SIZE], kinds[2 * SCENARIO_TEXT_SIZE], text[4 * SCENARIO_TEXT_SIZE];

    for (size_t k = 0; k < table->n; k++) {
        const scenario_key *key = &table->key[k];
        bool required = (key->flags & SCENARIO_REQUIRED) != 0;

        snprintf(text, sizeof text, "%s: %s%s%s%s%s%s", key->path, plain_form(key, expected),
                 key->unit == NULL ? "" : " (", key->unit == NULL ? "" : key->unit,
                 key->unit == NULL ? "" : ")",
                 !has_default(key) ? ""
                 : required        ? "; "
                                   : "; default: ",
                 has_default(key) ? default_text(key) : "");
        write_wrapped(stream, text, 2, 4);
        snprintf(text, sizeof text, "%s%s%s", key->help, kinds_of(key, kinds),
                 (key->flags & SCENARIO_NOT_YET) != 0 ? " Not yet supported: refused." : "");
        write_wrapped(stream, text, 6, 6);
    }
}

void pc_scenario_write_reference(FILE *stream, bool markdown)
{
    if (markdown) {
        write_markdown(stream);
    } else {
        scenario_reference_plain(&scenario_table_scenario, stream);
    }
}
