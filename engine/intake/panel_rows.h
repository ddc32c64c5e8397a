/* panel_rows.h - the cells of the published tables, as they are read. */
#ifndef PC_INTAKE_PANEL_ROWS_H
#define PC_INTAKE_PANEL_ROWS_H

#include "intake/folder_walk.h"
#include "placecast/names.h"
#include "placecast/panel.h"

/* One cell of one file. */
typedef struct panel_cell {
    uint32_t area; /* number in panel_rows.code */
    int32_t year, figure;
    uint32_t series;
    uint32_t file; /* in the order of names */
    long row;
} panel_cell;

typedef struct panel_rows {
    pc_names code; /* areas */
    char **name;   /* [code.n, as far as name_capacity]; owned, NULL while not known */
    size_t n_name, name_capacity;
    panel_cell *cell; /* [n] */
    size_t n, capacity;
    size_t n_aside; /* rows of regions and of no area */
    size_t n_error;
    bool has_required;
    pc_names unknown; /* words of a known group that no series has; each is said once */
} panel_rows;

/* Adds the cells of a file when its name is one of the known; *read says whether it was. Bad cells are
 * counted in n_error and reported; PC_ERR_INPUT and PC_ERR_IO when the file cannot be read at all. */
PC_MUST_USE pc_status panel_rows_read(panel_rows *self, const intake_found_file *file, uint32_t number,
                                      bool *read, pc_diagnostics *diagnostics);
void panel_rows_free(panel_rows *self);

#endif
