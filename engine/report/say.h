/* say.h - numbers, money, dates and paragraphs as people say them, for the summaries. */
#ifndef PC_SAY_H
#define PC_SAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "placecast/day.h"
#include "placecast/look.h"
#include "placecast/status.h"

#define SAY_SIZE 96

/* Where a summary goes and what it may use there. */
typedef struct say_page {
    FILE *stream;
    size_t width; /* columns, 40 or more */
    bool colour, sparks;
} say_page;

/* The page of a look; a look of width 0 has 80 columns. */
say_page say_page_of(const pc_look *look, FILE *stream);

typedef enum say_ink { SAY_STRONG, SAY_OVER, SAY_UNDER, SAY_QUIET } say_ink;
/* Between the two the text has that ink: nothing on a page without colour. */
void say_ink_begin(const say_page *page, say_ink ink);
void say_ink_end(const say_page *page);

/* 1234.6 -> "1,235"; "-" for NaN. Returns `text`, as do the next ones. */
char *say_count(double value, char text[SAY_SIZE]);
/* Pounds: "£512", "£640k", "£14.2m", "£1.2bn"; "-" for NaN. */
char *say_money(double pounds, char text[SAY_SIZE]);
/* "31 Mar 2023" and "31 March 2023". */
char *say_day_short(pc_day day, char text[SAY_SIZE]);
char *say_day(pc_day day, char text[SAY_SIZE]);

/* Columns that a UTF-8 text takes up, a letter a column. */
size_t say_columns(const char *text);
/* Bytes of its first `columns` letters. */
size_t say_bytes(const char *text, size_t columns);
/* `text` in a field of `width` columns, cut when longer. */
void say_left(const say_page *page, const char *text, size_t width);
void say_right(const say_page *page, const char *text, size_t width);
/* The same on the left; what is cut ends after a word, with two dots. */
void say_label(const say_page *page, const char *text, size_t width);
void say_newline(const say_page *page);
/* A paragraph: `first` and then words, wrapped; further lines are indented as far as `first` is wide. */
void say_paragraph(const say_page *page, const char *first, const char *text);
/* The same made by printf; cut after a thousand bytes. */
void say_words(const say_page *page, const char *first, const char *format, ...) PC_PRINTF(3, 4);
/* What rounding is said to be: %d is the step. */
#define SAY_ROUNDED                                                                                          \
    "every number of children is rounded to the nearest %d, totals by themselves; money is not"

#define SAY_SPARK_MOST 24
/* A line of at most `columns` (SAY_SPARK_MOST) bars for n values, averaged in groups where they are more. A
 * bar's height is between the least and the largest value, but a fifth of the largest is the least that the
 * whole height stands for: what hardly moves looks so. Not finite: a blank. Returns `text`. */
char *say_spark(const double *value, size_t n, size_t columns, char text[3 * SAY_SPARK_MOST + 1]);

#endif
