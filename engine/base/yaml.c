#include "base/yaml.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/names.h"
#include "base/yaml_node.h"
#include "base/yaml_text.h"

/* The tree is built from libfyaml's events, not from its documents: its own resolving of aliases is
 * unbounded. */

typedef struct frame {
    pc_yaml_node *node; /* an open mapping or sequence; owned by the frame until it is closed */
    char *key;          /* mapping: the key that waits for its value, else NULL; owned */
    long key_line, key_column;
    char
        *anchor; /* its name, or NULL; owned. Known only when the node is closed, so that none holds itself */
} frame;

typedef struct anchor {
    char *name;
    pc_yaml_node *node; /* a copy of its own */
} anchor;

typedef struct builder {
    const char *shown;
    pc_diagnostics *diagnostics;
    pc_status
        status; /* PC_ERR_INPUT once something was rejected; anything but PC_OK and that stops the build */
    bool stop;
    pc_yaml_node *root;
    size_t n_node, n_document;
    frame frame[PC_YAML_MAX_DEPTH];
    size_t depth;
    anchor *anchor;
    size_t n_anchor, anchor_capacity;
    char said[256]; /* the first thing that libfyaml printed rather than collected */
} builder;

static void reject(builder *self, long line, long column, bool stop, const char *text)
{
    pc_diagnostics_add(self->diagnostics, PC_ERROR,
                       (pc_place){.file = self->shown, .line = line, .column = column}, "%s", text);
    self->status = PC_ERR_INPUT;
    self->stop = self->stop || stop;
}

static void out_of_memory(builder *self)
{
    self->status = PC_ERR_NO_MEMORY;
    self->stop = true;
}

/* Counts nodes against the bound; false (and reported) when it is passed. */
static bool count_nodes(builder *self, size_t n, long line, long column)
{
    self->n_node += n;
    if (self->n_node > PC_YAML_MAX_NODES) {
        reject(self, line, column, true,
               "more than 200000 values (do references with * multiply them?), expected fewer");
        return false;
    }
    return true;
}

static pc_status keep_anchor(builder *self, char **name, const pc_yaml_node *node)
{
    anchor *kept = NULL;
    pc_yaml_node *copy;

    for (size_t a = 0; a < self->n_anchor; a++) {
        if (strcmp(self->anchor[a].name, *name) == 0) {
            kept = &self->anchor[a];
        }
    }
    if (kept == NULL &&
        pc_grow(&self->anchor, &self->anchor_capacity, self->n_anchor + 1, sizeof *self->anchor) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    copy = pc_yaml_copy(node);
    if (copy == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (kept == NULL) {
        kept = &self->anchor[self->n_anchor++];
        *kept = (anchor){.name = *name};
        *name = NULL;
    }
    pc_yaml_free(kept->node); /* an anchor may be defined again: later aliases mean the later one */
    kept->node = copy;
    return PC_OK;
}

/* Puts a finished node where it belongs: at the root, in a sequence, or under the key that waits. Takes the
 * node. */
static void place_node(builder *self, pc_yaml_node *node)
{
    frame *top = self->depth == 0 ? NULL : &self->frame[self->depth - 1];

    if (top == NULL) {
        pc_yaml_free(self->root);
        self->root = node;
        return;
    }
    if (top->node->kind == PC_YAML_MAPPING && top->key == NULL) {
        reject(self, node->line, node->column, true,
               "a key that is itself a list or a mapping, expected a plain name");
        pc_yaml_free(node);
        return;
    }
    if (pc_yaml_append(top->node, top->key, top->key_line, top->key_column, node) != PC_OK) {
        out_of_memory(self);
        pc_yaml_free(node);
        return;
    }
    free(top->key);
    top->key = NULL;
}

static void report_duplicates(builder *self, const pc_yaml_node *mapping)
{
    pc_names seen;
    uint32_t number;

    pc_names_init(&seen);
    for (size_t c = 0; c < mapping->n; c++) {
        size_t before = seen.n;

        if (pc_names_add(&seen, mapping->key[c], strlen(mapping->key[c]), &number) != PC_OK) {
            out_of_memory(self);
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

static bool in_quotes(struct fy_token *token)
{
    enum fy_scalar_style style = fy_token_scalar_style(token);

    return style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
}

static void event_place(struct fy_event *event, long *line, long *column)
{
    const struct fy_mark *mark = fy_event_start_mark(event);

    *line = mark == NULL ? 0 : mark->line + 1;
    *column = mark == NULL ? 0 : mark->column + 1;
    /* libfyaml's marks stand after an opening quote and after the * of a reference; people look for these. */
    if (mark != NULL && mark->column > 0 &&
        (event->type == FYET_ALIAS || (event->type == FYET_SCALAR && in_quotes(event->scalar.value)))) {
        (*column)--;
    }
}

/* The anchor of a node as an owned text, NULL when it has none. */
static bool take_anchor(builder *self, struct fy_token *token, char **out)
{
    const char *text;
    size_t length;

    *out = NULL;
    if (token == NULL || (text = fy_token_get_text(token, &length)) == NULL) {
        return true;
    }
    *out = pc_copy_bytes_as_text(text, length);
    if (*out == NULL) {
        out_of_memory(self);
    }
    return *out != NULL;
}

static bool refuse_tag(builder *self, struct fy_token *tag, long line, long column)
{
    if (tag != NULL) {
        reject(self, line, column, false, "a tag (a word that begins with !), expected plain values only");
    }
    return tag == NULL;
}

static void on_scalar(builder *self, struct fy_event *event)
{
    frame *top = self->depth == 0 ? NULL : &self->frame[self->depth - 1];
    enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
    size_t length = 0;
    const char *text = fy_token_get_text(event->scalar.value, &length);
    long line, column;
    char *name;
    pc_yaml_node *node;

    event_place(event, &line, &column);
    if (text == NULL) {
        text = "";
        length = 0;
    }
    if (memchr(text, '\0', length) != NULL) {
        reject(self, line, column, true, "a NUL character, expected text");
        return;
    }
    (void)refuse_tag(self, event->scalar.tag, line, column);
    if (!count_nodes(self, 1, line, column) || !take_anchor(self, event->scalar.anchor, &name)) {
        return;
    }
    if (top != NULL && top->node->kind == PC_YAML_MAPPING && top->key == NULL) {
        top->key = pc_copy_bytes_as_text(text, length);
        top->key_line = line;
        top->key_column = column;
        free(name);
        if (top->key == NULL) {
            out_of_memory(self);
        }
        return;
    }
    /* A value that was left out has no place of its own, and that of a block (| or >) is its second line: the
     * key's. */
    if (((length == 0 && style == FYSS_PLAIN) || style == FYSS_LITERAL || style == FYSS_FOLDED) &&
        top != NULL && top->key != NULL) {
        line = top->key_line;
        column = top->key_column;
    }
    node = pc_yaml_new_scalar(text, length, style != FYSS_PLAIN, self->shown, line, column);
    if (node == NULL || (name != NULL && keep_anchor(self, &name, node) != PC_OK)) {
        out_of_memory(self);
        pc_yaml_free(node);
    } else {
        place_node(self, node);
    }
    free(name);
}

static void on_alias(builder *self, struct fy_event *event)
{
    long line, column;
    char *name;
    const anchor *found = NULL;
    const frame *top = self->depth == 0 ? NULL : &self->frame[self->depth - 1];
    pc_yaml_node *copy;

    event_place(event, &line, &column);
    if (top != NULL && top->node->kind == PC_YAML_MAPPING && top->key == NULL) {
        reject(self, line, column, true, "a key that is a reference, expected a plain name");
        return;
    }
    if (!take_anchor(self, event->alias.anchor, &name)) {
        return;
    }
    for (size_t a = 0; a < self->n_anchor && name != NULL; a++) {
        if (strcmp(self->anchor[a].name, name) == 0) {
            found = &self->anchor[a];
        }
    }
    free(name);
    if (found == NULL) {
        reject(self, line, column, true,
               "a reference (*) to nothing that stands before it, expected one with & above");
        return;
    }
    if (self->depth + pc_yaml_depth(found->node) > PC_YAML_MAX_DEPTH) {
        reject(self, line, column, true, "nested more than 64 deep, expected less");
        return;
    }
    if (!count_nodes(self, pc_yaml_count(found->node), line, column)) {
        return;
    }
    copy = pc_yaml_copy(found->node);
    if (copy == NULL) {
        out_of_memory(self);
        return;
    }
    place_node(self, copy);
}

static void on_open(builder *self, struct fy_event *event, pc_yaml_kind kind)
{
    struct fy_token *name =
        kind == PC_YAML_MAPPING ? event->mapping_start.anchor : event->sequence_start.anchor;
    struct fy_token *tag = kind == PC_YAML_MAPPING ? event->mapping_start.tag : event->sequence_start.tag;
    frame *top = &self->frame[self->depth];
    long line, column;

    event_place(event, &line, &column);
    (void)refuse_tag(self, tag, line, column);
    if (self->depth + 1 >= PC_YAML_MAX_DEPTH) {
        reject(self, line, column, true, "nested more than 64 deep, expected less");
        return;
    }
    if (!count_nodes(self, 1, line, column)) {
        return;
    }
    *top = (frame){0};
    if (!take_anchor(self, name, &top->anchor)) {
        return;
    }
    top->node = pc_yaml_new(kind, self->shown, line, column);
    if (top->node == NULL) {
        free(top->anchor);
        out_of_memory(self);
        return;
    }
    self->depth++;
}

static void on_close(builder *self)
{
    frame *top = &self->frame[--self->depth];
    pc_yaml_node *node = top->node;

    if (node->kind == PC_YAML_MAPPING) {
        report_duplicates(self, node);
    }
    if (top->anchor != NULL && keep_anchor(self, &top->anchor, node) != PC_OK) {
        out_of_memory(self);
    }
    free(top->anchor);
    place_node(self, node);
}

static void on_event(builder *self, struct fy_event *event)
{
    long line, column;

    event_place(event, &line, &column);
    if (self->n_document + (event->type == FYET_DOCUMENT_START) > 1 && line > 0) {
        reject(self, line, column, true, "a second document (after --- or ...), expected one");
        return;
    }
    switch (event->type) {
    case FYET_DOCUMENT_START:
        self->n_document++;
        break;
    case FYET_MAPPING_START:
        on_open(self, event, PC_YAML_MAPPING);
        break;
    case FYET_SEQUENCE_START:
        on_open(self, event, PC_YAML_SEQUENCE);
        break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        on_close(self);
        break;
    case FYET_SCALAR:
        on_scalar(self, event);
        break;
    case FYET_ALIAS:
        on_alias(self, event);
        break;
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END:
        break;
    }
}

/* What libfyaml collected; its lines and columns count from 1. False when it has nothing to say. */
static bool report_syntax(builder *self, struct fy_diag *diag)
{
    struct fy_diag_error *error;
    void *before = NULL;
    bool any = false;

    while ((error = fy_diag_errors_iterate(diag, &before)) != NULL) {
        if (error->type == FYET_ERROR) {
            pc_diagnostics_add(self->diagnostics, PC_ERROR,
                               (pc_place){.file = self->shown,
                                          .line = error->line > 0 ? error->line : 0,
                                          .column = error->line > 0 && error->column > 0 ? error->column : 0},
                               "not valid YAML: %s", error->msg);
            any = true;
        }
    }
    return any;
}

/* Some failures libfyaml does not collect but prints: they must not reach the terminal of whoever uses the
 * library. */
static void catch_print(struct fy_diag *diag, void *user, const char *text, size_t length)
{
    builder *self = user;

    (void)diag;
    if (self->said[0] == '\0') {
        size_t prefix = length > 7 && strncmp(text, "[ERR]: ", 7) == 0 ? 7 : 0;
        size_t n = length - prefix < sizeof self->said - 1 ? length - prefix : sizeof self->said - 1;

        memcpy(self->said, text + prefix, n);
        while (n > 0 && (self->said[n - 1] == '\n' || self->said[n - 1] == '\0')) {
            n--;
        }
        self->said[n] = '\0';
    }
}

static void build(builder *self, struct fy_parser *parser, struct fy_diag *diag)
{
    struct fy_event *event;

    while (!self->stop && (event = fy_parser_parse(parser)) != NULL) {
        on_event(self, event);
        fy_parser_event_free(parser, event);
    }
    if (self->stop) {
        return;
    }
    if (report_syntax(self, diag)) {
        self->status = PC_ERR_INPUT;
    } else if (fy_parser_get_stream_error(parser) || self->said[0] != '\0') {
        self->status = PC_ERR_INPUT;
        pc_diagnostics_add(self->diagnostics, PC_ERROR, (pc_place){.file = self->shown}, "not valid YAML%s%s",
                           self->said[0] == '\0' ? "" : ": ", self->said);
    } else if (self->root == NULL || self->root->is_null) {
        reject(self, 0, 0, true, "an empty file, expected keys and values");
    }
}

static pc_status finish(builder *self, pc_yaml_node **out)
{
    while (self->depth > 0) {
        frame *top = &self->frame[--self->depth];

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

pc_status pc_yaml_read_bytes(const char *bytes, size_t size, const char *shown, pc_yaml_node **out,
                             pc_diagnostics *diagnostics)
{
    builder self = {.shown = shown, .diagnostics = diagnostics};
    struct fy_parse_cfg configuration = {.flags = FYPCF_QUIET | FYPCF_DISABLE_MMAP_OPT | FYPCF_JSON_NONE};
    struct fy_diag_cfg printing;
    struct fy_diag *diag = NULL;
    struct fy_parser *parser = NULL;
    char *text = NULL;

    *out = NULL;
    self.status = pc_yaml_prepare(bytes, size, shown, &text, diagnostics);
    if (self.status != PC_OK) {
        return finish(&self, out);
    }
    fy_diag_cfg_default(&printing);
    printing.fp = NULL;
    printing.output_fn = catch_print;
    printing.user = &self;
    printing.level = FYET_ERROR;
    printing.colorize = false;
    diag = fy_diag_create(&printing);
    if (diag != NULL) {
        fy_diag_set_collect_errors(diag, true);
        configuration.diag = diag;
        parser = fy_parser_create(&configuration);
    }
    if (parser == NULL || fy_parser_set_string(parser, text, size) != 0) {
        out_of_memory(&self);
    } else {
        build(&self, parser, diag);
    }
    if (parser != NULL) {
        fy_parser_destroy(parser);
    }
    if (diag != NULL) {
        fy_diag_destroy(diag);
    }
    free(text);
    return finish(&self, out);
}
