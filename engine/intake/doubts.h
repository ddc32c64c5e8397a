/* doubts.h - what makes returns doubtful as a whole, once all of them are read and repaired. */
#ifndef PC_INTAKE_DOUBTS_H
#define PC_INTAKE_DOUBTS_H

#include "intake/intake.h"

#define INTAKE_LA_TEXT 160 /* holds "of ", the name of an authority, cut if longer, and a blank */

/* Warnings and assumptions on missing years, kinds of file, columns and birth dates, and on dates that cannot
 * be read. */
void intake_say_doubts(const intake *self, const pc_episodes *out);

#endif
