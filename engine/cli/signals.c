/* signals.c - what an interrupt does. */
#include <signal.h>

#include "cli.h"

volatile int cli_stop;

static void on_signal(int number)
{
    (void)number;
    cli_stop = 1;
}

void cli_signals_install(void)
{
    struct sigaction stop = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;

    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGTERM, &stop, NULL);
    /* A shell starts background work with SIGINT ignored; it stays so. */
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        sigaction(SIGINT, &stop, NULL);
    }
}

pc_status cli_interrupted(void)
{
    return cli_stop ? PC_ERR_INTERRUPTED : PC_OK;
}
