/* known.h - whether the returns know enough of the present for a forecast from the extract date. */
#ifndef PC_PREPARE_KNOWN_H
#define PC_PREPARE_KNOWN_H

#include "placecast/diagnostics.h"
#include "placecast/episodes.h"
#include "placecast/model.h"

/* PC_ERR_INPUT, with a message that names `place`, when the extract date lies so far beyond the returns that
 * years without returns would be taken for years without children. */
PC_MUST_USE pc_status prepare_check_extract(const pc_episodes *episodes, pc_place place,
                                            pc_diagnostics *diagnostics);

/* The same when more than one in ten of the children in care, and ten or more, are left out for want of a
 * birth date. */
PC_MUST_USE pc_status prepare_check_children(const pc_model *model, pc_place place,
                                             pc_diagnostics *diagnostics);

#endif
