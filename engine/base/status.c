#include "placecast/status.h"

const char *pc_strerror(pc_status status)
{
    static const char *const text[] = {
#define PC_STATUS_TEXT(name, exit_code, text) text,
        PC_STATUS_LIST(PC_STATUS_TEXT)
#undef PC_STATUS_TEXT
    };
    unsigned index = (unsigned)status;

    return index < PC_N_STATUS ? text[index] : "unknown status";
}

int pc_exit_code(pc_status status)
{
    static const int code[] = {
#define PC_STATUS_CODE(name, exit_code, text) exit_code,
        PC_STATUS_LIST(PC_STATUS_CODE)
#undef PC_STATUS_CODE
    };
    unsigned index = (unsigned)status;

    return index < PC_N_STATUS ? code[index] : 1;
}
