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

int pc_measure_is_money(pc_measure measure)
{
    static const int decimals[PC_N_MEASURE] = {
#define MEASURE_DECIMALS(name, text, annual_sum, decimals) [PC_MEASURE_##name] = decimals,
        PC_MEASURE_LIST(MEASURE_DECIMALS)
#undef MEASURE_DECIMALS
    };

    return (unsigned)measure < PC_N_MEASURE && decimals[measure] == 2;
}
