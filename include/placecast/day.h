/* day.h - calendar days as integers, months and financial years.
 *
 * A day is the number of days since 1970-01-01. Every interval is half-open, [start, end). The financial year
 * runs from 1 April to 31 March and is named by the year in which it begins: 2011 is `2011/12`.
 */
#ifndef PC_DAY_H
#define PC_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t pc_day;

#define PC_DAY_NONE INT32_MIN /* unknown */
#define PC_DAY_OPEN INT32_MAX /* the end of what has not ended */
#define PC_DAYS_PER_YEAR 365.25
#define PC_DAY_TEXT_SIZE 12 /* bytes for "yyyy-mm-dd" and a NUL */

typedef struct pc_date {
    int year;
    int month; /* 1-12 */
    int day;   /* 1-31 */
} pc_date;

/* Years 1 to 9999 are accepted by pc_day_valid; the conversions are the proleptic Gregorian calendar. */
bool pc_date_valid(pc_date date);
pc_day pc_day_from_date(pc_date date); /* date must be valid */
pc_date pc_date_from_day(pc_day day);

/* Reads dd/mm/yyyy or yyyy-mm-dd (a time of day after a space or T is ignored when it is all digits, `:` and
 * `.`). False when the text is neither, or no such day exists (31/09/2012). */
bool pc_day_parse(const char *text, size_t length, pc_day *out);

/* Writes yyyy-mm-dd, or "" for PC_DAY_NONE and PC_DAY_OPEN. Returns `text`. */
char *pc_day_format(pc_day day, char text[PC_DAY_TEXT_SIZE]);

/* The n-th birthday of one born on `birth`; 29 February gives 1 March in other years. */
pc_day pc_birthday(pc_day birth, int years);

/* Completed years of age on `day`; day >= birth. */
int pc_age_years(pc_day birth, pc_day day);

/* Calendar month as year * 12 + (month - 1), and its first day. */
int pc_month_of_day(pc_day day);
pc_day pc_month_first_day(int month_index);

/* The financial year that holds `day` (the year of its April), its first day, and its name `2011/12`. */
int pc_financial_year(pc_day day);
pc_day pc_financial_year_first_day(int year);
char *pc_financial_year_format(int year, char text[PC_DAY_TEXT_SIZE]);
/* Reads `2011/12`; false when it is not of that form or the two parts do not follow. */
bool pc_financial_year_parse(const char *text, size_t length, int *out);

#endif
