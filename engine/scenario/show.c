/* The scenario that results from extends and --set, as YAML that reads back to the same, each value with its
 * origin. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/budget_rows.h"
#include "scenario/intervention_draft.h"
#include "scenario/load.h"
#include "scenario/paths.h"

typedef struct printer {
    FILE *stream;
    bool no_memory;
} printer;

static void indent(const printer *self, int depth)
{
    fprintf(self->stream, "%*s", depth * 2, "");
}

/* Words that YAML would take for something else than text. */
static bool reserved(const char *text)
{
    static const char *const word[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    char lower[8] = "";
    size_t length = strlen(text);

    for (size_t c = 0; c < length && c < sizeof lower - 1; c++) {
        lower[c] = (char)tolower((unsigned char)text[c]);
    }
    for (size_t w = 0; w < sizeof word / sizeof *word; w++) {
        if (length < sizeof lower && strcmp(lower, word[w]) == 0) {
            return true;
        }
    }
    return false;
}

static void print_text(const printer *self, const char *text)
{
    size_t length = strlen(text);
    bool plain = length > 0 && isalpha((unsigned char)text[0]) && text[length - 1] != ' ' && !reserved(text);

    for (size_t c = 0; plain && c < length; c++) {
        plain = isalnum((unsigned char)text[c]) || strchr(" _-./", text[c]) != NULL;
    }
    if (plain) {
        fputs(text, self->stream);
        return;
    }
    fputc('"', self->stream);
    for (size_t c = 0; c < length; c++) {
        unsigned char byte = (unsigned char)text[c];

        if (byte < 0x20) {
            fprintf(self->stream, "\\x%02X", (unsigned)byte);
        } else {
            fputs(byte == '"' || byte == '\\' ? "\\" : "", self->stream);
            fputc(byte, self->stream);
        }
    }
    fputc('"', self->stream);
}

static bool one_line(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20) {
            return false;
        }
    }
    return text[0] != '\0';
}

/* An unquoted scalar stays as it was written, so that a number stays a number. */
static void print_scalar(const printer *self, const pc_yaml_node *node)
{
    if (node->is_null) {
        fputs("null", self->stream);
    } else if (!node->quoted && one_line(node->text)) {
        fputs(node->text, self->stream);
    } else {
        print_text(self, node->text);
    }
}

static void print_origin(const printer *self, const pc_yaml_node *node)
{
    if (node->line > 0) {
        fprintf(self->stream, "  # %s:%ld\n", node->file, node->line);
    } else {
        fprintf(self->stream, "  # %s\n", node->file);
    }
}

static void print_tree(const printer *self, const pc_yaml_node *node, int depth, bool begun);

static void print_child(const printer *self, const pc_yaml_node *node, size_t index, int depth)
{
    const pc_yaml_node *child = node->child[index];
    bool item = node->kind == PC_YAML_SEQUENCE;

    if (item) {
        fputs("-", self->stream);
    } else {
        print_text(self, node->key[index]);
        fputs(":", self->stream);
    }
    if (child->kind == PC_YAML_SCALAR) {
        fputs(" ", self->stream);
        print_scalar(self, child);
        print_origin(self, child);
    } else if (child->n == 0) {
        fputs(child->kind == PC_YAML_SEQUENCE ? " []" : " {}", self->stream);
        print_origin(self, child);
    } else {
        fputs(item ? " " : "\n", self->stream);
        print_tree(self, child, depth + 1, item);
    }
}

/* Whatever is below a value with a form of its own. `begun`: the first line is already indented, by the dash
 * of a list. */
static void print_tree(const printer *self, const pc_yaml_node *node, int depth, bool begun)
{
    for (size_t c = 0; c < node->n; c++) {
        indent(self, begun && c == 0 ? 0 : depth);
        print_child(self, node, c, depth);
    }
}

static void print_path(printer *self, const pc_yaml_node *node)
{
    char *path = scenario_path_resolve(node, node->text);

    self->no_memory = self->no_memory || path == NULL;
    if (path != NULL) {
        print_text(self, path);
    }
    free(path);
}

static void print_group(printer *self, const char *prefix, const pc_yaml_node *node, int depth);

static void print_default(const printer *self, const scenario_key *key, int depth)
{
    if (key->initial != NULL) {
        indent(self, depth);
        fprintf(self->stream, "%s: %s  # default\n", scenario_key_name(key), key->initial);
    } else if (key->otherwise != NULL && (key->flags & SCENARIO_NOT_YET) == 0 &&
               strncmp(key->otherwise, "no", 2) != 0) {
        indent(self, depth);
        fprintf(self->stream, "# %s: not given: %s\n", scenario_key_name(key), key->otherwise);
    }
}

static void print_map(printer *self, const scenario_key *key, const pc_yaml_node *node, int depth)
{
    const scenario_key *item = scenario_key_item(&scenario_table_scenario, key);

    for (size_t c = 0; c < node->n; c++) {
        indent(self, depth);
        if (node->kind == PC_YAML_SEQUENCE) {
            fputs("-\n", self->stream);
        } else {
            print_text(self, node->key[c]);
            fputs(":\n", self->stream);
        }
        if (item->type == SCENARIO_GROUP) {
            print_group(self, item->path, node->child[c], depth + 1);
        } else {
            print_tree(self, node->child[c], depth + 1, false);
        }
    }
}

static void print_key(printer *self, const scenario_key *key, const pc_yaml_node *node, int depth)
{
    indent(self, depth);
    fprintf(self->stream, "%s:", scenario_key_name(key));
    if (key->type == SCENARIO_GROUP) {
        fputs("\n", self->stream);
        print_group(self, key->path, node, depth + 1);
    } else if (node->kind != PC_YAML_SCALAR && node->n == 0) {
        fputs(node->kind == PC_YAML_SEQUENCE ? " []" : " {}", self->stream);
        print_origin(self, node);
    } else if (key->type == SCENARIO_MAP || key->type == SCENARIO_LIST) {
        fputs("\n", self->stream);
        print_map(self, key, node, depth + 1);
    } else if (node->kind != PC_YAML_SCALAR) {
        fputs("\n", self->stream);
        print_tree(self, node, depth + 1, false);
    } else {
        fputs(" ", self->stream);
        if (key->type == SCENARIO_FILE || key->type == SCENARIO_FOLDER || key->read == scenario_read_budget) {
            print_path(self, node);
        } else {
            print_scalar(self, node);
        }
        print_origin(self, node);
    }
}

static bool any_default(const char *prefix)
{
    for (size_t k = 0; k < scenario_n_key; k++) {
        if (scenario_key_below(&scenario_keys[k], prefix) && scenario_keys[k].initial != NULL) {
            return true;
        }
    }
    return false;
}

static void print_group(printer *self, const char *prefix, const pc_yaml_node *node, int depth)
{
    for (size_t k = 0; k < scenario_n_key; k++) {
        const scenario_key *key = &scenario_keys[k];
        const pc_yaml_node *value = pc_yaml_get(node, scenario_key_name(key));

        if (!scenario_key_below(key, prefix)) {
            continue;
        }
        if (value != NULL) {
            print_key(self, key, value, depth);
        } else if (key->uses != 0 && (key->uses & scenario_kind_may(scenario_kind_of(node))) == 0) {
            continue; /* not a key of this kind of intervention */
        } else if (key->type != SCENARIO_GROUP) {
            print_default(self, key, depth);
        } else if (any_default(key->path) && (key->flags & SCENARIO_NOT_YET) == 0) {
            indent(self, depth);
            fprintf(self->stream, "%s:\n", scenario_key_name(key));
            print_group(self, key->path, NULL, depth + 1);
        }
    }
}

pc_status pc_scenario_show(const char *path, const pc_scenario_options *options, FILE *stream,
                           pc_diagnostics *diagnostics)
{
    printer self = {.stream = stream};
    pc_scenario scenario;
    pc_yaml_node *tree;
    pc_status status = scenario_load(path, options, &scenario, &tree, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("# Paths are relative to the folder in which this was printed.\n", stream);
    print_group(&self, "", tree, 0);
    pc_yaml_free(tree);
    pc_scenario_free(&scenario);
    if (self.no_memory) {
        return PC_ERR_NO_MEMORY;
    }
    if (ferror(stream)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "the scenario could not be written out");
        return PC_ERR_IO;
    }
    return PC_OK;
}
