/* --set KEY=VALUE: one key of the tree overridden, lists addressed by `name`. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "scenario/chain.h"

typedef struct setter {
    scenario_reader *reader;
    char *label;    /* "--set KEY=VALUE": the file of what it sets */
    pc_place place; /* of the key */
} setter;

static void complain(const setter *self, const char *format, const char *text)
{
    char found[512];

    snprintf(found, sizeof found, "%.*s\"%.80s\"%.300s", (int)strcspn(format, "@"), format, text,
             strchr(format, '@') + 1);
    scenario_problem(self->reader, self->place, "%s", found);
}

/* Values from --set have no line; that also marks their paths as relative to the current folder. */
static void forget_lines(pc_yaml_node *node)
{
    node->line = 0;
    node->column = 0;
    for (size_t c = 0; c < node->n; c++) {
        node->key_line[c] = 0;
        node->key_column[c] = 0;
        forget_lines(node->child[c]);
    }
}

static const char *child_name(const pc_yaml_node *node, size_t index)
{
    const pc_yaml_node *name;

    if (node->kind == PC_YAML_MAPPING) {
        return node->key[index];
    }
    name = pc_yaml_get(node->child[index], "name");
    return name == NULL || name->kind != PC_YAML_SCALAR ? NULL : name->text;
}

/* The child that the beginning of `path` names, the longest that fits since names may hold dots; SIZE_MAX for
 * none. */
static size_t find_step(const pc_yaml_node *node, const char *path, size_t *length)
{
    size_t best = SIZE_MAX;

    *length = 0;
    for (size_t c = 0; c < node->n; c++) {
        const char *name = child_name(node, c);
        size_t n = name == NULL ? 0 : strlen(name);

        if (n > *length && strncmp(name, path, n) == 0 && (path[n] == '.' || path[n] == '\0')) {
            best = c;
            *length = n;
        }
    }
    return best;
}

static pc_yaml_node *add_mapping(setter *self, pc_yaml_node *node, const char *name)
{
    pc_yaml_node *added = pc_yaml_new(PC_YAML_MAPPING, self->label, 0, 0);

    if (added == NULL || pc_yaml_append(node, name, self->place.line, self->place.column, added) != PC_OK) {
        pc_yaml_free(added);
        self->reader->no_memory = true;
        return NULL;
    }
    return added;
}

static void put(setter *self, pc_yaml_node *node, const char *name, size_t found, pc_yaml_node *value)
{
    if (found != SIZE_MAX) {
        pc_yaml_free(node->child[found]);
        node->child[found] = value;
        node->key_line[found] = self->place.line;
        node->key_column[found] = self->place.column;
    } else if (pc_yaml_append(node, name, self->place.line, self->place.column, value) != PC_OK) {
        pc_yaml_free(value);
        self->reader->no_memory = true;
    }
}

/* Walks down `path` and puts the value there. Takes the value. */
static void put_at(setter *self, pc_yaml_node *node, const char *path, pc_yaml_node *value)
{
    char name[128];
    size_t length, found;

    while (true) {
        if (node->kind == PC_YAML_SCALAR) {
            complain(self, "nothing can be set below @: it is a single value", path);
            break;
        }
        found = find_step(node, path, &length);
        if (found == SIZE_MAX && node->kind == PC_YAML_SEQUENCE) {
            complain(self, "no item of the list is called as in @, expected the `name` of one", path);
            break;
        }
        length = found == SIZE_MAX ? strcspn(path, ".") : length;
        if (length == 0 || length >= sizeof name || (path[length] == '.' && path[length + 1] == '\0')) {
            complain(self, "found the key @, expected a dotted key such as data.window.from", path);
            break;
        }
        memcpy(name, path, length);
        name[length] = '\0';
        if (path[length] == '\0') {
            put(self, node, name, found, value);
            return;
        }
        node = found == SIZE_MAX ? add_mapping(self, node, name) : node->child[found];
        if (node == NULL) {
            break;
        }
        path += length + 1;
    }
    pc_yaml_free(value);
}

static pc_yaml_node *read_value(setter *self, const char *text)
{
    pc_diagnostics *diagnostics = self->reader->diagnostics;
    size_t before = diagnostics == NULL ? 0 : diagnostics->n;
    pc_yaml_node *value = NULL;
    pc_status status;

    if (text[strspn(text, " \t")] == '\0') {
        value = pc_yaml_new_scalar("", 0, false, self->label, 0, 0);
        self->reader->no_memory = self->reader->no_memory || value == NULL;
        return value;
    }
    status = pc_yaml_read_bytes(text, strlen(text), self->label, &value, diagnostics);
    if (status != PC_OK) {
        for (size_t m = before; diagnostics != NULL && m < diagnostics->n; m++) {
            diagnostics->message[m].line = 0; /* of the value, not of a file */
            diagnostics->message[m].column = 0;
        }
        self->reader->n_problem++;
        self->reader->no_memory = self->reader->no_memory || status == PC_ERR_NO_MEMORY;
        return NULL;
    }
    forget_lines(value);
    scenario_check_list_names(self->reader, value);
    return value;
}

static bool may_set(const setter *self, const char *key)
{
    if (strcmp(key, "extends") == 0 || strcmp(key, "remove") == 0) {
        complain(self, "found the key @, which cannot be set: expected it in a file", key);
        return false;
    }
    return true;
}

void scenario_put_value(scenario_reader *reader, pc_yaml_node *tree, const char *key,
                        const pc_yaml_node *value, pc_place place)
{
    char file[512]; /* of the groups that are made on the way */
    setter self = {.reader = reader, .label = file, .place = place};
    pc_yaml_node *copy;

    snprintf(file, sizeof file, "%s", place.file == NULL ? "" : place.file);
    if (!may_set(&self, key)) {
        return;
    }
    copy = pc_yaml_copy(value);
    if (copy == NULL) {
        reader->no_memory = true;
    } else {
        put_at(&self, tree, key, copy);
    }
}

void scenario_apply_setting(scenario_reader *reader, pc_yaml_node *tree, const pc_setting *setting)
{
    setter self = {.reader = reader,
                   .label = pc_format_text("--set %.200s=%.200s", setting->key, setting->value)};
    pc_yaml_node *value;

    if (self.label == NULL) {
        reader->no_memory = true;
        return;
    }
    for (char *c = self.label; *c != '\0'; c++) {
        *c = (unsigned char)*c < 0x20 ? ' ' : *c;
    }
    self.place.file = self.label;
    if (may_set(&self, setting->key) && (value = read_value(&self, setting->value)) != NULL) {
        put_at(&self, tree, setting->key, value);
    }
    free(self.label);
}
