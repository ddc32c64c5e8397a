#include "failing_allocation.h"

#include <stdatomic.h>

#include "pc_test.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

static atomic_int armed;      /* 1: count and fail */
static atomic_int n_so_far;   /* allocations since it was armed */
static atomic_int fail_at;    /* this one fails, 1-based */
static atomic_int fail_after; /* 1: and all later ones */

static bool must_fail(void)
{
    int n;

    if (!armed) {
        return false;
    }
    n = atomic_fetch_add(&n_so_far, 1) + 1;
    return n == fail_at || (n > fail_at && fail_after);
}

void *__wrap_malloc(size_t size)
{
    return must_fail() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return must_fail() ? NULL : __real_realloc(old, size);
}

void pause_failing(void)
{
    armed = 0;
}

void resume_failing(void)
{
    armed = 1;
}

int walk_failing_allocations(fault_call call, void *context)
{
    return walk_every_nth_allocation(1, call, context);
}

int walk_every_nth_allocation(int stride, fault_call call, void *context)
{
    int n_allocation = 0;

    stride = getenv("EVERY_ALLOCATION") != NULL ? 1 : stride;

    for (int after = 0; after < 2; after++) {
        for (int at = 1;; at += stride) {
            pc_status status;

            n_so_far = 0;
            fail_at = at;
            fail_after = after;
            armed = 1;
            status = call(context);
            armed = 0;
            if (n_so_far < at) {
                assert_ok(status);
                n_allocation = n_so_far;
                break;
            }
            if (status != PC_OK && status != PC_ERR_NO_MEMORY) {
                fail_msg("allocation %d fails and gives status %d \"%s\", expected \"%s\"", at, (int)status,
                         pc_strerror(status), pc_strerror(PC_ERR_NO_MEMORY));
            }
        }
    }
    return n_allocation;
}
