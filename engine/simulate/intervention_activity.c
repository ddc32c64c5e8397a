/* activity: volumes and conversions at the front door. It never touches starts in care. */
#include "simulate/interventions.h"

const intervention_behaviour intervention_activity = {0};
