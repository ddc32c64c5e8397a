/* page.h - the parts of report.html: sentences, data, and the text that keeps what users wrote from being
 * taken for markup. The page itself is in page/, files of HTML, CSS and JavaScript that are embedded. */
#ifndef PC_REPORT_PAGE_H
#define PC_REPORT_PAGE_H

#include <stdio.h>

#include "report/result_folder.h"

/* The headline in sentences, in the order in which they are shown. */
typedef struct page_words {
    char **sentence; /* [n]; owned; plain text */
    size_t n, capacity;
} page_words;

/* PC_ERR_NO_MEMORY; on failure `out` is empty. What the results do not hold has no sentence. */
PC_MUST_USE pc_status page_words_make(const result_folder *results, page_words *out);
void page_words_free(page_words *self);

/* The name of a category as people say it: that of run.json, else the name with blanks for underscores. The
 * caller frees; NULL when out of memory. */
char *page_label(const result_folder *results, const char *category);

/* Rows of forecast.csv and annual.csv that the page shows; every row of the other tables. */
bool page_shows_row(const result_folder *results, result_file file, size_t row);
/* The authority whose rows are shown: "all", or the only one; NULL when there is no such column. */
const char *page_authority(const result_table *table);

/* One JSON object: the tables as text, the run without what differs between two runs that agree. */
PC_MUST_USE pc_status page_data_write(const result_folder *results, FILE *stream);

void page_html_text(FILE *stream, const char *text); /* & < > " ' as entities */
/* The inside of a JSON string, safe within a script element: no <, > or &. */
void page_json_text(FILE *stream, const char *text);

#endif
