/* rule_counts.h - how often each cleaning rule acted, for the summaries and run.json. */
#ifndef PC_RULE_COUNTS_H
#define PC_RULE_COUNTS_H

#include <stddef.h>

#include "placecast/episodes.h"

typedef struct report_rule {
    const char *name;     /* borrowed, static */
    const char *severity; /* borrowed, static */
    const char *meaning;  /* what it is about, in words; borrowed, static */
    size_t n;             /* lines of quality.csv */
} report_rule;

typedef struct report_rule_counts {
    report_rule *rule; /* [n]; set_aside, repaired, noted; in each by count, then by name */
    size_t n, capacity;
    size_t set_aside, repaired, noted; /* lines in all */
    size_t told_again; /* of set_aside: rows of an episode that another return tells as well */
} report_rule_counts;

/* On failure `out` is empty. */
PC_MUST_USE pc_status report_rule_counts_make(const pc_quality *quality, report_rule_counts *out);
void report_rule_counts_free(report_rule_counts *self);

#endif
