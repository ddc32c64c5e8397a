/* panel.h - published figures of every authority in England, year by year.
 *
 * [panel] -> summary tables -> episodes -> model;  [panel] -> back-test of many authorities
 *
 * Read from a folder of official statistics as they are published: children looked after at 31 March, starts
 * and ceases in the year, by type of placement, age, provider and unaccompanied asylum-seeking status, and
 * the population under 18. Files are told by the beginning of their names, which year digits follow
 * (docs/summary.md lists them): stock_started_ceased_, stock_characteristics_, stock_placement_distance_,
 * started_characteristics_, ceased_characteristics_, population_0_17_, underlying_YYYY. Only the first is
 * required; every other file of the folder is left alone.
 *
 * A figure is a whole number, or missing: a suppressed cell (c, x, k) is never 0, and stays missing. A year
 * is the one in which the statistical year ends: 2019 is 31 March 2019 for the stock, 1 April 2018 to 31
 * March 2019 for starts and ceases, and mid-2019 for the population.
 */
#ifndef PC_PANEL_H
#define PC_PANEL_H

#include <stddef.h>
#include <stdint.h>

#include "placecast/diagnostics.h"

/* X(name, words): one published series. Age bands are those of the national tables, in the order of
 * pc_age_band_name(), 16 and over last. */
#define PC_PANEL_SERIES_LIST(X)                                                                              \
    X(STOCK, "children looked after at 31 March")                                                            \
    X(STARTED, "children who started to be looked after in the year")                                        \
    X(CEASED, "children who ceased to be looked after in the year")                                          \
    X(STOCK_AGE_0, "children at 31 March aged under 1")                                                      \
    X(STOCK_AGE_1_4, "children at 31 March aged 1 to 4")                                                     \
    X(STOCK_AGE_5_9, "children at 31 March aged 5 to 9")                                                     \
    X(STOCK_AGE_10_15, "children at 31 March aged 10 to 15")                                                 \
    X(STOCK_AGE_16, "children at 31 March aged 16 and over")                                                 \
    X(STOCK_UASC, "unaccompanied asylum-seeking children at 31 March")                                       \
    X(FOSTER, "children in foster placements")                                                               \
    X(RESIDENTIAL, "children in secure homes and children's homes, from 2021")                               \
    X(SUPPORTED, "children in independent, semi-independent or supported living, from 2021")                 \
    X(PARENTS, "children placed with parents")                                                               \
    X(ADOPTION, "children placed for adoption")                                                              \
    X(OTHER_RESIDENTIAL, "children in other residential settings")                                           \
    X(SCHOOL, "children in residential schools")                                                             \
    X(OTHER, "children in other placements, from 2021")                                                      \
    X(OLD_RESIDENTIAL, "children in secure units, homes, hostels and semi-independent living, to 2019")      \
    X(OLD_COMMUNITY, "children in other placements in the community, to 2019")                               \
    X(OLD_OTHER, "children in other placements or missing, to 2019")                                         \
    X(PROVIDER_OWN, "children in the authority's own provision")                                             \
    X(PROVIDER_OTHER_LA, "children in another authority's provision")                                        \
    X(PROVIDER_OTHER_PUBLIC, "children in other public provision")                                           \
    X(PROVIDER_PRIVATE, "children in private provision")                                                     \
    X(PROVIDER_VOLUNTARY, "children in voluntary provision")                                                 \
    X(PROVIDER_PARENTS, "children with parents as the provider")                                             \
    X(PROVIDER_NOT_REPORTED, "children whose provider is not reported")                                      \
    X(STARTED_AGE_0, "starts aged under 1")                                                                  \
    X(STARTED_AGE_1_4, "starts aged 1 to 4")                                                                 \
    X(STARTED_AGE_5_9, "starts aged 5 to 9")                                                                 \
    X(STARTED_AGE_10_15, "starts aged 10 to 15")                                                             \
    X(STARTED_AGE_16, "starts aged 16 and over")                                                             \
    X(STARTED_UASC, "starts of unaccompanied asylum-seeking children")                                       \
    X(CEASED_AGE_0, "ceases aged under 1")                                                                   \
    X(CEASED_AGE_1_4, "ceases aged 1 to 4")                                                                  \
    X(CEASED_AGE_5_9, "ceases aged 5 to 9")                                                                  \
    X(CEASED_AGE_10_15, "ceases aged 10 to 15")                                                              \
    X(CEASED_AGE_16, "ceases aged 16")                                                                       \
    X(CEASED_AGE_17, "ceases aged 17")                                                                       \
    X(CEASED_AGE_18, "ceases aged 18 and over")                                                              \
    X(CEASED_UASC, "ceases of unaccompanied asylum-seeking children")                                        \
    X(POPULATION, "children aged 0 to 17 in the population")

typedef enum pc_panel_series {
#define PC_PANEL_ENUM(name, words) PC_PANEL_##name,
    PC_PANEL_SERIES_LIST(PC_PANEL_ENUM)
#undef PC_PANEL_ENUM
        PC_N_PANEL_SERIES
} pc_panel_series;
const char *pc_panel_series_words(pc_panel_series series); /* never NULL */

/* Why a figure is missing; all below 0, so `figure >= 0` is "known". */
#define PC_PANEL_ABSENT (-1)     /* no file has a row for it                              */
#define PC_PANEL_SUPPRESSED (-2) /* published as c, x or k: a small number kept back      */
#define PC_PANEL_NO_FIGURE                                                                                   \
    (-3) /* published as z, `:`, `.`, `..`, NA or blank: not applicable or not known                         \
          */

#define PC_PANEL_ENGLAND "E92000001"

typedef struct pc_panel_area {
    char code[10]; /* of the Office for National Statistics, e.g. "E08000035" */
    char *name;    /* as published; the code where no file names it. Owned */
} pc_panel_area;

/* Authorities, and England where the files have it. A reorganised authority is two areas, one after the
 * other: nothing is joined. */
typedef struct pc_panel {
    size_t n_area;
    pc_panel_area *area; /* [n_area]; ordered by code, so England is last */
    int first_year;
    size_t n_year;   /* first_year to first_year + n_year - 1, years without any figure inside included */
    int32_t *figure; /* [n_area][n_year][PC_N_PANEL_SERIES]; pc_panel_figure() reads it */
    /* What was read: cells with a figure, suppressed, without figure; figures that a later file replaced by
     * another (a revision); rows of regions and of no area, left aside. */
    size_t n_known, n_suppressed, n_no_figure, n_revised, n_row_aside;
} pc_panel;

/* Reads `folder`. Every problem is reported with file, row and column. Where several files give a figure the
 * last by name wins (a later publication), but a missing cell never replaces a figure. On failure `out` is
 * empty. PC_ERR_IO, PC_ERR_INPUT, PC_ERR_NO_DATA (no file of stock, starts and ceases), PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_panel_read(const char *folder, pc_panel *out, pc_diagnostics *diagnostics);

/* The figure (>= 0), or PC_PANEL_ABSENT, _SUPPRESSED or _NO_FIGURE; absent when `year` is outside. */
int32_t pc_panel_figure(const pc_panel *self, size_t area, int year, pc_panel_series series);
/* Number of the area with this code or this name (whatever its case); -1 when there is none. Of areas of one
 * name, the one whose figures of children in care reach furthest. */
int pc_panel_find(const pc_panel *self, const char *code_or_name);
/* 1 for an authority, 0 for England. */
int pc_panel_is_authority(const pc_panel *self, size_t area);

void pc_panel_free(pc_panel *self); /* NULL is fine; may be called twice */

#endif
