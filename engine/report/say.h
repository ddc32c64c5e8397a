/* say.h - numbers, money, dates and paragraphs as people say them, for the summaries. */
#ifndef PC_SAY_H
#define PC_SAY_H

#include <stddef.h>
#include <stdio.h>

#include "placecast/day.h"

#define SAY_SIZE 96
#define SAY_WIDTH 80 /* columns of a summary */

/* 1234.6 -> "1,235"; "-" for NaN. Returns `text`, as do the next ones. */
char *say_count(double value, char text[SAY_SIZE]);
/* Pounds: "£512", "£640k", "£14.2m", "£1.2bn"; "-" for NaN. */
char *say_money(double pounds, char text[SAY_SIZE]);
/* "31 Mar 2023" and "31 March 2023". */
char *say_day_short(pc_day day, char text[SAY_SIZE]);
char *say_day(pc_day day, char text[SAY_SIZE]);

/* Columns that a UTF-8 text takes up, a letter a column. */
size_t say_columns(const char *text);
/* `text` in a field of `width` columns, cut when longer. */
void say_left(FILE *stream, const char *text, size_t width);
void say_right(FILE *stream, const char *text, size_t width);
/* A paragraph: `first` and then words, wrapped; further lines are indented as far as `first` is wide. */
void say_paragraph(FILE *stream, const char *first, const char *text);

#endif
