#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "intake/intake.h"

#define MAX_ACTION 400 /* bytes; what a field held is cut to this */

/* Texts repeat (a child's name, "row not used"), so they are kept once. */
static pc_status keep_text(pc_quality *quality, const char *text, uint32_t *number)
{
    return pc_names_add(&quality->text, text, strlen(text), number);
}

static pc_status append(intake *self, intake_rule rule, uint32_t file, long row, uint32_t la, uint32_t child,
                        const char *action)
{
    pc_quality *quality = self->quality;
    uint32_t la_text = PC_NAME_NONE, child_text = PC_NAME_NONE, action_text = 0;
    pc_status status = pc_grow(&quality->row, &quality->capacity, quality->n + 1, sizeof *quality->row);

    if (status == PC_OK && la != PC_NAME_NONE) {
        status = keep_text(quality, pc_names_text(&self->la, la), &la_text);
    }
    if (status == PC_OK && child != PC_NAME_NONE) {
        status = keep_text(quality, pc_names_text(&self->child_name, child), &child_text);
    }
    if (status == PC_OK) {
        status = keep_text(quality, action, &action_text);
    }
    if (status == PC_OK) {
        quality->row[quality->n++] =
            (pc_quality_row){intake_rule_name(rule),
                             intake_rule_severity(rule),
                             file,
                             row,
                             la_text == PC_NAME_NONE ? NULL : quality->text.text[la_text],
                             child_text == PC_NAME_NONE ? NULL : quality->text.text[child_text],
                             quality->text.text[action_text]};
    }
    return status;
}

/* A text cut within a character of several bytes would not be UTF-8 any more. */
static void cut_to_whole_characters(char *text)
{
    size_t length = strlen(text), at = length;

    while (at > 0 && ((unsigned char)text[at - 1] & 0xC0) == 0x80) {
        at--;
    }
    if (at > 0 && ((unsigned char)text[at - 1] & 0xC0) == 0xC0) {
        text[at - 1] = '\0';
    }
}

PC_PRINTF(2, 0) static void format_action(char action[MAX_ACTION], const char *format, va_list arguments)
{
    if (vsnprintf(action, MAX_ACTION, format, arguments) >= MAX_ACTION) {
        cut_to_whole_characters(action);
    }
}

pc_status intake_note(intake *self, intake_rule rule, uint32_t file, long row, uint32_t la, uint32_t child,
                      const char *format, ...)
{
    char action[MAX_ACTION];
    va_list arguments;

    va_start(arguments, format);
    format_action(action, format, arguments);
    va_end(arguments);
    return append(self, rule, file, row, la, child, action);
}

pc_status intake_note_row(intake *self, intake_rule rule, const intake_row *row, const char *format, ...)
{
    const intake_child *child = &self->child[row->child];
    char action[MAX_ACTION];
    va_list arguments;

    va_start(arguments, format);
    format_action(action, format, arguments);
    va_end(arguments);
    return append(self, rule, self->file[row->file].number, (long)row->row, child->la, child->name, action);
}
