#include "placecast/library.h"

#include <gsl/gsl_errno.h>

#include "placecast/version.h"

void pc_library_init(void)
{
    gsl_set_error_handler_off();
}

const char *pc_library_version(void)
{
    return PC_VERSION;
}
