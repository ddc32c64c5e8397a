/* summary.h - published tables instead of child-level records: stock, starts and ceases by margin.
 *
 * [summary tables] -> model -> scenario -> simulation -> forecast -> report
 *
 * A folder with stock.csv (date, category, age_band, provider, children, optional stream), starts.csv and
 * ceases.csv (year, age_band, stream, children). Published margins are separate, never crossed: in each row
 * all but one of category, age_band, provider and stream are `all`. A suppressed or missing cell (c, x, k, z,
 * `:`) stays missing. docs/summary.md tells what is made of them.
 */
#ifndef PC_SUMMARY_H
#define PC_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "placecast/codes.h"
#include "placecast/panel.h"

typedef enum pc_summary_kind {
    PC_SUMMARY_STOCK,
    PC_SUMMARY_STARTS,
    PC_SUMMARY_CEASES,
    PC_N_SUMMARY_KIND
} pc_summary_kind;

/* What a row is about: at most one of these, the others are `all`. */
typedef enum pc_summary_margin {
    PC_SUMMARY_TOTAL,
    PC_SUMMARY_BY_CATEGORY,
    PC_SUMMARY_BY_AGE,
    PC_SUMMARY_BY_PROVIDER,
    PC_SUMMARY_BY_STREAM,
    PC_N_SUMMARY_MARGIN
} pc_summary_margin;

#define PC_SUMMARY_N_AGE 7      /* 0, 1-4, 5-9, 10-15, 16, 17, 18+ */
#define PC_SUMMARY_N_PROVIDER 7 /* PR0 to PR5, none */

typedef struct pc_summary_row {
    pc_summary_kind kind;
    pc_summary_margin margin;
    pc_day date;      /* of stock; 31 March of the year of starts and ceases */
    unsigned which;   /* bits of the margin: categories of the code map, ages, providers, streams */
    int32_t children; /* >= 0, or PC_PANEL_SUPPRESSED, PC_PANEL_NO_FIGURE */
    long row;
} pc_summary_row;

typedef struct pc_summary {
    char *folder;
    size_t n;
    pc_summary_row *row; /* [n]; by kind, then in the order of the file */
    size_t n_missing;    /* cells without figure */
} pc_summary;

/* Reads a folder. `category` may be a category of the code map, or a published group of them: `foster`,
 * `residential`. Every problem is reported by row. On failure `out` is empty. PC_ERR_IO, PC_ERR_INPUT,
 * PC_ERR_NO_DATA (no stock), PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_summary_read(const char *folder, const pc_codes *codes, pc_summary *out,
                                      pc_diagnostics *diagnostics);
void pc_summary_free(pc_summary *self); /* NULL is fine; may be called twice */

/* Writes the three tables of one authority of a panel, with the figures that were known on 31 March
 * `last_year`, of up to `n_year` years. PC_ERR_NO_DATA when it has no stock in that year; PC_ERR_IO. */
PC_MUST_USE pc_status pc_panel_write_summary(const pc_panel *panel, size_t area, int last_year, int n_year,
                                             const char *folder, pc_diagnostics *diagnostics);

/* Writes front_door.csv of the authority with that code: referrals, children in need and protection plans of
 * the ten years to 31 March `last_year` as published, marks of figures kept back included, from the tables of
 * children in need in the folder `panel`. *n: rows written; 0 and no file when there are none. PC_ERR_IO,
 * PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_panel_write_front_door(const char *panel, const char *code, int last_year,
                                                const char *folder, size_t *n, pc_diagnostics *diagnostics);

#endif
