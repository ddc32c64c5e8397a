#include "placecast/measure.h"

const char *pc_measure_name(pc_measure measure)
{
    static const char *const name[] = {
#define MEASURE_NAME(name, text, annual_sum, decimals) text,
        PC_MEASURE_LIST(MEASURE_NAME)
#undef MEASURE_NAME
    };

    return (unsigned)measure < PC_N_MEASURE ? name[measure] : "";
}
