/* price: the weekly price of a category changes; nobody's life does. The outcome stage applies it (money.c).
 */
#include "simulate/interventions.h"

const intervention_behaviour intervention_price = {0};
