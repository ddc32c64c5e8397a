/* Single values: each type's reading, bounds and default. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "scenario/nearest.h"
#include "scenario/paths.h"
#include "scenario/reader.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define LONGEST_NAME 200

static void *slot(void *base, const scenario_key *key)
{
    return key->offset == SCENARIO_NOWHERE ? NULL : (char *)base + key->offset;
}

static bool wrong(scenario_reader *reader, const scenario_key *key, const char *shown,
                  const pc_yaml_node *node, const char *hint)
{
    char found[SCENARIO_FOUND_SIZE], expected[SCENARIO_TEXT_SIZE];

    scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s%s", shown,
                     scenario_found(node, found), scenario_key_expected(key, expected), hint);
    return false;
}

static bool store_text(scenario_reader *reader, const char *text, char **out)
{
    *out = pc_copy_text(text);
    reader->no_memory = reader->no_memory || *out == NULL;
    return *out != NULL;
}

static bool title_ok(const char *text)
{
    size_t length = strlen(text);
    bool visible = false;

    for (size_t c = 0; c < length; c++) {
        unsigned char byte = (unsigned char)text[c];

        if (byte < 0x20 || byte == '/' || byte == '\\') {
            return false;
        }
        visible = visible || byte > ' ';
    }
    return visible && length <= LONGEST_NAME && text[0] != '.';
}

static bool looks_like_a_day(const char *text)
{
    size_t digits = 0, marks = 0;

    for (const char *c = text; *c != '\0'; c++) {
        digits += isdigit((unsigned char)*c) != 0;
        marks += *c == '/' || *c == '-';
    }
    return marks == 2 && digits >= 6 && digits + marks == strlen(text);
}

static bool year_in_full(const char *text)
{
    size_t run = 0;

    for (const char *c = text; *c != '\0' && run < 4; c++) {
        run = isdigit((unsigned char)*c) ? run + 1 : 0;
    }
    return run >= 4;
}

static bool read_day(scenario_reader *reader, const scenario_key *key, const char *shown,
                     const pc_yaml_node *node, pc_day *out)
{
    pc_day day;
    int year;

    if (!pc_day_parse(node->text, strlen(node->text), &day)) {
        return wrong(reader, key, shown, node,
                     !looks_like_a_day(node->text) ? ""
                     : year_in_full(node->text)    ? " (there is no such day)"
                                                   : " (the year in full)");
    }
    year = pc_date_from_day(day).year;
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        return wrong(reader, key, shown, node, ", in the years 1900 to 2199");
    }
    *out = day;
    return true;
}

/* Why a text that should be a number is none. */
static const char *number_hint(const pc_yaml_node *node)
{
    size_t length = strlen(node->text);
    double number;

    if (node->quoted) {
        return " without quotes";
    }
    if (length > 1 && node->text[length - 1] == '%' && pc_number_parse(node->text, length - 1, &number)) {
        return " (a share: 50% is 0.5)";
    }
    if (strchr(node->text, ',') != NULL) {
        return " (no commas in numbers)";
    }
    if (strstr(node->text, "\xC2\xA3") != NULL ||
        (length > 1 && strchr("kKmM", node->text[length - 1]) != NULL)) {
        return " (digits only, such as 850000)";
    }
    return "";
}

static bool read_number(scenario_reader *reader, const scenario_key *key, const char *shown,
                        const pc_yaml_node *node, double *out)
{
    double number;

    if (node->quoted || !pc_number_parse(node->text, strlen(node->text), &number)) {
        return wrong(reader, key, shown, node, number_hint(node));
    }
    if (!(number >= key->low && number <= key->high)) {
        return wrong(reader, key, shown, node, "");
    }
    *out = number;
    return true;
}

static bool read_whole(scenario_reader *reader, const scenario_key *key, const char *shown,
                       const pc_yaml_node *node, int64_t *out)
{
    int64_t number;

    if (node->quoted || !pc_integer_parse(node->text, strlen(node->text), &number)) {
        return wrong(reader, key, shown, node, number_hint(node));
    }
    if (!((double)number >= key->low && (double)number <= key->high)) {
        return wrong(reader, key, shown, node, "");
    }
    *out = number;
    return true;
}

static bool read_yes_no(scenario_reader *reader, const scenario_key *key, const char *shown,
                        const pc_yaml_node *node, bool *out)
{
    static const char *const word[2][6] = {{"false", "False", "FALSE", "no", "No", "NO"},
                                           {"true", "True", "TRUE", "yes", "Yes", "YES"}};

    for (size_t w = 0; w < 12 && !node->quoted; w++) {
        if (strcmp(node->text, word[w / 6][w % 6]) == 0) {
            *out = w / 6 == 1;
            return true;
        }
    }
    return wrong(reader, key, shown, node, node->quoted ? " without quotes" : "");
}

static bool read_choice(scenario_reader *reader, const scenario_key *key, const char *shown,
                        const pc_yaml_node *node, unsigned *out)
{
    size_t nearest = SIZE_MAX;
    unsigned number = 0;
    char near[64] = "", hint[96] = "";

    for (const char *word = key->choices; word != NULL; number++) {
        size_t length = strcspn(word, "|"), distance;
        char text[64];

        snprintf(text, sizeof text, "%.*s", (int)length, word);
        if (strcmp(text, node->text) == 0) {
            *out = number;
            return true;
        }
        distance = scenario_word_distance(node->text, text);
        if (distance < nearest) {
            nearest = distance;
            memcpy(near, text, sizeof near);
        }
        word = word[length] == '\0' ? NULL : word + length + 1;
    }
    if (scenario_word_near(node->text, nearest)) {
        snprintf(hint, sizeof hint, "; did you mean \"%s\"?", near);
    }
    return wrong(reader, key, shown, node, hint);
}

static bool read_path(scenario_reader *reader, const scenario_key *key, const char *shown,
                      const pc_yaml_node *node, char **out)
{
    char *path;

    if (node->text[strspn(node->text, " \t\r\n")] == '\0') {
        return wrong(reader, key, shown, node, "");
    }
    path = scenario_path_resolve(node, node->text);
    if (path == NULL) {
        reader->no_memory = true;
        return false;
    }
    if (!scenario_path_check(reader, pc_yaml_place(node), shown, path, key->type == SCENARIO_FOLDER)) {
        free(path);
        return false;
    }
    *out = path;
    return true;
}

static bool read_text(scenario_reader *reader, const scenario_key *key, const char *shown,
                      const pc_yaml_node *node, char **out)
{
    bool ok = key->type == SCENARIO_TITLE ? title_ok(node->text)
                                          : node->text[strspn(node->text, " \t\r\n")] != '\0';

    return ok ? store_text(reader, node->text, out) : wrong(reader, key, shown, node, "");
}

/* Every value is read into one of these before it is stored, so that what is not stored is checked all the
 * same. */
typedef union value {
    char *text;
    pc_day day;
    double number;
    int64_t whole;
    bool yes;
    unsigned choice;
} value;

static void store(const scenario_key *key, value read, void *to)
{
    switch (key->type) {
    case SCENARIO_TEXT:
    case SCENARIO_TITLE:
    case SCENARIO_FILE:
    case SCENARIO_FOLDER:
        *(char **)to = read.text;
        break;
    case SCENARIO_DAY:
        *(pc_day *)to = read.day;
        break;
    case SCENARIO_WHOLE:
        *(int *)to = (int)read.whole;
        break;
    case SCENARIO_SEED:
        *(uint64_t *)to = (uint64_t)read.whole;
        break;
    case SCENARIO_NUMBER:
        *(double *)to = read.number;
        break;
    case SCENARIO_YES_NO:
        *(bool *)to = read.yes;
        break;
    case SCENARIO_CHOICE:
        memcpy(to, &read.choice, sizeof read.choice);
        break;
    case SCENARIO_GROUP:
    case SCENARIO_MAP:
    case SCENARIO_LIST:
    case SCENARIO_SPECIAL:
    case SCENARIO_N_TYPE:
        break;
    }
}

static bool owns_text(const scenario_key *key)
{
    return key->type == SCENARIO_TEXT || key->type == SCENARIO_TITLE || key->type == SCENARIO_FILE ||
           key->type == SCENARIO_FOLDER;
}

bool scenario_read_value(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const pc_yaml_node *node, void *base)
{
    value read = {0};
    void *to = slot(base, key);
    bool ok = false;

    if (node->kind != PC_YAML_SCALAR || node->is_null) {
        return wrong(reader, key, shown, node, "");
    }
    switch (key->type) {
    case SCENARIO_TEXT:
    case SCENARIO_TITLE:
        ok = read_text(reader, key, shown, node, &read.text);
        break;
    case SCENARIO_FILE:
    case SCENARIO_FOLDER:
        ok = read_path(reader, key, shown, node, &read.text);
        break;
    case SCENARIO_DAY:
        ok = read_day(reader, key, shown, node, &read.day);
        break;
    case SCENARIO_WHOLE:
    case SCENARIO_SEED:
        ok = read_whole(reader, key, shown, node, &read.whole);
        break;
    case SCENARIO_NUMBER:
        ok = read_number(reader, key, shown, node, &read.number);
        break;
    case SCENARIO_YES_NO:
        ok = read_yes_no(reader, key, shown, node, &read.yes);
        break;
    case SCENARIO_CHOICE:
        ok = read_choice(reader, key, shown, node, &read.choice);
        break;
    case SCENARIO_GROUP:
    case SCENARIO_MAP:
    case SCENARIO_LIST:
    case SCENARIO_SPECIAL:
    case SCENARIO_N_TYPE:
        break;
    }
    if (ok && to != NULL) {
        store(key, read, to);
    } else if (ok && owns_text(key)) {
        free(read.text);
    }
    return ok;
}

void scenario_read_default(scenario_reader *reader, const scenario_key *key, void *base)
{
    void *to = slot(base, key);

    if (to == NULL || (key->type == SCENARIO_NUMBER && key->initial == NULL)) {
        return; /* a number without a default keeps what its owner put there */
    }
    if (key->initial == NULL) {
        store(key, key->type == SCENARIO_DAY ? (value){.day = PC_DAY_NONE} : (value){0}, to);
    } else {
        char text[SCENARIO_TEXT_SIZE];
        pc_yaml_node node = {.kind = PC_YAML_SCALAR, .text = text};

        snprintf(text, sizeof text, "%s", key->initial);
        (void)scenario_read_value(reader, key, key->path, &node, base);
    }
}
