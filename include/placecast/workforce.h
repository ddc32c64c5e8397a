/* workforce.h - the workforce file: the front door, case-loads, teams, structures of posts and their pay.
 *
 * returns -> episodes -> model -> [scenario] -> simulation -> forecast -> report
 *
 * Each key is described once, in engine/scenario/workforce_keys.c; that table drives reading, checks and
 * scenarios/WORKFORCE.md. What is computed from it: docs/workforce.md.
 */
#ifndef PC_WORKFORCE_H
#define PC_WORKFORCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "placecast/day.h"
#include "placecast/diagnostics.h"
#include "placecast/intervention.h"

/* Kinds of open case. The first PC_N_STAGE are stages of the front door, in the order in which cases pass
 * through them; the others follow from the simulation of children in care. Proceedings are a part of the
 * children in care: they are not added to sums of cases. */
#define PC_CASE_KIND_LIST(X)                                                                                 \
    X(CONTACTS, "contacts")                                                                                  \
    X(REFERRALS, "referrals")                                                                                \
    X(ASSESSMENTS, "assessments")                                                                            \
    X(CHILDREN_IN_NEED, "children_in_need")                                                                  \
    X(PROTECTION_PLANS, "protection_plans")                                                                  \
    X(COURT_WORK, "court_work")                                                                              \
    X(CHILDREN_IN_CARE, "children_in_care")                                                                  \
    X(CARE_LEAVERS, "care_leavers")                                                                          \
    X(PROCEEDINGS, "proceedings")

typedef enum pc_case_kind {
#define PC_CASE_KIND_ENUM(name, text) PC_CASE_##name,
    PC_CASE_KIND_LIST(PC_CASE_KIND_ENUM)
#undef PC_CASE_KIND_ENUM
        PC_N_CASE_KIND
} pc_case_kind;
enum { PC_N_STAGE = PC_CASE_CHILDREN_IN_CARE };
const char *pc_case_kind_name(pc_case_kind kind);

/* A distribution of time. With bands: bands[i] of all end within band_days[i], in a straight line from the
 * band before, the first from 0. Else a gamma with this mean and coefficient of variation (0: always the
 * mean; 1: exponential). */
typedef struct pc_stay {
    double days;   /* mean, >= 0; NaN with bands */
    double spread; /* >= 0; default 1 */
    size_t n_band;
    double *band_days;  /* [n_band]; ascending */
    double *band_share; /* [n_band]; each >= 0, they sum to 1 */
} pc_stay;

/* One stage of the front door. A case that ends its stay in a stage goes on to one of the stages that name it
 * as `from`, each with its conversion, or is closed. */
typedef struct pc_stage {
    pc_case_kind kind;     /* < PC_N_STAGE */
    int from;              /* number of an earlier stage in the list, or -1: cases come from outside */
    bool has_volume;       /* else conversion */
    pc_effect volume;      /* new cases a year at the start, those that return included; >= 0 */
    pc_effect conversion;  /* share of cases that end in `from`; 0 to 1 */
    pc_effect trend;       /* growth a year of the volume, or of the conversion; > -1 */
    double year_spread;    /* coefficient of variation of a financial year's volume; >= 0 */
    double returns;        /* share of its cases that come back to it; 0 to below 1 */
    double returns_months; /* within so many months of their ending here, evenly */
    double open;           /* cases open on the day before the start; NaN: as many as volume and stay give */
    pc_stay stay;
    long line, column;
    char *file;
} pc_stage;

/* When the cases of looked-after children are reviewed; days. */
typedef struct pc_reviews {
    double first;  /* after care began; default 28 (20 working days) */
    double second; /* after the first; default 91 (three months) */
    double every;  /* after that; default 183 (six months) */
} pc_reviews;

typedef struct pc_ages {
    int from, to; /* completed years, both inside, 16 to 25 */
} pc_ages;

typedef struct pc_age_count {
    int age; /* completed years, 16 to 25 */
    double persons;
} pc_age_count;

/* A share of the care leavers of some ages. */
typedef struct pc_pathway {
    char *name;
    pc_ages ages;
    double share;      /* of the open cases of those ages; 0 to 1 */
    double weekly_gbp; /* >= 0 */
} pc_pathway;

typedef struct pc_contact_share {
    pc_ages ages;
    double share; /* of care leavers of those ages whose case is open */
} pc_contact_share;

typedef struct pc_care {
    pc_reviews reviews;
    double proceedings_share; /* of starts in care; 0 to 1 */
    pc_stay proceedings_stay; /* from the start of care, but not beyond its end */
    double leaver_age;        /* youngest age at which leaving care makes a care leaver; 16 */
    double leaver_days;       /* and shortest time in care; 91 */
    size_t n_now;
    pc_age_count *now; /* [n_now]; those who are care leavers at the start */
    size_t n_contact;
    pc_contact_share *contact; /* [n_contact]; ages not named: all of them */
    size_t n_pathway;
    pc_pathway *pathway; /* [n_pathway]; those on none of them: "other" */
} pc_care;

/* What a team holds and how many posts that takes. */
typedef struct pc_team {
    char *name;                    /* unique */
    double weight[PC_N_CASE_KIND]; /* cases of each kind as cases of this team; >= 0 */
    bool has_load;                 /* some weight is above 0 */
    double case_load;              /* target cases for each worker at work; > 0, NaN without weights */
    double guarantee;              /* most cases for each worker that is promised; NaN: none */
    double span;                   /* workers to a manager; > 0; NaN: no managers */
    double lost;                   /* share of contact time lost to leave and sickness; 0 to below 1 */
    double other_posts;            /* posts that hold no cases */
    double staffed;                /* share of its posts that is filled at the start; NaN: as in `staff` */
    long line, column;
    char *file;
} pc_team;

typedef struct pc_funding {
    char *source;
    double gbp; /* a year */
} pc_funding;

typedef struct pc_funding_list {
    size_t n;
    pc_funding *item; /* [n] */
} pc_funding_list;

/* The posts of one team in one structure. Amounts are a year's, in the prices of the file; NaN: not given. */
typedef struct pc_team_posts {
    char *name;
    char *holder; /* budget holder, or NULL */
    double posts;
    double cost, cost_per_post; /* cost is exact; cost_per_post is rounded to a pound */
    double premium;             /* allowance for agency staff and rewards: true cost less cost */
    pc_funding_list funding;
    long line, column;
} pc_team_posts;

/* Totals as a document states them; NaN: not given. */
typedef struct pc_stated {
    double posts, cost, premium, true_cost;
} pc_stated;

typedef struct pc_structure {
    char *name;  /* unique */
    pc_day from; /* first day; PC_DAY_NONE: only described, or the first from the beginning */
    size_t n_team;
    pc_team_posts *team;
    double other_cost; /* cost of the teams without one of their own; NaN: none */
    pc_stated stated;
    pc_funding_list funding; /* of the whole */
    long line, column;
    char *file;
} pc_structure;

/* A sum that a document states: parts added up, times `times`, to the nearest `to`. */
typedef struct pc_sum {
    char *name;
    size_t n_part;
    double *part;
    double times, stated, to;
    long line, column;
    char *file;
} pc_sum;

typedef struct pc_leaver_rate {
    double under_years; /* tenure below this; the last: INFINITY */
    double share;       /* who leave in a year, 0 to 1 */
} pc_leaver_rate;

typedef struct pc_retention {
    char *name;
    double share_of_pay; /* each year, of the pay of staff in post; NaN: a sum */
    double sum;          /* pounds for each of `staff` who are still there, or NaN */
    int year;            /* financial year in which the sum falls due */
    double staff;        /* who may get it */
    pc_day from;         /* PC_DAY_NONE: from the beginning */
} pc_retention;

typedef struct pc_pay_award {
    int year; /* financial year from whose 1 April it is paid */
    double share;
    bool funded;
} pc_pay_award;

typedef struct pc_staff {
    bool given;
    double staffed;        /* share of posts filled at the start */
    double recruit_months; /* mean time that a vacancy stays open */
    size_t n_leavers;
    pc_leaver_rate *leavers;    /* [n_leavers]; ascending */
    double new_share;           /* of starters who are newly qualified */
    double new_load;            /* cases that they hold, as a share of others' */
    double new_months;          /* for so long */
    double agency_cover;        /* share of vacancies covered */
    double agency_premium;      /* pounds a year and post beyond the cost of the post */
    double cost_per_post;       /* where the structure has none; NaN: not given */
    double pay_share;           /* of a post's cost that is pay */
    double recruitment_payment; /* pounds for each starter */
    size_t n_retention;
    pc_retention *retention;
    size_t n_award;
    pc_pay_award *award; /* [n_award]; ascending by year */
} pc_staff;

/* What a stated allowance is made of, as far as the document says; NaN: not said. */
typedef struct pc_allowance {
    bool given;
    double stated;                       /* pounds a year */
    double posts, agency_share, premium; /* agency: posts * share * premium */
    double starters, payment;            /* recruitment: starters * payment */
    double pay, reward;                  /* reward: pay of those who get it * share */
} pc_allowance;

typedef struct pc_workforce {
    char *file; /* NULL: there is none */
    size_t n_source;
    char **source; /* [n_source]; of funding, in the order of the columns */
    size_t n_stage;
    pc_stage *stage; /* [n_stage]; a stage comes after the one that it is fed from */
    bool has_care;
    pc_care care;
    size_t n_team;
    pc_team *team;
    size_t n_structure;
    pc_structure *structure;
    char *premium_from; /* the structure whose premium for each post is the measure, or NULL */
    pc_staff staff;
    pc_allowance allowance;
    size_t n_sum;
    pc_sum *sum;
    double confidence; /* of posts_at_confidence; default 0.8 */
} pc_workforce;

/* Reads and checks the file: every problem is in `diagnostics`. On failure `out` is empty. PC_ERR_INPUT,
 * PC_ERR_IO, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_workforce_load(const char *path, pc_workforce *out, pc_diagnostics *diagnostics);
/* The same, with the front door from published figures (docs/workforce.md); `path` or `front_door` may be
 * NULL. */
PC_MUST_USE pc_status pc_workforce_load_with(const char *path, const char *front_door, pc_workforce *out,
                                             pc_diagnostics *diagnostics);
void pc_workforce_free(pc_workforce *self); /* NULL is fine; may be called twice */
/* The reference of every key as Markdown (scenarios/WORKFORCE.md) or plain text. */
void pc_workforce_write_reference(FILE *stream, bool markdown);

#endif
