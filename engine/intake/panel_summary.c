/* panel_summary.c - the summary tables of one authority of the panel, for `data: {summary: DIR}`. */
#include "placecast/summary.h"

#include "base/out_file.h"

typedef struct line {
    pc_panel_series series;
    const char *category, *age_band, *provider, *stream;
} line;

#define ALL "all"

static const line stock_lines[] = {
    {PC_PANEL_STOCK, ALL, ALL, ALL, ALL},
    {PC_PANEL_FOSTER, "foster", ALL, ALL, ALL},
    {PC_PANEL_RESIDENTIAL, "residential", ALL, ALL, ALL},
    {PC_PANEL_SUPPORTED, "supported", ALL, ALL, ALL},
    {PC_PANEL_PARENTS, "parents", ALL, ALL, ALL},
    {PC_PANEL_ADOPTION, "adoption", ALL, ALL, ALL},
    {PC_PANEL_STOCK_AGE_0, ALL, "0", ALL, ALL},
    {PC_PANEL_STOCK_AGE_1_4, ALL, "1-4", ALL, ALL},
    {PC_PANEL_STOCK_AGE_5_9, ALL, "5-9", ALL, ALL},
    {PC_PANEL_STOCK_AGE_10_15, ALL, "10-15", ALL, ALL},
    {PC_PANEL_STOCK_AGE_16, ALL, "16-17", ALL, ALL},
    {PC_PANEL_PROVIDER_PARENTS, ALL, ALL, "PR0", ALL},
    {PC_PANEL_PROVIDER_OWN, ALL, ALL, "PR1", ALL},
    {PC_PANEL_PROVIDER_OTHER_LA, ALL, ALL, "PR2", ALL},
    {PC_PANEL_PROVIDER_OTHER_PUBLIC, ALL, ALL, "PR3", ALL},
    {PC_PANEL_PROVIDER_PRIVATE, ALL, ALL, "PR4", ALL},
    {PC_PANEL_PROVIDER_VOLUNTARY, ALL, ALL, "PR5", ALL},
    {PC_PANEL_PROVIDER_NOT_REPORTED, ALL, ALL, "none", ALL},
    {PC_PANEL_STOCK_UASC, ALL, ALL, ALL, "uasc"},
};
static const line start_lines[] = {
    {PC_PANEL_STARTED, NULL, ALL, NULL, ALL},
    {PC_PANEL_STARTED_AGE_0, NULL, "0", NULL, ALL},
    {PC_PANEL_STARTED_AGE_1_4, NULL, "1-4", NULL, ALL},
    {PC_PANEL_STARTED_AGE_5_9, NULL, "5-9", NULL, ALL},
    {PC_PANEL_STARTED_AGE_10_15, NULL, "10-15", NULL, ALL},
    {PC_PANEL_STARTED_AGE_16, NULL, "16-17", NULL, ALL},
    {PC_PANEL_STARTED_UASC, NULL, ALL, NULL, "uasc"},
};
static const line cease_lines[] = {
    {PC_PANEL_CEASED, NULL, ALL, NULL, ALL},
    {PC_PANEL_CEASED_AGE_0, NULL, "0", NULL, ALL},
    {PC_PANEL_CEASED_AGE_1_4, NULL, "1-4", NULL, ALL},
    {PC_PANEL_CEASED_AGE_5_9, NULL, "5-9", NULL, ALL},
    {PC_PANEL_CEASED_AGE_10_15, NULL, "10-15", NULL, ALL},
    {PC_PANEL_CEASED_AGE_16, NULL, "16", NULL, ALL},
    {PC_PANEL_CEASED_AGE_17, NULL, "17", NULL, ALL},
    {PC_PANEL_CEASED_AGE_18, NULL, "18+", NULL, ALL},
    {PC_PANEL_CEASED_UASC, NULL, ALL, NULL, "uasc"},
};

static void put_figure(FILE *stream, int32_t figure)
{
    if (figure >= 0) {
        fprintf(stream, ",%d\n", figure);
    } else {
        fprintf(stream, "%s\n", figure == PC_PANEL_SUPPRESSED ? ",c" : ",:");
    }
}

/* The year's figures; lines that no file has at all are left out. */
static void put_year(FILE *stream, const pc_panel *panel, size_t area, int year, const line *lines, size_t n)
{
    for (size_t l = 0; l < n; l++) {
        int32_t figure = pc_panel_figure(panel, area, year, lines[l].series);

        if (figure == PC_PANEL_ABSENT) {
            continue;
        }
        if (lines[l].category != NULL) {
            fprintf(stream, "%d-03-31,%s,%s,%s,%s", year, lines[l].category, lines[l].age_band,
                    lines[l].provider, lines[l].stream);
        } else {
            fprintf(stream, "%d/%02d,%s,%s", year - 1, year % 100, lines[l].age_band, lines[l].stream);
        }
        put_figure(stream, figure);
    }
}

pc_status pc_panel_write_summary(const pc_panel *panel, size_t area, int last_year, int n_year,
                                 const char *folder, pc_diagnostics *diagnostics)
{
    static const struct {
        const char *name, *header;
        const line *lines;
        size_t n;
    } table[] = {{"stock.csv", "date,category,age_band,provider,stream,children\n", stock_lines,
                  sizeof stock_lines / sizeof *stock_lines},
                 {"starts.csv", "year,age_band,stream,children\n", start_lines,
                  sizeof start_lines / sizeof *start_lines},
                 {"ceases.csv", "year,age_band,stream,children\n", cease_lines,
                  sizeof cease_lines / sizeof *cease_lines}};
    pc_status status = PC_OK;

    if (area >= panel->n_area || n_year < 1 || pc_panel_figure(panel, area, last_year, PC_PANEL_STOCK) < 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "no children in care are known of %s on 31 March %d",
                           area < panel->n_area ? panel->area[area].name : "this authority", last_year);
        return PC_ERR_NO_DATA;
    }
    for (size_t t = 0; t < sizeof table / sizeof *table && status == PC_OK; t++) {
        pc_out_file file;

        status = t == 0 ? pc_make_folder(folder, diagnostics) : PC_OK;
        if (status != PC_OK) {
            break;
        }
        status = pc_out_open(&file, folder, table[t].name, 0644, diagnostics);
        if (status != PC_OK) {
            break;
        }
        fputs(table[t].header, file.stream);
        /* The stock a year before the first starts as well: between the two lies that year. */
        for (int year = last_year - n_year + (t == 0 ? 0 : 1); year <= last_year; year++) {
            put_year(file.stream, panel, area, year, table[t].lines, table[t].n);
        }
        status = pc_out_commit(&file, diagnostics);
        pc_out_abandon(&file);
    }
    return status;
}
