#include "placecast/diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void pc_diagnostics_init(pc_diagnostics *self)
{
    memset(self, 0, sizeof *self);
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
    self->n++;
}

char *pc_message_line(const pc_message *message)
{
    char place[64] = "";

    if (message->file == NULL) {
        return pc_copy_text(message->text);
    }
    if (message->line > 0 && message->column > 0) {
        snprintf(place, sizeof place, ":%ld:%ld", message->line, message->column);
    } else if (message->line > 0) {
        snprintf(place, sizeof place, ":%ld", message->line);
    }
    if (message->column_name != NULL) {
        return pc_format_text("%s%s: column %s: %s", message->file, place, message->column_name,
                              message->text);
    }
    return pc_format_text("%s%s: %s", message->file, place, message->text);
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
