#include "placecast/diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { NUMBERS_SIZE = 64 };

void pc_diagnostics_init(pc_diagnostics *self)
{
    memset(self, 0, sizeof *self);
}

/* What a file holds must not drive the terminal of who reads the message, nor break it into lines. */
static char printable(char c)
{
    return c == '\n' || c == '\r' || c == '\t' ? ' ' : (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
}

static void make_printable(char *text)
{
    for (char *c = text; c != NULL && *c != '\0'; c++) {
        *c = printable(*c);
    }
}

void pc_diagnostics_add(pc_diagnostics *self, pc_severity severity, pc_place place, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    pc_message *message;

    if (self == NULL) {
        return;
    }
    self->count[severity]++;
    if (pc_grow(&self->message, &self->capacity, self->n + 1, sizeof *self->message) != PC_OK) {
        self->lost = 1;
        return;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    make_printable(text);
    message = &self->message[self->n];
    *message = (pc_message){.severity = severity,
                            .file = pc_copy_text(place.file),
                            .line = place.line,
                            .column = place.column,
                            .column_name = pc_copy_text(place.column_name),
                            .text = pc_copy_text(text)};
    if (message->text == NULL) {
        free(message->file);
        free(message->column_name);
        self->lost = 1;
        return;
    }
    self->lost |= (place.file != NULL && message->file == NULL) ||
                  (place.column_name != NULL && message->column_name == NULL); /* where it is, at least */
    self->n++;
}

/* ":LINE:COLUMN", ":LINE" or nothing. */
static const char *numbers_of(const pc_message *message, char text[NUMBERS_SIZE])
{
    text[0] = '\0';
    if (message->line > 0 && message->column > 0) {
        snprintf(text, NUMBERS_SIZE, ":%ld:%ld", message->line, message->column);
    } else if (message->line > 0) {
        snprintf(text, NUMBERS_SIZE, ":%ld", message->line);
    }
    return text;
}

char *pc_message_line(const pc_message *message)
{
    char numbers[NUMBERS_SIZE], *line;
    const char *place = numbers_of(message, numbers);

    if (message->file == NULL) {
        line = pc_copy_text(message->text);
    } else if (message->column_name != NULL) {
        line =
            pc_format_text("%s%s: column %s: %s", message->file, place, message->column_name, message->text);
    } else {
        line = pc_format_text("%s%s: %s", message->file, place, message->text);
    }
    make_printable(line); /* the names of file and column too come from outside */
    return line;
}

static void write_printable(const char *text, FILE *stream)
{
    for (const char *c = text; *c != '\0'; c++) {
        putc(printable(*c), stream);
    }
}

void pc_message_write(const pc_message *message, FILE *stream)
{
    char numbers[NUMBERS_SIZE];

    if (message->file != NULL) {
        write_printable(message->file, stream);
        fprintf(stream, "%s: ", numbers_of(message, numbers));
        if (message->column_name != NULL) {
            fputs("column ", stream);
            write_printable(message->column_name, stream);
            fputs(": ", stream);
        }
    }
    write_printable(message->text, stream);
}

void pc_diagnostics_free(pc_diagnostics *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t m = 0; m < self->n; m++) {
        free(self->message[m].file);
        free(self->message[m].column_name);
        free(self->message[m].text);
    }
    free(self->message);
    pc_diagnostics_init(self);
}
