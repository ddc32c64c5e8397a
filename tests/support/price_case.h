/* price_case.h - prices made by hand for a plan made by hand. */
#ifndef PC_TEST_PRICE_CASE_H
#define PC_TEST_PRICE_CASE_H

#include "outcome/money.h"
#include "sim_case.h"

#define PRICE_CASE_CATEGORIES 3

/* Rows, contracts and actual prices are added by the test; free with price_case_free. */
typedef struct price_case {
    hand_plan hand;
    pc_codes codes;
    pc_prices prices;
    replicate_workspace workspace;
    money of;
    bool running;
} price_case;

/* Three categories named foster, home, other; `months` from 1 April 2024; prices from the text of a
 * weekly.csv, contracts.csv and inflation.csv (the last two may be NULL). Years without price_year are
 * 2024/25. */
void price_case_make(price_case *self, int months, const char *weekly, const char *contracts,
                     const char *inflation);
/* Adds an income.csv. */
void price_case_income(price_case *self, const char *income);
/* Adds a processes.csv and a table of proceedings (may be NULL); reviews by the shipped timetable. */
void price_case_processes(price_case *self, const char *processes, const char *proceedings);
/* Everybody's need and provider unknown, nobody has an actual price; from here on self->prices.people may be
 * filled in. Children must have been added to self->hand. */
void price_case_match(price_case *self);
/* Runs one replicate and forms its bill. */
void price_case_run(price_case *self, uint32_t replicate);
int64_t price_case_pence(const price_case *self, size_t category, size_t month);
void price_case_free(price_case *self);

#endif
