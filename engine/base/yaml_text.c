#include "base/yaml_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "base/yaml.h"

/* Is text[at] the first thing of its line, apart from indentation and the dashes of lists? */
static bool begins_line(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '-')) {
        at--;
    }
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

static bool blank_or_end(const char *text, size_t at, size_t size)
{
    return at >= size || text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r';
}

/* What is wrong at text[at], or NULL. */
static const char *refused_form(const char *text, size_t at, size_t size)
{
    if (text[at] == '?' && blank_or_end(text, at + 1, size) && begins_line(text, at)) {
        return "a key introduced by ?, expected `key: value`";
    }
    if (text[at] == '%' && (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r')) {
        return "a directive (a line that begins with %), expected none";
    }
    return NULL;
}

static pc_status refuse(pc_diagnostics *diagnostics, const char *shown, long line, long column,
                        const char *text)
{
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = shown, .line = line, .column = column}, "%s",
                       text);
    return PC_ERR_INPUT;
}

static pc_status scan(const char *text, size_t size, const char *shown, pc_diagnostics *diagnostics)
{
    long line = 1, column = 1;

    for (size_t at = 0; at < size;) {
        size_t n = pc_utf8_length((const unsigned char *)text + at, size - at);
        const char *wrong = n == 0 ? NULL : refused_form(text, at, size);

        if (n == 0) {
            pc_diagnostics_add(diagnostics, PC_ERROR,
                               (pc_place){.file = shown, .line = line, .column = column},
                               "byte 0x%02X, expected text in UTF-8 (save it again as UTF-8)",
                               (unsigned)(unsigned char)text[at]);
            return PC_ERR_INPUT;
        }
        if (wrong != NULL) {
            return refuse(diagnostics, shown, line, column, wrong);
        }
        column = text[at] == '\n' ? 1 : column + 1;
        line += text[at] == '\n';
        at += n;
    }
    return PC_OK;
}

/* In the middle of a line a tab is a blank; at its beginning it is left for libfyaml to refuse, except in
 * JSON, which may be indented by tabs. */
static void blank_tabs(char *text, size_t size)
{
    size_t first = strspn(text, " \t\r\n");
    bool json = first < size && (text[first] == '{' || text[first] == '[');
    bool indentation = true;

    for (size_t at = 0; at < size; at++) {
        if (text[at] == '\n' || text[at] == '\r') {
            indentation = true;
        } else if (text[at] == '\t') {
            text[at] = json || !indentation ? ' ' : '\t';
        } else if (text[at] != ' ') {
            indentation = false;
        }
    }
}

pc_status pc_yaml_prepare(const char *bytes, size_t size, const char *shown, char **out,
                          pc_diagnostics *diagnostics)
{
    pc_status status;

    *out = NULL;
    if (size > PC_YAML_MAX_BYTES) {
        return refuse(diagnostics, shown, 0, 0, "larger than 16 MiB, expected a scenario of a few pages");
    }
    if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        return refuse(diagnostics, shown, 1, 1, "text in UTF-16, expected UTF-8 (save it again as UTF-8)");
    }
    status = scan(bytes, size, shown, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    *out = pc_copy_bytes_as_text(bytes, size);
    if (*out == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    blank_tabs(*out, size);
    return PC_OK;
}
