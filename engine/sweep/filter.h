/* filter.h - conditions on the factors of a run. Private to sweep/.
 *
 *   condition  = term { "or" term }
 *   term       = factor { "and" factor }
 *   factor     = "not" factor | "(" condition ")" | sum ( "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum
 *   sum        = product { ( "+" | "-" ) product }
 *   product    = value { ( "*" | "/" ) value }
 *   value      = number | 'text' | name of a factor | "-" value
 *
 * Texts can be compared for equality only.
 */
#ifndef PC_SWEEP_FILTER_H
#define PC_SWEEP_FILTER_H

#include "sweep/sweep_impl.h"

/* Whether the condition in `node` holds. PC_ERR_INPUT, with the place, when it is none. */
PC_MUST_USE pc_status sweep_filter_ask(const pc_sweep *self, const pc_yaml_node *node,
                                       const sweep_choice *choice, bool *out, pc_diagnostics *diagnostics);

#endif
