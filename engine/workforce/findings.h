/* findings.h - sums of a document beside the same sums as computed, each with a sentence. Private to
 * workforce/. */
#ifndef PC_WORKFORCE_FINDINGS_H
#define PC_WORKFORCE_FINDINGS_H

#include "placecast/establishment.h"

typedef struct finding_place {
    const char *structure, *subject, *file;
    long line, column;
} finding_place;

/* `computed` beside `stated`, which agree within half a penny and `rounding`. `has` and `says` are the words
 * before the two numbers. */
PC_MUST_USE pc_status findings_compare(pc_establishment *self, const finding_place *place, const char *check,
                                       double computed, double stated, double rounding, const char *has,
                                       const char *says);
/* Sources of funding that are not given: one is what remains, several are that together. */
PC_MUST_USE pc_status findings_implied(pc_establishment *self, const finding_place *place, const char *check,
                                       const char *names, bool several, double sum, double left);
/* The premium of a structure beside that of the measure rescaled by posts. */
PC_MUST_USE pc_status findings_premium(pc_establishment *self, const finding_place *place,
                                       const char *measure, double posts, double premium,
                                       const pc_establishment_row *row);
/* What a stated allowance is made of, and what is missing to say so. */
PC_MUST_USE pc_status findings_allowance(pc_establishment *self, const pc_workforce *from);
PC_MUST_USE pc_status findings_sum(pc_establishment *self, const pc_sum *sum);

#endif
