/* population.h - how many children of each age live in an authority, by calendar year.
 *
 * returns -> episodes -> model -> [scenario] -> simulation -> forecast -> report
 *
 * Read from population.csv (year, age, persons, optional la). A year is a calendar year and its figures are
 * those of 30 June, as in the mid-year estimates and projections of the Office for National Statistics.
 * Between two years they are joined by a straight line; before the first and after the last they are held.
 */
#ifndef PC_POPULATION_H
#define PC_POPULATION_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/day.h"
#include "placecast/diagnostics.h"

#define PC_POPULATION_N_AGE 18 /* 0 to 17; rows of older people are left aside */

/* One authority's table, or the only one. */
typedef struct pc_population_area {
    char *la; /* "" when the file has no column `la` */
    size_t n_year;
    int *year;       /* [n_year]; ascending; gaps are allowed */
    pc_day *day;     /* [n_year]; 30 June of each */
    double *persons; /* [n_year][PC_POPULATION_N_AGE]; >= 0 */
} pc_population_area;

typedef struct pc_population {
    size_t n_area; /* 0: no table */
    pc_population_area *area;
    char *file;
} pc_population;

/* Reads `path`. Every problem is reported by row. On failure `out` is empty. PC_ERR_IO, PC_ERR_INPUT,
 * PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_population_load(const char *path, pc_population *out, pc_diagnostics *diagnostics);
/* The table for authority `la` ("" when the returns name none): its own, or the only one of a file without
 * the column or of returns without names. NULL when there is none. */
const pc_population_area *pc_population_find(const pc_population *self, const char *la);
/* Persons of `age` (0 to 17) on a day, and their mean over the days `from` to `to`, both inside. */
double pc_population_on(const pc_population_area *self, int age, pc_day day);
double pc_population_mean(const pc_population_area *self, int age, pc_day from, pc_day to);
void pc_population_free(pc_population *self); /* NULL is fine; may be called twice */

#endif
