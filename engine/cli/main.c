/* main.c - placecast VERB [OPTIONS] ARGUMENTS: parse the verb, call it, map the status to an exit code. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "placecast/library.h"

static int output_error; /* errno of the first write to standard output that failed; -1: not known */

static void flush_output(void)
{
    errno = 0;
    if ((fflush(stdout) != 0 || ferror(stdout) != 0) && output_error == 0) {
        output_error = errno != 0 ? errno : -1;
    }
}

/* A result that did not reach standard output (a full disk) is a failed run; a reader who closed the pipe
 * asked for no more, and needs no words. */
static int finish_output(int exit_code)
{
    flush_output();
    if (output_error == 0) {
        return exit_code;
    }
    if (output_error != EPIPE) {
        fprintf(stderr, "standard output: cannot be written%s%s\n", output_error > 0 ? ": " : "",
                output_error > 0 ? strerror(output_error) : "");
    }
    return exit_code == 0 ? pc_exit_code(PC_ERR_IO) : exit_code;
}

static pc_status call_verb(const cli_verb *verb, const cli_options *options)
{
    pc_diagnostics diagnostics;
    pc_status status;

    pc_diagnostics_init(&diagnostics);
    status = verb->call(options, &diagnostics);
    cli_progress_clear();
    flush_output(); /* the results, before the words about them */
    cli_print_messages(&diagnostics, PC_ERROR);
    if (!options->quiet) {
        cli_print_messages(&diagnostics, PC_WARNING);
    }
    if (status != PC_OK && diagnostics.count[PC_ERROR] == 0) {
        fprintf(stderr, "placecast %s: %s\n", verb->name, pc_strerror(status));
    }
    if (diagnostics.lost) {
        fprintf(stderr, "placecast %s: some messages were lost: out of memory\n", verb->name);
        status =
            status == PC_OK ? PC_ERR_NO_MEMORY : status; /* whoever reads the exit code alone must know too */
    }
    pc_diagnostics_free(&diagnostics);
    return status;
}

int main(int argc, char **argv)
{
    static char buffer[1 << 16]; /* so that as a rule all is written, and all errors seen, at the flush */
    cli_options options;
    const cli_verb *verb = NULL;
    pc_status status = cli_options_parse(argc, argv, &options, &verb);

    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if (status == PC_ERR_NO_MEMORY) {
        fprintf(stderr, "placecast: %s\n", pc_strerror(status));
    }
    pc_library_init();
    cli_signals_install();
    if (status == PC_OK && options.help) {
        cli_help(verb);
    } else if (status == PC_OK && options.version) {
        printf("placecast %s\n", pc_library_version());
    } else if (status == PC_OK && options.manual) {
        cli_manual();
    } else if (status == PC_OK && options.completion) {
        cli_completion();
    } else if (status == PC_OK) {
        status = call_verb(verb, &options);
    }
    cli_options_free(&options);
    return finish_output(pc_exit_code(status));
}
