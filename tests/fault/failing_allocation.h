/* failing_allocation.h - makes the n-th allocation fail, so that every path that runs out of memory is
 * walked.
 *
 * Programs of the fault layer are linked with -Wl,--wrap=malloc,calloc,realloc: calls from our own code (not
 * from inside shared libraries) come through here. The idea is kastore's malloc_tests.c.
 */
#ifndef PC_FAILING_ALLOCATION_H
#define PC_FAILING_ALLOCATION_H

#include <stdbool.h>

#include "placecast/status.h"

/* One whole use of the code under test, from nothing to nothing: it must free all that it made, also when it
 * fails. */
typedef pc_status (*fault_call)(void *context);

/* Calls `call` with its 1st, 2nd, 3rd, ... allocation failing (only that one, and again that one and all
 * after it), until it needs no more. Each must end in PC_ERR_NO_MEMORY, or in PC_OK where the code can do
 * without; the last, in which nothing fails, in PC_OK. Returns how many allocations there are: assert that it
 * is as many as you think. */
int walk_failing_allocations(fault_call call, void *context);

/* As above with the 1st, the (1 + stride)th, ... : for a long call, made of parts of which each has its own
 * walk. With the environment variable EVERY_ALLOCATION set, every one all the same. */
int walk_every_nth_allocation(int stride, fault_call call, void *context);

/* Between the two, allocations work as usual: for what the test itself needs inside a call. */
void pause_failing(void);
void resume_failing(void);

#endif
