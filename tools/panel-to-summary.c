/* panel-to-summary - the summary tables of one authority from the published tables of all, or of every
 * authority; docs/summary.md.
 *
 *   panel-to-summary PANEL AUTHORITY OUT [YEAR]    AUTHORITY: its code or name; YEAR: as known on that 31
 * March panel-to-summary PANEL all OUT [YEAR]          a folder for each below OUT, named by its code
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "placecast/summary.h"

#define N_YEAR 3

static void print_messages(const pc_diagnostics *diagnostics)
{
    for (size_t m = 0; m < diagnostics->n; m++) {
        char *line = pc_message_line(&diagnostics->message[m]);

        fprintf(stderr, "%s\n", line == NULL ? "out of memory" : line);
        free(line);
    }
}

static int last_year(const pc_panel *panel, size_t area)
{
    int year = panel->first_year + (int)panel->n_year - 1;

    while (year > panel->first_year && pc_panel_figure(panel, area, year, PC_PANEL_STOCK) < 0) {
        year--;
    }
    return year;
}

/* The tables of one authority, and its front door where the folder has the tables of children in need. */
static pc_status write_area(const pc_panel *panel, const char *from, size_t area, int year, const char *out,
                            pc_diagnostics *diagnostics)
{
    size_t n;
    pc_status status = pc_panel_write_summary(panel, area, year, N_YEAR, out, diagnostics);

    return status != PC_OK
               ? status
               : pc_panel_write_front_door(from, panel->area[area].code, year, out, &n, diagnostics);
}

/* Every authority with children in care in that year. */
static pc_status write_all(const pc_panel *panel, const char *from, const char *out, int year,
                           pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;
    size_t n = 0;

    for (size_t a = 0; a < panel->n_area && status == PC_OK; a++) {
        int last = year > 0 ? year : panel->first_year + (int)panel->n_year - 1;
        size_t room = strlen(out) + 16;
        char *folder = malloc(room);

        if (folder == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        snprintf(folder, room, "%s/%s", out, panel->area[a].code);
        if (pc_panel_is_authority(panel, a) && pc_panel_figure(panel, a, last, PC_PANEL_STOCK) > 0) {
            status = write_area(panel, from, a, last, folder, diagnostics);
            n++;
        }
        free(folder);
    }
    printf("%zu authorities\n", n);
    return status;
}

static pc_status write_one(const pc_panel *panel, const char *from, const char *authority, const char *out,
                           int year, pc_diagnostics *diagnostics)
{
    int area = pc_panel_find(panel, authority);

    if (area < 0) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){0},
            "no authority %s in the panel, expected a code such as E08000035 or a name such as Leeds",
            authority);
        return PC_ERR_INPUT;
    }
    return write_area(panel, from, (size_t)area, year > 0 ? year : last_year(panel, (size_t)area), out,
                      diagnostics);
}

int main(int argc, char **argv)
{
    pc_diagnostics diagnostics;
    pc_panel panel = {0};
    pc_status status;
    int year = argc == 5 ? atoi(argv[4]) : 0;

    if (argc < 4 || argc > 5 || (argc == 5 && (year < 1990 || year > 2199))) {
        fprintf(stderr, "usage: panel-to-summary PANEL AUTHORITY|all OUT [YEAR]\n");
        return pc_exit_code(PC_ERR_USAGE);
    }
    pc_diagnostics_init(&diagnostics);
    status = pc_panel_read(argv[1], &panel, &diagnostics);
    if (status == PC_OK) {
        status = strcmp(argv[2], "all") == 0
                     ? write_all(&panel, argv[1], argv[3], year, &diagnostics)
                     : write_one(&panel, argv[1], argv[2], argv[3], year, &diagnostics);
    }
    print_messages(&diagnostics);
    pc_panel_free(&panel);
    pc_diagnostics_free(&diagnostics);
    return pc_exit_code(status);
}
