/* options.c - the command line as it was typed -> cli_options. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "option_table.h"

static pc_status refuse(const char *argument, const char *expected)
{
    fprintf(stderr, "placecast: %s: %s\n", argument, expected);
    return PC_ERR_USAGE;
}

static bool whole_parse(const char *text, uint64_t *out)
{
    char *end;

    if (!isdigit((unsigned char)text[0])) { /* strtoull takes blanks and signs */
        return false;
    }
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *end == '\0' && errno == 0;
}

static pc_status take_whole(const cli_option_row *row, const char *shown, const char *text, cli_whole *out)
{
    char expected[120];

    if (whole_parse(text, &out->value) && out->value >= row->low && out->value <= row->high) {
        out->given = true;
        out->text = text;
        return PC_OK;
    }
    snprintf(expected, sizeof expected, "expected a whole number from %llu to %llu",
             (unsigned long long)row->low, (unsigned long long)row->high);
    return refuse(shown, expected);
}

/* The page and the workbook show what stands in the tables and run.json, so these are then written as well.
 */
static const struct {
    const char *name;
    unsigned bits;
} format_table[] = {{"csv", CLI_FORMAT_CSV},
                    {"json", CLI_FORMAT_JSON},
                    {"html", CLI_FORMAT_HTML | CLI_FORMAT_CSV | CLI_FORMAT_JSON},
                    {"xlsx", CLI_FORMAT_XLSX | CLI_FORMAT_CSV | CLI_FORMAT_JSON}};

static pc_status take_formats(const char *shown, const char *text, unsigned *out)
{
    static const char expected[] = "expected csv, json, html, xlsx or several with commas between";
    const size_t n_format = sizeof format_table / sizeof format_table[0];

    *out = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, ","), f = 0;

        while (f < n_format &&
               (strlen(format_table[f].name) != length || strncmp(format_table[f].name, text, length) != 0)) {
            f++;
        }
        if (f < n_format) {
            *out |= format_table[f].bits;
        } else {
            return refuse(shown, expected);
        }
        text += length + (text[length] == ',');
    }
    return *out != 0 ? PC_OK : refuse(shown, expected);
}

static pc_status take_setting(const char *shown, const char *text, cli_options *out)
{
    const char *equals = strchr(text, '=');
    pc_setting *more;
    char *key, *value;

    if (equals == NULL || equals == text) {
        return refuse(shown, "expected KEY=VALUE");
    }
    more = realloc(out->setting, (out->n_setting + 1) * sizeof *more);
    if (more == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->setting = more;
    key = strdup(text);
    value = strdup(equals + 1);
    if (key == NULL || value == NULL) {
        free(key);
        free(value);
        return PC_ERR_NO_MEMORY;
    }
    key[equals - text] = '\0';
    out->setting[out->n_setting++] = (pc_setting){key, value};
    return PC_OK;
}

static pc_status take_layout(const char *shown, const char *text, pc_synth_layout *out)
{
    static const char *const name[] = {"folders", "flat", "merged"};

    for (int layout = 0; layout < 3; layout++) {
        if (strcmp(text, name[layout]) == 0) {
            *out = (pc_synth_layout)layout;
            return PC_OK;
        }
    }
    return refuse(shown, "expected folders, flat or merged");
}

/* `shown` is the argument as typed, for messages. */
static pc_status take_value(const cli_option_row *row, const char *shown, const char *text, cli_options *out)
{
    char *field = (char *)out + row->offset;

    switch (row->kind) {
    case KIND_FLAG:
        *(bool *)(void *)field = true;
        return PC_OK;
    case KIND_TEXT:
        if (text[0] == '\0') {
            return refuse(shown, "the value is empty");
        }
        *(const char **)(void *)field = text;
        return PC_OK;
    case KIND_WHOLE:
        return take_whole(row, shown, text, (cli_whole *)(void *)field);
    case KIND_DAY:
        return pc_day_parse(text, strlen(text), (pc_day *)(void *)field)
                   ? PC_OK
                   : refuse(shown, "expected a date, dd/mm/yyyy or yyyy-mm-dd");
    case KIND_YEAR:
        return pc_financial_year_parse(text, strlen(text), (int *)(void *)field)
                   ? PC_OK
                   : refuse(shown, "expected a financial year such as 2018/19");
    case KIND_LAYOUT:
        return take_layout(shown, text, (pc_synth_layout *)(void *)field);
    case KIND_FORMATS:
        return take_formats(shown, text, (unsigned *)(void *)field);
    case KIND_SETTING:
        return take_setting(shown, text, out);
    case KIND_LEVER:
        if (out->n_lever == sizeof out->lever / sizeof out->lever[0]) {
            return refuse(shown, "a third lever, expected one or two");
        }
        out->lever[out->n_lever++] = text;
        return PC_OK;
    }
    return PC_ERR_INTERNAL;
}

static pc_status unknown_option(const char *argument, const char *name, const cli_verb *verb)
{
    const char *words[CLI_MOST_OPTIONS + 1];
    size_t n = 0;
    const char *near;

    for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
        if (verb == NULL || (cli_option_table[o].verbs & verb->bit) != 0) {
            words[n++] = cli_option_table[o].name;
        }
    }
    words[n] = NULL;
    near = cli_nearest(name, words);
    fprintf(stderr, "placecast: %s: unknown option%s%s%s; see `placecast %s%s--help`\n", argument,
            near != NULL ? " (did you mean --" : "", near != NULL ? near : "", near != NULL ? "?)" : "",
            verb != NULL ? verb->name : "", verb != NULL ? " " : "");
    return PC_ERR_USAGE;
}

static pc_status unknown_verb(const char *argument)
{
    const char *words[16];
    size_t n = 0;
    const char *near;

    for (; n < 15 && cli_verbs[n].name != NULL; n++) {
        words[n] = cli_verbs[n].name;
    }
    words[n] = NULL;
    near = cli_nearest(argument, words);
    fprintf(stderr, "placecast: %s: unknown verb%s%s%s; see `placecast --help`\n", argument,
            near != NULL ? " (did you mean " : "", near != NULL ? near : "", near != NULL ? "?)" : "");
    return PC_ERR_USAGE;
}

/* One argument that begins with a dash; *at moves on when the value is the next one. */
static pc_status take_option(int argc, char **argv, int *at, const cli_verb *verb, bool *seen,
                             cli_options *out)
{
    char *argument = argv[*at];
    const char *name = strcmp(argument, "-h") == 0 ? "help" : argument + 2;
    size_t length = strcspn(name, "=");
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    char shown[400];

    for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
        const cli_option_row *row = &cli_option_table[o];

        if (strlen(row->name) != length || strncmp(row->name, name, length) != 0) {
            continue;
        }
        seen[o] = true;
        if (row->kind == KIND_FLAG) {
            return value == NULL ? take_value(row, argument, "", out)
                                 : refuse(argument, "this option takes no value");
        }
        if (value == NULL && *at + 1 < argc && strncmp(argv[*at + 1], "--", 2) != 0) {
            value = argv[++*at];
            snprintf(shown, sizeof shown, "--%s %s", row->name, value);
            return take_value(row, shown, value, out);
        }
        return value == NULL ? refuse(argument, "a value is missing") : take_value(row, argument, value, out);
    }
    return unknown_option(argument, name, verb);
}

static const cli_verb *find_verb(const char *name)
{
    for (const cli_verb *verb = cli_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, name) == 0) {
            return verb;
        }
    }
    return NULL;
}

/* Options may stand before the verb, so whether it takes them is asked at the end. */
static pc_status check_taken(const bool *seen, const cli_verb *verb)
{
    for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
        if (seen[o] && verb != NULL && (cli_option_table[o].verbs & verb->bit) == 0) {
            fprintf(stderr, "placecast: --%s: `%s` does not take this option\n", cli_option_table[o].name,
                    verb->name);
            return PC_ERR_USAGE;
        }
    }
    return PC_OK;
}

static pc_status take_all(int argc, char **argv, cli_options *out, const cli_verb **verb)
{
    bool words_only = false;
    bool seen[CLI_MOST_OPTIONS] = {false};

    for (int at = 1; at < argc; at++) {
        bool dashed = argv[at][0] == '-' && argv[at][1] != '\0';
        pc_status status = PC_OK;

        if (dashed && !words_only && strcmp(argv[at], "--") == 0) {
            words_only = true;
        } else if (dashed && !words_only) {
            bool short_form = argv[at][1] != '-' && strcmp(argv[at], "-h") != 0;

            status = short_form ? unknown_option(argv[at], argv[at] + 1, *verb)
                                : take_option(argc, argv, &at, *verb, seen, out);
        } else if (*verb == NULL) {
            *verb = find_verb(argv[at]);
            status = *verb == NULL ? unknown_verb(argv[at]) : PC_OK;
        } else {
            out->argument[out->n_argument++] = argv[at];
        }
        if (status != PC_OK) {
            return status;
        }
    }
    return check_taken(seen, *verb);
}

pc_status cli_options_parse(int argc, char **argv, cli_options *out, const cli_verb **verb)
{
    pc_status status;

    memset(out, 0, sizeof *out);
    *verb = NULL;
    out->extract = PC_DAY_NONE;
    out->layout = PC_SYNTH_FOLDERS;
    out->formats = CLI_FORMAT_ALL;
    out->argc = argc;
    out->argv = argv;
    out->argument = calloc((size_t)argc + 1, sizeof *out->argument);
    if (out->argument == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    status = take_all(argc, argv, out, verb);
    if (status != PC_OK || out->help || out->version || out->manual || out->completion) {
        return status;
    }
    if (*verb == NULL) {
        fputs("placecast: a verb is missing; see `placecast --help`\n", stderr);
        return PC_ERR_USAGE;
    }
    if (out->n_argument > 0 && out->n_argument < (*verb)->n_min) {
        char text[64];

        snprintf(text, sizeof text, "one argument, expected %zu or more", (*verb)->n_min);
        return refuse(out->argument[0], text);
    }
    if (out->n_argument < (*verb)->n_min) {
        fprintf(stderr, "placecast %s: %s is missing; see `placecast %s --help`\n", (*verb)->name,
                (*verb)->arguments, (*verb)->name);
        return PC_ERR_USAGE;
    }
    if (out->n_argument > (*verb)->n_max) {
        return refuse(out->argument[(*verb)->n_max], "one argument too many");
    }
    return PC_OK;
}

void cli_options_free(cli_options *self)
{
    for (size_t s = 0; s < self->n_setting; s++) {
        free((void *)(uintptr_t)self->setting[s].key);
        free((void *)(uintptr_t)self->setting[s].value);
    }
    free(self->setting);
    free(self->argument);
    memset(self, 0, sizeof *self);
}
