/* prices.h - weekly prices by category and their growth, as read from weekly.csv and inflation.csv. */
#ifndef PC_PRICES_H
#define PC_PRICES_H

#include "placecast/codes.h"
#include "placecast/day.h"

/* Growth of one category's price into financial year `year`, as a fraction (0.05 = 5%). */
typedef struct pc_inflation {
    int category; /* number, or -1: every category that has no row of its own for that year */
    int year;     /* the price rises on 1 April of this year */
    double low, likely, high;
} pc_inflation;

typedef struct pc_prices {
    size_t n_category;
    double *weekly_gbp; /* [n_category]; mean price at the prices of price_year; NaN: none given (costs
                           nothing, warned) */
    int *price_year;    /* [n_category]; financial year of that price */
    size_t n_inflation;
    pc_inflation *inflation;
} pc_prices;

/* `inflation` may be NULL (flat, an assumption). `default_year` is the price year of rows that give none. */
PC_MUST_USE pc_status pc_prices_load(const char *weekly, const char *inflation, const pc_codes *codes,
                                     int default_year, pc_prices *out, pc_diagnostics *diagnostics);
void pc_prices_free(pc_prices *self);

#endif
