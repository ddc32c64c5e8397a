#include "base/yaml.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml_build.h"
#include "base/yaml_text.h"

/* The tree is built from libfyaml's events, not from its documents: its own resolving of aliases is
 * unbounded. */

typedef struct reading {
    pc_yaml_builder builder;
    size_t n_document;
    char said[256]; /* the first thing that libfyaml printed rather than collected */
} reading;

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

/* The text of an anchor's token, NULL when there is none. */
static const char *token_text(struct fy_token *token, size_t *length)
{
    *length = 0;
    return token == NULL ? NULL : fy_token_get_text(token, length);
}

static void refuse_tag(reading *self, struct fy_token *tag, long line, long column)
{
    if (tag != NULL) {
        pc_yaml_build_reject(&self->builder, line, column, false,
                             "a tag (a word that begins with !), expected plain values only");
    }
}

static void on_scalar(reading *self, struct fy_event *event, long line, long column)
{
    enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
    pc_yaml_scalar scalar = {.quoted = style != FYSS_PLAIN, .line = line, .column = column};

    scalar.text = fy_token_get_text(event->scalar.value, &scalar.length);
    if (scalar.text == NULL) {
        scalar.text = "";
        scalar.length = 0;
    }
    if (memchr(scalar.text, '\0', scalar.length) != NULL) {
        pc_yaml_build_reject(&self->builder, line, column, true, "a NUL character, expected text");
        return;
    }
    scalar.anchor = token_text(event->scalar.anchor, &scalar.anchor_length);
    scalar.no_place =
        (scalar.length == 0 && style == FYSS_PLAIN) || style == FYSS_LITERAL || style == FYSS_FOLDED;
    refuse_tag(self, event->scalar.tag, line, column);
    pc_yaml_build_scalar(&self->builder, &scalar);
}

static void on_open(reading *self, struct fy_event *event, long line, long column)
{
    bool mapping = event->type == FYET_MAPPING_START;
    size_t length;
    const char *anchor =
        token_text(mapping ? event->mapping_start.anchor : event->sequence_start.anchor, &length);

    refuse_tag(self, mapping ? event->mapping_start.tag : event->sequence_start.tag, line, column);
    pc_yaml_build_open(&self->builder, mapping ? PC_YAML_MAPPING : PC_YAML_SEQUENCE, anchor, length, line,
                       column);
}

static void on_alias(reading *self, struct fy_event *event, long line, long column)
{
    size_t length;
    const char *name = token_text(event->alias.anchor, &length);

    pc_yaml_build_alias(&self->builder, name == NULL ? "" : name, length, line, column);
}

static void on_event(reading *self, struct fy_event *event)
{
    long line, column;

    event_place(event, &line, &column);
    if (self->n_document + (event->type == FYET_DOCUMENT_START) > 1 && line > 0) {
        pc_yaml_build_reject(&self->builder, line, column, true,
                             "a second document (after --- or ...), expected one");
        return;
    }
    switch (event->type) {
    case FYET_DOCUMENT_START:
        self->n_document++;
        break;
    case FYET_MAPPING_START:
    case FYET_SEQUENCE_START:
        on_open(self, event, line, column);
        break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        pc_yaml_build_close(&self->builder);
        break;
    case FYET_SCALAR:
        on_scalar(self, event, line, column);
        break;
    case FYET_ALIAS:
        on_alias(self, event, line, column);
        break;
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END:
        break;
    }
}

/* What libfyaml collected; its lines and columns count from 1. False when it has nothing to say. */
static bool report_syntax(pc_yaml_builder *self, struct fy_diag *diag)
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
    reading *self = user;

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

static void build(reading *self, struct fy_parser *parser, struct fy_diag *diag)
{
    pc_yaml_builder *builder = &self->builder;
    struct fy_event *event;

    while (!builder->stop && (event = fy_parser_parse(parser)) != NULL) {
        on_event(self, event);
        fy_parser_event_free(parser, event);
    }
    if (builder->stop) {
        return;
    }
    if (errno == ENOMEM) { /* libfyaml says that the file is wrong, or that it ends here */
        pc_yaml_build_out_of_memory(builder);
        return;
    }
    if (report_syntax(builder, diag)) {
        builder->status = PC_ERR_INPUT;
    } else if (fy_parser_get_stream_error(parser) || self->said[0] != '\0') {
        builder->status = PC_ERR_INPUT;
        pc_diagnostics_add(builder->diagnostics, PC_ERROR, (pc_place){.file = builder->shown},
                           "not valid YAML%s%s", self->said[0] == '\0' ? "" : ": ", self->said);
    } else if (builder->root == NULL || builder->root->is_null) {
        pc_yaml_build_reject(builder, 0, 0, true, "an empty file, expected keys and values");
    }
}

pc_status pc_yaml_read_bytes(const char *bytes, size_t size, const char *shown, pc_yaml_node **out,
                             pc_diagnostics *diagnostics)
{
    reading self = {.builder = {.shown = shown, .diagnostics = diagnostics}};
    unsigned flags = FYPCF_QUIET | FYPCF_DISABLE_MMAP_OPT | FYPCF_JSON_NONE;
    struct fy_parse_cfg configuration = {.flags = (enum fy_parse_cfg_flags)flags};
    struct fy_diag_cfg printing;
    struct fy_diag *diag = NULL;
    struct fy_parser *parser = NULL;
    char *text = NULL;

    *out = NULL;
    self.builder.status = pc_yaml_prepare(bytes, size, shown, &text, diagnostics);
    if (self.builder.status != PC_OK) {
        return pc_yaml_build_finish(&self.builder, out);
    }
    errno = 0;
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
        pc_yaml_build_out_of_memory(&self.builder);
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
    return pc_yaml_build_finish(&self.builder, out);
}
