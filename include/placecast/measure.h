/* measure.h - what a forecast counts, by month and category. Scenarios name these in their targets.
 *
 * Adding a measure is one line here, and counting it in engine/outcome/tally.c.
 */
#ifndef PC_MEASURE_H
#define PC_MEASURE_H

/* X(name, name in the files, annual value: 0 = that of the year's last month, 1 = sum over its months,
 * decimals shown) */
#define PC_MEASURE_LIST(X)                                                                                   \
    X(CHILDREN, "children", 0, 0)                                                                            \
    X(PLACE_DAYS, "place_days", 1, 0)                                                                        \
    X(STARTS, "starts", 1, 0)                                                                                \
    X(CEASES, "ceases", 1, 0)                                                                                \
    X(MOVES, "moves", 1, 0)                                                                                  \
    X(STATUS_CHANGES, "status_changes", 1, 0)                                                                \
    X(COST, "cost_gbp", 1, 2)                                                                                \
    X(COST_REAL, "cost_real_gbp", 1, 2)                                                                      \
    X(INCOME, "income_gbp", 1, 2)                                                                            \
    X(NET_COST, "net_cost_gbp", 1, 2)                                                                        \
    X(OVERFLOW, "overflow", 1, 0)                                                                            \
    X(UNMET, "unmet", 1, 0)                                                                                  \
    X(DISPLACED, "displaced", 0, 0)                                                                          \
    X(UNMET_DAYS, "unmet_days", 1, 0)                                                                        \
    X(DAYS_FULL, "days_full", 1, 0)

typedef enum pc_measure {
#define PC_MEASURE_ENUM(name, text, annual_sum, decimals) PC_MEASURE_##name,
    PC_MEASURE_LIST(PC_MEASURE_ENUM)
#undef PC_MEASURE_ENUM
        PC_N_MEASURE
} pc_measure;
const char *pc_measure_name(pc_measure measure);
int pc_measure_is_money(pc_measure measure); /* pounds in the files, whole pence in the tallies */

#endif
