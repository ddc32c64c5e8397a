#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number_text.h"
#include "scenario/keys.h"
#include "scenario/nearest.h"

/* Length of the part of the path above the key: "a.b" -> 1, "a[]" -> 1, "a" -> 0. */
static size_t above_length(const char *path)
{
    const char *dot = strrchr(path, '.');
    size_t length = strlen(path);

    if (length > 2 && strcmp(path + length - 2, "[]") == 0) {
        return length - 2;
    }
    return dot == NULL ? 0 : (size_t)(dot - path);
}

const char *scenario_key_name(const scenario_key *key)
{
    size_t above = above_length(key->path);

    return key->path[above] == '.' ? key->path + above + 1 : key->path + above;
}

bool scenario_key_below(const scenario_key *key, const char *prefix)
{
    size_t above = above_length(key->path);

    return strlen(prefix) == above && strncmp(key->path, prefix, above) == 0;
}

const scenario_key *scenario_key_find(const scenario_table *table, const char *prefix, const char *name)
{
    for (size_t k = 0; k < table->n; k++) {
        if (scenario_key_below(&table->key[k], prefix) &&
            strcmp(scenario_key_name(&table->key[k]), name) == 0) {
            return &table->key[k];
        }
    }
    return NULL;
}

const scenario_key *scenario_key_item(const scenario_table *table, const scenario_key *key)
{
    for (size_t k = 0; k < table->n; k++) {
        if (scenario_key_below(&table->key[k], key->path)) {
            return &table->key[k];
        }
    }
    return NULL;
}

static char *expected_number(const scenario_key *key, char text[SCENARIO_TEXT_SIZE])
{
    char low[PC_NUMBER_TEXT_SIZE], high[PC_NUMBER_TEXT_SIZE];
    bool whole = key->type == SCENARIO_WHOLE || key->type == SCENARIO_SEED;

    pc_number_format_significant(key->low, 15, low);
    pc_number_format_significant(key->high, 15, high);
    if (key->type == SCENARIO_SEED) {
        snprintf(high, sizeof high, "999999999999999999");
    }
    snprintf(text, SCENARIO_TEXT_SIZE, "a %snumber from %s to %s", whole ? "whole " : "", low, high);
    return text;
}

static char *expected_choice(const scenario_key *key, char text[SCENARIO_TEXT_SIZE])
{
    size_t at = (size_t)snprintf(text, SCENARIO_TEXT_SIZE, "one of ");

    for (const char *c = key->choices; *c != '\0' && at + 3 < SCENARIO_TEXT_SIZE; c++) {
        if (*c == '|') {
            text[at++] = ',';
        }
        text[at++] = *c == '|' ? ' ' : *c;
    }
    text[at] = '\0';
    return text;
}

char *scenario_key_expected(const scenario_key *key, char text[SCENARIO_TEXT_SIZE])
{
    static const char *const words[SCENARIO_N_TYPE] = {
        [SCENARIO_TEXT] = "text",
        [SCENARIO_TITLE] = "a name of one line, without / or \\ and not beginning with a dot",
        [SCENARIO_DAY] = "a day such as 2012-09-30 or 30/09/2012",
        [SCENARIO_YES_NO] = "true or false",
        [SCENARIO_FILE] = "the path of a file",
        [SCENARIO_FOLDER] = "the path of a folder",
        [SCENARIO_GROUP] = "keys and values",
        [SCENARIO_MAP] = "keys and values",
        [SCENARIO_LIST] = "a list",
    };

    if (key->expected != NULL) {
        snprintf(text, SCENARIO_TEXT_SIZE, "%s", key->expected);
        return text;
    }
    switch (key->type) {
    case SCENARIO_WHOLE:
    case SCENARIO_SEED:
    case SCENARIO_NUMBER:
        return expected_number(key, text);
    case SCENARIO_CHOICE:
        return expected_choice(key, text);
    case SCENARIO_SPECIAL:
    case SCENARIO_TEXT:
    case SCENARIO_TITLE:
    case SCENARIO_DAY:
    case SCENARIO_YES_NO:
    case SCENARIO_FILE:
    case SCENARIO_FOLDER:
    case SCENARIO_GROUP:
    case SCENARIO_MAP:
    case SCENARIO_LIST:
    case SCENARIO_N_TYPE:
        break;
    }
    snprintf(text, SCENARIO_TEXT_SIZE, "%s", key->type < SCENARIO_N_TYPE ? words[key->type] : "");
    return text;
}

static const char *nearest_below(const scenario_table *table, const char *prefix, const char *name)
{
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;

    for (size_t k = 0; k < table->n; k++) {
        const char *known = scenario_key_name(&table->key[k]);
        size_t distance =
            scenario_key_below(&table->key[k], prefix) ? scenario_word_distance(name, known) : SIZE_MAX;

        if (distance < best_distance) {
            best = known;
            best_distance = distance;
        }
    }
    return best != NULL && scenario_word_near(name, best_distance) ? best : NULL;
}

static const char *elsewhere(const scenario_table *table, const char *name)
{
    for (size_t k = 0; k < table->n; k++) {
        if (strcmp(scenario_key_name(&table->key[k]), name) == 0) {
            return table->key[k].path;
        }
    }
    return NULL;
}

char *scenario_key_suggest(const scenario_table *table, const char *prefix, const char *name,
                           char text[SCENARIO_TEXT_SIZE])
{
    const char *near = nearest_below(table, prefix, name), *other = elsewhere(table, name);
    size_t at;

    if (near != NULL) {
        snprintf(text, SCENARIO_TEXT_SIZE, "did you mean \"%s\"?", near);
        return text;
    }
    if (other != NULL) {
        snprintf(text, SCENARIO_TEXT_SIZE, "expected it as \"%s\"", other);
        return text;
    }
    at = (size_t)snprintf(text, SCENARIO_TEXT_SIZE, "expected one of");
    for (size_t k = 0; k < table->n; k++) {
        const char *known = scenario_key_name(&table->key[k]);

        if (scenario_key_below(&table->key[k], prefix) && at + strlen(known) + 3 < SCENARIO_TEXT_SIZE) {
            at += (size_t)snprintf(text + at, SCENARIO_TEXT_SIZE - at, "%s%s",
                                   text[at - 1] == 'f' ? " " : ", ", known);
        }
    }
    return text;
}
