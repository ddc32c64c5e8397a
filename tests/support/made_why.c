#include "made_why.h"

#define PAIR .from = "Made 1", .to = "Better, by far", .year = 2011
#define ACCOUNT .layer = PC_WHY_ACCOUNTING

static pc_why_row rows[] = {
    {PAIR, ACCOUNT, .driver = "days_covered", .kind = "child_years", .pence = 0},
    {PAIR, ACCOUNT, .driver = "children_at_start", .kind = "child_years", .pence = 0},
    {PAIR, ACCOUNT, .driver = "starts", .kind = "child_years", .pence = -150000000},
    {PAIR, ACCOUNT, .driver = "length_of_stay", .kind = "child_years", .pence = 543211},
    {PAIR, ACCOUNT, .driver = "age", .kind = "age", .pence = -5},
    {PAIR, ACCOUNT, .driver = "category", .kind = "category", .pence = 1000000},
    {PAIR, ACCOUNT, .driver = "price", .kind = "price", .pence = 25000000},
    {PAIR, ACCOUNT, .driver = "not_by_child", .kind = "not_by_child", .pence = 5},
    {PAIR, .layer = PC_WHY_CAUSES, .driver = "prices", .kind = "prices", .pence = 100},
    {PAIR, .layer = PC_WHY_CAUSES, .driver = "=Help, early", .kind = "prevent", .pence = -123456889},
};

pc_why made_why(void)
{
    return (pc_why){.n = sizeof rows / sizeof rows[0], .row = rows, .replicates = 50};
}
