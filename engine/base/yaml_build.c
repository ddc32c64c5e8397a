#include "base/yaml_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/yaml_node.h"
#include "placecast/names.h"

void pc_yaml_build_reject(pc_yaml_builder *self, long line, long column, bool stop, const char *text)
{
    pc_diagnostics_add(self->diagnostics, PC_ERROR,
                       (pc_place){.file = self->shown, .line = line, .column = column}, "%s", text);
    self->status = PC_ERR_INPUT;
    self->stop = self->stop || stop;
}

void pc_yaml_build_out_of_memory(pc_yaml_builder *self)
{
    self->status = PC_ERR_NO_MEMORY;
    self->stop = true;
}

/* Counts nodes against the bound; false (and reported) when it is passed. */
static bool count_nodes(pc_yaml_builder *self, size_t n, long line, long column)
{
    self->n_node += n;
    if (self->n_node > PC_YAML_MAX_NODES) {
        pc_yaml_build_reject(self, line, column, true,
                             "more than 200000 values (do references with * multiply them?), expected fewer");
        return false;
    }
    return true;
}

static pc_yaml_anchor *find_anchor(pc_yaml_builder *self, const char *name, size_t length)
{
    for (size_t a = 0; a < self->n_anchor; a++) {
        if (strncmp(self->anchor[a].name, name, length) == 0 && self->anchor[a].name[length] == '\0') {
            return &self->anchor[a];
        }
    }
    return NULL;
}

static pc_yaml_anchor *add_anchor(pc_yaml_builder *self, const char *name, const pc_yaml_node *node)
{
    char *copy;

    if (self->n_anchor == PC_YAML_MAX_ANCHORS) {
        pc_yaml_build_reject(self, node->line, node->column, true,
                             "more than 1000 anchors (&), expected fewer");
        return NULL;
    }
    copy = pc_copy_text(name);
    if (copy == NULL ||
        pc_grow(&self->anchor, &self->anchor_capacity, self->n_anchor + 1, sizeof *self->anchor) != PC_OK) {
        free(copy);
        pc_yaml_build_out_of_memory(self);
        return NULL;
    }
    self->anchor[self->n_anchor] = (pc_yaml_anchor){.name = copy};
    return &self->anchor[self->n_anchor++];
}

/* An anchor may be defined again: later aliases mean the later one. */
static void keep_anchor(pc_yaml_builder *self, const char *name, const pc_yaml_node *node)
{
    pc_yaml_anchor *kept = find_anchor(self, name, strlen(name));
    pc_yaml_node *copy;

    if (!count_nodes(self, pc_yaml_count(node), node->line, node->column) ||
        (kept == NULL && (kept = add_anchor(self, name, node)) == NULL)) {
        return;
    }
    copy = pc_yaml_copy(node);
    if (copy == NULL) {
        pc_yaml_build_out_of_memory(self);
        return;
    }
    pc_yaml_free(kept->node);
    kept->node = copy;
}

/* Puts a finished node where it belongs: at the root, in a sequence, or under the key that waits. Takes the
 * node. */
static void place_node(pc_yaml_builder *self, pc_yaml_node *node)
{
    pc_yaml_frame *top = self->depth == 0 ? NULL : &self->frame[self->depth - 1];

    if (top == NULL) {
        pc_yaml_free(self->root);
        self->root = node;
        return;
    }
    if (top->node->kind == PC_YAML_MAPPING && top->key == NULL) {
        pc_yaml_build_reject(self, node->line, node->column, true,
                             "a key that is itself a list or a mapping, expected a plain name");
        pc_yaml_free(node);
        return;
    }
    if (pc_yaml_append(top->node, top->key, top->key_line, top->key_column, node) != PC_OK) {
        pc_yaml_build_out_of_memory(self);
        pc_yaml_free(node);
        return;
    }
    free(top->key);
    top->key = NULL;
}

static void report_duplicates(pc_yaml_builder *self, const pc_yaml_node *mapping)
{
    pc_names seen;
    uint32_t number;

    pc_names_init(&seen);
    for (size_t c = 0; c < mapping->n; c++) {
        size_t before = seen.n;

        if (pc_names_add(&seen, mapping->key[c], strlen(mapping->key[c]), &number) != PC_OK) {
            pc_yaml_build_out_of_memory(self);
            break;
        }
        if (seen.n == before) {
            size_t first = 0;

            while (strcmp(mapping->key[first], mapping->key[c]) != 0) {
                first++;
            }
            self->status = PC_ERR_INPUT;
            pc_diagnostics_add(self->diagnostics, PC_ERROR,
                               (pc_place){.file = self->shown,
                                          .line = mapping->key_line[c],
                                          .column = mapping->key_column[c]},
                               "key \"%s\" again, expected once: it stands already at line %ld, column %ld",
                               mapping->key[c], mapping->key_line[first], mapping->key_column[first]);
        }
    }
    pc_names_free(&seen);
}

/* Is the open mapping waiting for a key? */
static bool wants_key(const pc_yaml_builder *self)
{
    const pc_yaml_frame *top = self->depth == 0 ? NULL : &self->frame[self->depth - 1];

    return top != NULL && top->node->kind == PC_YAML_MAPPING && top->key == NULL;
}

static void take_key(pc_yaml_builder *self, const pc_yaml_scalar *scalar)
{
    pc_yaml_frame *top = &self->frame[self->depth - 1];

    top->key = pc_copy_bytes_as_text(scalar->text, scalar->length);
    top->key_line = scalar->line;
    top->key_column = scalar->column;
    if (top->key == NULL) {
        pc_yaml_build_out_of_memory(self);
    }
}

static char *copy_anchor(pc_yaml_builder *self, const char *anchor, size_t length)
{
    char *copy = anchor == NULL ? NULL : pc_copy_bytes_as_text(anchor, length);

    if (anchor != NULL && copy == NULL) {
        pc_yaml_build_out_of_memory(self);
    }
    return copy;
}

void pc_yaml_build_scalar(pc_yaml_builder *self, const pc_yaml_scalar *scalar)
{
    const pc_yaml_frame *top = self->depth == 0 ? NULL : &self->frame[self->depth - 1];
    bool at_key = scalar->no_place && top != NULL && top->key != NULL;
    pc_yaml_node *node;
    char *name;

    if (!count_nodes(self, 1, scalar->line, scalar->column)) {
        return;
    }
    if (wants_key(self)) {
        take_key(self, scalar);
        return;
    }
    node =
        pc_yaml_new_scalar(scalar->text, scalar->length, scalar->quoted, self->shown,
                           at_key ? top->key_line : scalar->line, at_key ? top->key_column : scalar->column);
    if (node == NULL) {
        pc_yaml_build_out_of_memory(self);
        return;
    }
    name = copy_anchor(self, scalar->anchor, scalar->anchor_length);
    if (name != NULL) {
        keep_anchor(self, name, node);
    }
    free(name);
    place_node(self, node);
}

void pc_yaml_build_alias(pc_yaml_builder *self, const char *name, size_t length, long line, long column)
{
    const pc_yaml_anchor *found = find_anchor(self, name, length);
    pc_yaml_node *copy;

    if (wants_key(self)) {
        pc_yaml_build_reject(self, line, column, true, "a key that is a reference, expected a plain name");
    } else if (found == NULL) {
        pc_yaml_build_reject(self, line, column, true,
                             "a reference (*) to nothing that stands before it, expected one with & above");
    } else if (self->depth + pc_yaml_depth(found->node) > PC_YAML_MAX_DEPTH) {
        pc_yaml_build_reject(self, line, column, true, "nested more than 64 deep, expected less");
    } else if (count_nodes(self, pc_yaml_count(found->node), line, column)) {
        copy = pc_yaml_copy(found->node);
        if (copy == NULL) {
            pc_yaml_build_out_of_memory(self);
        } else {
            place_node(self, copy);
        }
    }
}

void pc_yaml_build_open(pc_yaml_builder *self, pc_yaml_kind kind, const char *anchor, size_t anchor_length,
                        long line, long column)
{
    pc_yaml_frame *top = &self->frame[self->depth];

    if (self->depth + 1 >= PC_YAML_MAX_DEPTH) {
        pc_yaml_build_reject(self, line, column, true, "nested more than 64 deep, expected less");
        return;
    }
    if (!count_nodes(self, 1, line, column)) {
        return;
    }
    *top = (pc_yaml_frame){.node = pc_yaml_new(kind, self->shown, line, column)};
    if (top->node == NULL) {
        pc_yaml_build_out_of_memory(self);
        return;
    }
    top->anchor = copy_anchor(self, anchor, anchor_length);
    self->depth++;
}

void pc_yaml_build_close(pc_yaml_builder *self)
{
    pc_yaml_frame *top = &self->frame[--self->depth];
    pc_yaml_node *node = top->node;

    if (node->kind == PC_YAML_MAPPING) {
        report_duplicates(self, node);
    }
    if (top->anchor != NULL) {
        keep_anchor(self, top->anchor, node);
    }
    free(top->anchor);
    place_node(self, node);
}

pc_status pc_yaml_build_finish(pc_yaml_builder *self, pc_yaml_node **out)
{
    while (self->depth > 0) {
        pc_yaml_frame *top = &self->frame[--self->depth];

        pc_yaml_free(top->node);
        free(top->key);
        free(top->anchor);
    }
    for (size_t a = 0; a < self->n_anchor; a++) {
        free(self->anchor[a].name);
        pc_yaml_free(self->anchor[a].node);
    }
    free(self->anchor);
    if (self->status != PC_OK) {
        pc_yaml_free(self->root);
        self->root = NULL;
    }
    *out = self->root;
    return self->status;
}
