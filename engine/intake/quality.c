/* quality.c - the lines of quality.csv: 24 bytes each, since there may be as many as rows; what they say is
 * kept once. */
#include <gsl/gsl_heapsort.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/intake.h"

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

/* The words of a line after the byte of its rule. */
typedef struct words {
    char rule[1];
    char action[PC_QUALITY_ACTION_SIZE];
} words;

PC_PRINTF(2, 0) static void format_action(words *out, const char *format, va_list arguments)
{
    if (vsnprintf(out->action, sizeof out->action, format, arguments) >= (int)sizeof out->action) {
        cut_to_whole_characters(out->action);
    }
}

static pc_status append(intake *self, intake_rule rule, pc_quality_line line, words *said)
{
    pc_quality *quality = self->quality;
    pc_status status = pc_grow(&quality->line, &quality->capacity, quality->n + 1, sizeof *quality->line);

    said->rule[0] = (char)(rule + 1);
    if (status == PC_OK) {
        status = pc_names_add(&quality->what, said->rule, 1 + strlen(said->action), &line.what);
    }
    if (status == PC_OK) {
        quality->line[quality->n++] = line;
    }
    return status;
}

pc_status intake_note(intake *self, intake_rule rule, uint32_t file, long row, uint32_t la, uint32_t child,
                      const char *format, ...)
{
    words said;
    va_list arguments;

    va_start(arguments, format);
    format_action(&said, format, arguments);
    va_end(arguments);
    return append(self, rule, (pc_quality_line){file, (uint32_t)row, la, child, 0, 0}, &said);
}

static pc_quality_line line_of(const intake *self, const intake_row *row, uint32_t number)
{
    const intake_child *child = &self->child[row->child];

    return (pc_quality_line){self->file[row->file].number, row->row, child->la, child->name, 0, number};
}

pc_status intake_note_row(intake *self, intake_rule rule, const intake_row *row, const char *format, ...)
{
    words said;
    va_list arguments;

    va_start(arguments, format);
    format_action(&said, format, arguments);
    va_end(arguments);
    return append(self, rule, line_of(self, row, 0), &said);
}

pc_status intake_note_loser(intake *self, const intake_row *loser, const intake_row *winner)
{
    const char *file = self->file[winner->file].shown;
    words said;
    int length = snprintf(said.action, sizeof said.action,
                          "row not used: the episode is taken from %s row %u", file, (unsigned)winner->row);
    bool fits = length < (int)sizeof said.action;

    if (fits) {
        snprintf(said.action, sizeof said.action, "row not used: the episode is taken from %s row ", file);
    } else {
        cut_to_whole_characters(said.action);
    }
    return append(self, INTAKE_DUPLICATE_EPISODE, line_of(self, loser, fits ? winner->row : 0), &said);
}

/* ---- reading ---- */

intake_rule intake_rule_of(const pc_quality *self, const pc_quality_line *line)
{
    return (intake_rule)(pc_names_text(&self->what, line->what)[0] - 1);
}

static void write_action(const pc_quality *self, const pc_quality_line *line,
                         char action[PC_QUALITY_ACTION_SIZE])
{
    const char *said = pc_names_text(&self->what, line->what) + 1;
    size_t length = strlen(said); /* below the size: that is how it was written */

    memcpy(action, said, length + 1);
    if (line->number != 0) {
        snprintf(action + length, PC_QUALITY_ACTION_SIZE - length, "%u", (unsigned)line->number);
    }
}

void pc_quality_read(const pc_quality *self, const pc_episodes *episodes, size_t at, pc_quality_row *out)
{
    const pc_quality_line *line = &self->line[at];
    intake_rule rule = intake_rule_of(self, line);

    out->rule = intake_rule_name(rule);
    out->severity = intake_rule_severity(rule);
    out->file = line->file;
    out->row = (long)line->row;
    out->la = episodes == NULL ? "" : pc_names_text(&episodes->la, line->la);
    out->child = episodes == NULL ? "" : pc_names_text(&episodes->child_name, line->child);
    write_action(self, line, out->action);
}

/* ---- order ---- */

static int by_file_and_row(const void *left, const void *right)
{
    const pc_quality_line *a = left, *b = right;

    if (a->file != b->file) {
        return a->file < b->file ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* A line beside the texts that order those of one row. */
typedef struct spoken_line {
    const char *rule, *la, *child;
    const pc_quality *of;
    pc_quality_line line;
} spoken_line;

static int compare_actions(const spoken_line *a, const spoken_line *b)
{
    char action[2][PC_QUALITY_ACTION_SIZE];

    write_action(a->of, &a->line, action[0]);
    write_action(b->of, &b->line, action[1]);
    return strcmp(action[0], action[1]);
}

static int by_text(const void *left, const void *right)
{
    const spoken_line *a = left, *b = right;
    int order = strcmp(a->rule, b->rule);

    order = order != 0 ? order : strcmp(a->la, b->la);
    order = order != 0 ? order : strcmp(a->child, b->child);
    return order != 0 ? order : compare_actions(a, b);
}

/* The lines about one row, or about one file and no row. */
static pc_status sort_by_text(const intake *self, pc_quality_line *line, size_t n)
{
    spoken_line *spoken = pc_new(n, sizeof *spoken);

    if (spoken == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n; at++) {
        spoken[at] = (spoken_line){intake_rule_name(intake_rule_of(self->quality, &line[at])),
                                   pc_names_text(&self->la, line[at].la),
                                   pc_names_text(&self->child_name, line[at].child), self->quality, line[at]};
    }
    qsort(spoken, n, sizeof *spoken, by_text);
    for (size_t at = 0; at < n; at++) {
        line[at] = spoken[at].line;
    }
    free(spoken);
    return PC_OK;
}

pc_status intake_sort_quality(intake *self)
{
    pc_quality *quality = self->quality;
    pc_status status = PC_OK;

    /* in place: qsort may take as much memory again */
    gsl_heapsort(quality->line, quality->n, sizeof *quality->line, by_file_and_row);
    for (size_t from = 0; from < quality->n && status == PC_OK;) {
        size_t to = from + 1;

        while (to < quality->n && by_file_and_row(&quality->line[from], &quality->line[to]) == 0) {
            to++;
        }
        status = to - from > 1 ? sort_by_text(self, quality->line + from, to - from) : PC_OK;
        from = to;
    }
    return status;
}
