/* official.h - children in care at each 31 March by the national rules. */
#ifndef PC_INTAKE_OFFICIAL_H
#define PC_INTAKE_OFFICIAL_H

#include "intake/intake.h"

/* Fills out->official from the dates as read; `out` holds the cleaned rows of `groups`, one for one. */
PC_MUST_USE pc_status intake_count_official(const intake *self, const intake_groups *groups,
                                            pc_episodes *out);

#endif
