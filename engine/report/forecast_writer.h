/* forecast_writer.h - one table of forecasts being written: the columns that all of them share. */
#ifndef PC_FORECAST_WRITER_H
#define PC_FORECAST_WRITER_H

#include "base/out_file.h"
#include "placecast/report.h"
#include "report/table_line.h"

enum { FORECAST_MOST_DECIMALS = 6 };

/* The fields that rows begin with are quoted once. */
typedef struct forecast_writer {
    report_table *table;
    pc_out_file file;
    bool no_memory; /* some row could not be made */
    bool several;   /* a column la */
    size_t n_la, n_category;
    char *scenario;
    char **la;       /* [n_la] */
    char **category; /* [n_category + 1]; "all" last */
} forecast_writer;

/* Begins `name` in `folder` for forecasts with the authorities and categories of `shape`. On failure `self`
 * is empty. */
PC_MUST_USE pc_status forecast_writer_open(forecast_writer *self, const pc_forecast *shape,
                                           const char *folder, const char *name, pc_diagnostics *diagnostics);
/* The scenario of the rows that follow; before the first of them. */
PC_MUST_USE pc_status forecast_writer_scenario(forecast_writer *self, const char *scenario);
/* Puts the file in its place. */
PC_MUST_USE pc_status forecast_writer_close(forecast_writer *self, pc_diagnostics *diagnostics);
/* Gives the file up; safe after close and after a failed open. */
void forecast_writer_abandon(forecast_writer *self);

/* scenario,[la,] then `columns`, the statistics and `more` (with its leading comma, or ""). */
void forecast_writer_header(forecast_writer *self, const char *columns, const char *more);
/* scenario,[la,]when,what and, unless it is NULL, the category: all as they are to stand in the file. */
void forecast_writer_key(forecast_writer *self, size_t la, const char *when, const char *what,
                         const char *category);
/* A quantile of a count is a count, so it is written without decimals; means and shares with at most six. */
void forecast_writer_statistics(forecast_writer *self, const pc_statistics *value, int mean_decimals,
                                int quantile_decimals);
/* With the decimals of the measure. */
void forecast_writer_measure(forecast_writer *self, const pc_statistics *value, pc_measure measure);

#endif
