/* rounding.h - results made safe to share: every number of children, rounded.
 *
 * Numbers of children, and of what happens to them (starts, leavers, moves, reviews ...), become the nearest
 * multiple of `to`, halves away from nought: the rule of the published statistics of children looked after,
 * with 5 or 10. Each number is rounded by itself, a total from its unrounded value, so that a total may
 * differ from the sum of its parts, and an error of one never adds to that of another. Days in placement
 * become that multiple times the days of their period, so that days divided by days give the rounded average;
 * posts needed become those of a rounded number of the heaviest cases, and case-loads, which posts turn into
 * cases, become unknown. Money, posts that there are, shares, probabilities and standard deviations stay as
 * they are: they are worked out from unrounded numbers.
 *
 * `to` below 2 changes nothing. Rounding what is rounded changes nothing.
 */
#ifndef PC_ROUNDING_H
#define PC_ROUNDING_H

#include "placecast/backtest.h"
#include "placecast/episodes.h"
#include "placecast/forecast.h"

/* NaN and infinities stay; -0.0 never comes out. */
double pc_round_to(double value, int to);
/* The same of a whole number. */
long pc_round_count(long value, int to);

/* `start`: the first day forecast (the first month may be a part of one). */
void pc_forecast_round(pc_forecast *self, pc_day start, int to);
/* Every forecast and every difference. */
void pc_comparison_round(pc_comparison *self, pc_day start, int to);
void pc_alone_round(pc_alone *self, int to);
/* Numbers of past years and forecasts of them; the errors between them stay. */
void pc_skill_round(pc_skill *self, int to);
/* This tool's counts and those by the national rules; what was published stays. Unknown (-1) stays. */
void pc_tieout_round(pc_tieout *self, int to);
/* Numbers of children, rows, episodes and starts in messages: "12 of 820 children" becomes "10 of 820". A
 * message keeps its text when memory is short, and `lost` is set. */
void pc_diagnostics_round(pc_diagnostics *self, int to);

#endif
