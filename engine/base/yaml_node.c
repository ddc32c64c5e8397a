#include "base/yaml_node.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_yaml_node *pc_yaml_new(pc_yaml_kind kind, const char *file, long line, long column)
{
    pc_yaml_node *self = pc_new_zero(1, sizeof *self);

    if (self == NULL) {
        return NULL;
    }
    self->kind = kind;
    self->line = line;
    self->column = column;
    self->file = pc_copy_text(file);
    if (self->file == NULL) {
        free(self);
        return NULL;
    }
    return self;
}

static bool null_text(const char *text)
{
    return text[0] == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0 ||
           strcmp(text, "Null") == 0 || strcmp(text, "NULL") == 0;
}

pc_yaml_node *pc_yaml_new_scalar(const char *text, size_t length, bool quoted, const char *file, long line,
                                 long column)
{
    pc_yaml_node *self = pc_yaml_new(PC_YAML_SCALAR, file, line, column);

    if (self == NULL) {
        return NULL;
    }
    self->quoted = quoted;
    self->text = pc_copy_bytes_as_text(text, length);
    if (self->text == NULL) {
        pc_yaml_free(self);
        return NULL;
    }
    if (!quoted && null_text(self->text)) {
        self->is_null = true;
        self->text[0] = '\0';
    }
    return self;
}

/* Room for one more child in all four arrays, which share one capacity. */
static pc_status grow_children(pc_yaml_node *self)
{
    size_t child = self->capacity, key = self->capacity, line = self->capacity, column = self->capacity;
    size_t needed = self->n + 1;

    if (needed <= self->capacity) {
        return PC_OK;
    }
    if (pc_grow(&self->child, &child, needed, sizeof(pc_yaml_node *)) != PC_OK ||
        pc_grow(&self->key, &key, needed, sizeof(char *)) != PC_OK ||
        pc_grow(&self->key_line, &line, needed, sizeof(long)) != PC_OK ||
        pc_grow(&self->key_column, &column, needed, sizeof(long)) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->capacity = child;
    return PC_OK;
}

pc_status pc_yaml_append(pc_yaml_node *self, const char *key, long key_line, long key_column,
                         pc_yaml_node *child)
{
    char *copy = pc_copy_text(key);

    if ((key != NULL && copy == NULL) || grow_children(self) != PC_OK) {
        free(copy);
        return PC_ERR_NO_MEMORY;
    }
    self->child[self->n] = child;
    self->key[self->n] = copy;
    self->key_line[self->n] = key_line;
    self->key_column[self->n] = key_column;
    self->n++;
    return PC_OK;
}

void pc_yaml_remove(pc_yaml_node *self, size_t index)
{
    size_t after = self->n - index - 1;

    pc_yaml_free(self->child[index]);
    free(self->key[index]);
    memmove(&self->child[index], &self->child[index + 1], after * sizeof(pc_yaml_node *));
    memmove(&self->key[index], &self->key[index + 1], after * sizeof(char *));
    memmove(&self->key_line[index], &self->key_line[index + 1], after * sizeof(long));
    memmove(&self->key_column[index], &self->key_column[index + 1], after * sizeof(long));
    self->n--;
}

pc_yaml_node *pc_yaml_copy(const pc_yaml_node *self)
{
    pc_yaml_node *copy = pc_yaml_new(self->kind, self->file, self->line, self->column);

    if (copy == NULL) {
        return NULL;
    }
    copy->is_null = self->is_null;
    copy->quoted = self->quoted;
    copy->text = pc_copy_text(self->text);
    if (self->text != NULL && copy->text == NULL) {
        pc_yaml_free(copy);
        return NULL;
    }
    for (size_t c = 0; c < self->n; c++) {
        pc_yaml_node *child = pc_yaml_copy(self->child[c]);

        if (child == NULL ||
            pc_yaml_append(copy, self->key[c], self->key_line[c], self->key_column[c], child) != PC_OK) {
            pc_yaml_free(child);
            pc_yaml_free(copy);
            return NULL;
        }
    }
    return copy;
}

size_t pc_yaml_count(const pc_yaml_node *self)
{
    size_t count = 1;

    for (size_t c = 0; c < self->n; c++) {
        count += pc_yaml_count(self->child[c]);
    }
    return count;
}

size_t pc_yaml_depth(const pc_yaml_node *self)
{
    size_t deepest = 0;

    for (size_t c = 0; c < self->n; c++) {
        size_t depth = pc_yaml_depth(self->child[c]);

        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

pc_yaml_node *pc_yaml_get(const pc_yaml_node *node, const char *key)
{
    if (node == NULL || node->kind != PC_YAML_MAPPING) {
        return NULL;
    }
    for (size_t c = 0; c < node->n; c++) {
        if (strcmp(node->key[c], key) == 0) {
            return node->child[c];
        }
    }
    return NULL;
}

pc_place pc_yaml_place(const pc_yaml_node *node)
{
    return node == NULL ? (pc_place){0}
                        : (pc_place){.file = node->file, .line = node->line, .column = node->column};
}

void pc_yaml_free(pc_yaml_node *node)
{
    if (node == NULL) {
        return;
    }
    for (size_t c = 0; c < node->n; c++) {
        pc_yaml_free(node->child[c]);
        free(node->key[c]);
    }
    free(node->child);
    free(node->key);
    free(node->key_line);
    free(node->key_column);
    free(node->file);
    free(node->text);
    free(node);
}
