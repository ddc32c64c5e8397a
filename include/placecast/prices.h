/* prices.h - what placements cost: weekly prices, their growth, what is paid besides, and who has which price
 * now, as read from the tables under `costs`. What each table means: docs/money.md.
 *
 * returns -> episodes -> model -> [scenario, prices] -> simulation -> forecast -> report
 */
#ifndef PC_PRICES_H
#define PC_PRICES_H

#include "placecast/codes.h"
#include "placecast/day.h"
#include "placecast/model.h"

/* Growth of one category's price into financial year `year`, as a fraction (0.05 = 5%). */
typedef struct pc_inflation {
    int category; /* number, or -1: every category that has no row of its own for that year */
    int year;     /* the price rises on 1 April of this year */
    double low, likely, high;
} pc_inflation;

#define PC_N_PROVIDER 6 /* SSDA903 provider codes PR0 to PR5 */
#define PC_N_NEED 9     /* 0 unknown, then N1 to N8 */

/* One row of weekly.csv: for the children of a category who meet its conditions. */
typedef struct pc_price_row {
    uint8_t category;
    int8_t age_band; /* -1: all */
    int8_t provider; /* -1: all; 0 to 5: PR0 to PR5 */
    uint8_t need;    /* 0: all; 1 to 8: N1 to N8 */
    pc_day from;     /* first day of this price; PC_DAY_NONE: the beginning */
    double weekly_gbp;
    double spread; /* coefficient of variation of the price of a placement; 0: all pay the same */
    int price_year;
    long row; /* in the file */
} pc_price_row;

/* What is paid besides the weekly price of a placement; contracts.csv. */
#define PC_CONTRACT_LIST(X)                                                                                  \
    X(BLOCK, "block")       /* places paid for by the week, filled or not; those placed first fill them */   \
    X(RETAINER, "retainer") /* a week for each place of the category's capacity that is empty */             \
    X(SETUP, "setup")       /* once for each new placement */                                                \
    X(START, "start")       /* once for each child who starts to be looked after */

typedef enum pc_contract_kind {
#define PC_CONTRACT_ENUM(name, text) PC_CONTRACT_##name,
    PC_CONTRACT_LIST(PC_CONTRACT_ENUM)
#undef PC_CONTRACT_ENUM
        PC_N_CONTRACT
} pc_contract_kind;

typedef struct pc_contract {
    uint8_t category;
    pc_contract_kind kind;
    double gbp; /* a week and place, or once */
    int places; /* block only */
    int price_year;
    pc_day from, until; /* [from, until); PC_DAY_NONE and PC_DAY_OPEN: always */
    long row;
} pc_contract;

/* One row of current.csv. */
typedef struct pc_current_price {
    char *la, *child; /* la "" when the returns name none */
    double weekly_gbp;
    int price_year;
    long row;
} pc_current_price;

/* What prices need to know of one authority's children; from pc_prices_match. */
typedef struct pc_price_people {
    size_t n_child;
    double *weekly_gbp; /* [n_child]; actual price at the prices of price_year; NaN: that of the table */
    int *price_year;    /* [n_child] */
    int8_t *provider;   /* [n_child]; 0 to 5, -1 unknown */
    uint8_t *need;      /* [n_child]; 0 unknown */
    /* Shares of the needs of those who start, by stream and age band at the start; the sum is 1, or 0 where
     * nothing is known. */
    double need_share[PC_N_STREAM][PC_N_AGE_BAND][PC_N_NEED];
    double *provider_share; /* [n_category][PC_N_PROVIDER]; of placements; the sum is 1, or 0 */
} pc_price_people;

/* What comes in; income.csv. */
#define PC_INCOME_LIST(X)                                                                                    \
    X(PER_NIGHT, "per_night") /* pounds for each night of a child in care */                                 \
    X(SHARE, "share")         /* share of the bill for placements that a partner pays */                     \
    X(GRANT, "grant")         /* pounds a financial year */

typedef enum pc_income_kind {
#define PC_INCOME_ENUM(name, text) PC_INCOME_##name,
    PC_INCOME_LIST(PC_INCOME_ENUM)
#undef PC_INCOME_ENUM
        PC_N_INCOME
} pc_income_kind;

typedef struct pc_income {
    size_t source; /* number in pc_prices.source */
    pc_income_kind kind;
    int category; /* -1: all */
    int stream;   /* -1: all */
    int year;     /* financial year; 0: every year that has no row of its own */
    double amount;
    long row;
} pc_income;

/* The cost calculator: eight processes of social work with a child looked after (Ward, Holmes and Soper). */
#define PC_PROCESS_LIST(X)                                                                                   \
    X(DECIDE, "deciding and first placement")            /* each start */                                    \
    X(PLAN, "care planning")                             /* each start and each new placement */             \
    X(MAINTAIN, "maintaining the placement")             /* each day */                                      \
    X(EXIT, "leaving care")                              /* each exit before the 18th birthday */            \
    X(FIND, "finding a later placement")                 /* each new placement but the first */              \
    X(REVIEW, "review")                                  /* by the statutory timetable */                    \
    X(LEGAL, "legal proceedings")                        /* each month in them */                            \
    X(TRANSITION, "transition to leaving care services") /* once: 16, and 13 weeks in care */

typedef enum pc_process {
#define PC_PROCESS_ENUM(name, text) PC_PROCESS_##name,
    PC_PROCESS_LIST(PC_PROCESS_ENUM)
#undef PC_PROCESS_ENUM
        PC_N_PROCESS
} pc_process;
const char *pc_process_name(pc_process process);

typedef struct pc_process_cost {
    pc_process process;
    int category; /* -1: all */
    uint8_t need; /* 0: all */
    int stream;   /* -1: all */
    double gbp;   /* for each event */
    long row;
} pc_process_cost;

/* A review is due so long after the one before it, or after care began. */
typedef struct pc_review_step {
    int days, months; /* one of them is 0 */
} pc_review_step;

/* Share of children in proceedings in a month since care began. */
typedef struct pc_proceedings {
    int month; /* from this month on, 0: the first, until the next row */
    double share;
} pc_proceedings;

typedef struct pc_prices {
    size_t n_category;
    double *weekly_gbp; /* [n_category]; mean price at the prices of price_year; NaN: none given (costs
                           nothing, warned) */
    int *price_year;    /* [n_category]; financial year of that price */
    size_t n_inflation;
    pc_inflation *inflation;
    /* The table itself, ordered so that the first row that fits a child is the one that counts. No rows:
     * every category has its one price, weekly_gbp. */
    size_t n_row;
    pc_price_row *row;
    size_t *row_at; /* [n_category + 1]; first row of each category */
    bool *plain;    /* [n_category]; all children pay weekly_gbp, always */
    size_t n_contract;
    pc_contract *contract;
    size_t n_current;
    pc_current_price *current;
    char *current_file;
    size_t n_source;
    char **source; /* [n_source]; names of income */
    size_t n_income;
    pc_income *income;
    char *income_file;
    size_t n_process_cost; /* 0: the processes are not costed */
    pc_process_cost *process_cost;
    size_t n_review;
    pc_review_step *review; /* [n_review]; the last goes on for ever */
    size_t n_proceedings;   /* 0: nobody is in proceedings */
    pc_proceedings *proceedings;
    size_t n_people; /* authorities; 0: not matched */
    pc_price_people *people;
} pc_prices;

/* `inflation` may be NULL (flat, an assumption). `default_year` is the price year of rows that give none. */
PC_MUST_USE pc_status pc_prices_load(const char *weekly, const char *inflation, const pc_codes *codes,
                                     int default_year, pc_prices *out, pc_diagnostics *diagnostics);
/* Each adds one table to loaded prices. On failure `self` is as it was. PC_ERR_IO, PC_ERR_INPUT,
 * PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_prices_load_contracts(const char *path, const pc_codes *codes, int default_year,
                                               pc_prices *self, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_prices_load_current(const char *path, int default_year, pc_prices *self,
                                             pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_prices_load_income(const char *path, const pc_codes *codes, pc_prices *self,
                                            pc_diagnostics *diagnostics);
/* What the source pays for nights (or of the bill, or a year) of a category (-1: of none in particular) and
 * stream in a year: the row that says most of them counts. NULL: nothing. */
const pc_income *pc_prices_find_income(const pc_prices *self, size_t source, pc_income_kind kind,
                                       int category, int stream, int year);
/* Whether some income is for one stream only. */
bool pc_prices_income_by_stream(const pc_prices *self);
/* Unit costs of the processes; `reviews` NULL: the statutory timetable, shipped; `proceedings` NULL: nobody
 * is in proceedings, an assumption. Zeros alone are a warning. */
PC_MUST_USE pc_status pc_prices_load_processes(const char *costs, const char *reviews,
                                               const char *proceedings, const pc_codes *codes,
                                               pc_prices *self, pc_diagnostics *diagnostics);
/* Pounds for an event: of the row that says most of the child, category before need before stream; 0 without
 * one. */
double pc_prices_process_gbp(const pc_prices *self, pc_process process, int category, int need, int stream);
/* Whether a run needs pc_prices_match first. */
bool pc_prices_need_people(const pc_prices *self);
/* Whether some placement has a price of its own. */
bool pc_prices_are_personal(const pc_prices *self);
/* Finds the children in care now in `episodes`, with their actual prices, providers and needs, and how needs
 * and providers are spread among those who start. Says how many were found, how many were not and which rows
 * match nobody. `episodes` is what `model` was fitted to. On failure `self` is as it was. PC_ERR_NO_MEMORY.
 */
PC_MUST_USE pc_status pc_prices_match(pc_prices *self, const pc_episodes *episodes, const pc_model *model,
                                      pc_diagnostics *diagnostics);
/* A borrowed view with one price a category and no growth, for what looks at the past; not to be freed. */
pc_prices pc_prices_flat(const pc_prices *self);
/* The row that a child pays by on a day; NULL: none, it costs nothing. age_band, provider (-1 unknown) and
 * need (0 unknown) as in pc_price_row. */
const pc_price_row *pc_prices_find(const pc_prices *self, size_t category, int age_band, int provider,
                                   int need, pc_day day);
/* -1 when it is none. */
int pc_provider_number(const char *code);
void pc_prices_free(pc_prices *self);

#endif
