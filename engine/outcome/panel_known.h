/* panel_known.h - what the published figures of all authorities tell by a year: patterns that single
 * authorities are too small to show. Nothing after that year is looked at, but for one thing: starts and
 * leavers by age are in the panel from `pattern_year` on, so that years before it borrow the ages of that
 * year's national starts and leavers (docs/backtest.md). */
#ifndef PC_OUTCOME_PANEL_KNOWN_H
#define PC_OUTCOME_PANEL_KNOWN_H

#include <stdbool.h>

#include "placecast/day.h"
#include "placecast/episodes.h"
#include "placecast/panel.h"

/* Types of placement of a panel model, in the order of its categories. To 2019 the published types are
 * others: homes, hostels and semi-independent living together stand where residential is. */
typedef enum panel_type {
    PANEL_FOSTER,
    PANEL_RESIDENTIAL,
    PANEL_SUPPORTED,
    PANEL_PARENTS,
    PANEL_ADOPTION,
    PANEL_OTHER,
    PANEL_N_TYPE
} panel_type;
extern const char *const panel_type_name[PANEL_N_TYPE];
/* First year of the present types: residential, supported and other before it are something else. */
enum { PANEL_FIRST_TYPES = 2021 };

/* Children of a type; below 0 when a part of it is missing. */
double panel_type_children(const pc_panel *panel, size_t area, int year, panel_type type);
/* A figure, below 0 when missing. */
static inline double panel_figure(const pc_panel *panel, size_t area, int year, pc_panel_series series)
{
    return (double)pc_panel_figure(panel, area, year, series);
}

typedef struct panel_known {
    int year;                          /* the last one looked at */
    int pattern_year;                  /* that the ages of starts and leavers are of */
    double start_share[PC_N_AGE_BAND]; /* of all starts */
    double exit_rate[PC_N_AGE_BAND];   /* before the 18th birthday; 1/child-year */
    double stock_share[PC_N_AGE_BAND];
    double type_share[PANEL_N_TYPE];
    double birthdays;    /* left on the 18th birthday, for each child of 16 and over a year before */
    double gap;          /* children that stock gains beyond starts less ceases, a child and year */
    bool growth_known;   /* children in homes of the year before are comparable */
    double growth;       /* of children in homes in the last year, all authorities together */
    double start_events; /* behind start_share */
} panel_known;

void panel_known_by(const pc_panel *panel, int year, panel_known *out);

#endif
