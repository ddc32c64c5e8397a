/* panel_tables.c - the words of the Department for Education's tables of children looked after, and of the
 * population estimates beside them, as published for 2015 to 2024. */
#include "intake/panel_tables.h"

#include <stddef.h>

#define LONG "stock_started_ceased_"
#define STOCK "stock_characteristics_"
#define PLACED "stock_placement_distance_"
#define STARTED "started_characteristics_"
#define CEASED "ceased_characteristics_"
#define POPULATION "population_0_17_"

const panel_kind panel_kinds[] = {
    {LONG, "ONS_CODE", "NAME", "YEAR", NULL, "MEASURE", "VALUE", false, true},
    {STOCK, "AREA_CODE", NULL, "TIME_PERIOD", "CLA_GROUP", "CHARACTERISTIC", "CLA_31_MARCH_NUMBER", false,
     false},
    {PLACED, "AREA_CODE", NULL, "TIME_PERIOD", "CLA_GROUP", "CHARACTERISTIC", "NUMBER", false, false},
    {STARTED, "AREA_CODE", NULL, "TIME_PERIOD", "CLA_GROUP", "CHARACTERISTIC", "NUMBER", false, false},
    {CEASED, "AREA_CODE", NULL, "TIME_PERIOD", "CLA_GROUP", "CHARACTERISTIC", "NUMBER", false, false},
    {POPULATION, "NEW_LA_CODE", "LA_NAME", "TIME_PERIOD", NULL, "AGE_GROUP", "POPULATION_ESTIMATE", true,
     false},
    {.begins = NULL},
};

#define AGE_GROUP "Age group"
#define UASC_GROUP "Unaccompanied asylum-seeking children"
#define PROVIDERS "Place providers"
#define PLACEMENT "Placement"
#define ON_STARTING "Age on starting"
#define ON_CEASING "Age on ceasing"

const panel_words panel_series_words[] = {
    {LONG, "", "stock", PC_PANEL_STOCK},
    {LONG, "", "started", PC_PANEL_STARTED},
    {LONG, "", "ceased", PC_PANEL_CEASED},
    {STOCK, AGE_GROUP, "Under 1 year", PC_PANEL_STOCK_AGE_0},
    {STOCK, AGE_GROUP, "1 to 4 years", PC_PANEL_STOCK_AGE_1_4},
    {STOCK, AGE_GROUP, "5 to 9 years", PC_PANEL_STOCK_AGE_5_9},
    {STOCK, AGE_GROUP, "10 to 15 years", PC_PANEL_STOCK_AGE_10_15},
    {STOCK, AGE_GROUP, "16 years and over", PC_PANEL_STOCK_AGE_16},
    {STOCK, UASC_GROUP, "UASC", PC_PANEL_STOCK_UASC},
    {STOCK, PROVIDERS, "Own provision (by the LA)", PC_PANEL_PROVIDER_OWN},
    {STOCK, PROVIDERS, "Other LA provision", PC_PANEL_PROVIDER_OTHER_LA},
    {STOCK, PROVIDERS, "Other public provision (e.g. by a PCT etc)", PC_PANEL_PROVIDER_OTHER_PUBLIC},
    {STOCK, PROVIDERS, "Private provision", PC_PANEL_PROVIDER_PRIVATE},
    {STOCK, PROVIDERS, "Voluntary/third sector provision", PC_PANEL_PROVIDER_VOLUNTARY},
    {STOCK, PROVIDERS, "Parents or other person with parental responsibility", PC_PANEL_PROVIDER_PARENTS},
    {STOCK, PROVIDERS, "Placement provider not reported", PC_PANEL_PROVIDER_NOT_REPORTED},
    {PLACED, PLACEMENT, "Foster placements", PC_PANEL_FOSTER},
    {PLACED, PLACEMENT, "Secure homes and children's homes", PC_PANEL_RESIDENTIAL},
    {PLACED, PLACEMENT, "Independent and semi-independent living arrangements/supported accommodation",
     PC_PANEL_SUPPORTED},
    {PLACED, PLACEMENT, "Placed with parents or other person with parental responsibility", PC_PANEL_PARENTS},
    {PLACED, PLACEMENT, "Placed for adoption", PC_PANEL_ADOPTION},
    {PLACED, PLACEMENT, "Other residential settings", PC_PANEL_OTHER_RESIDENTIAL},
    {PLACED, PLACEMENT, "Residential schools", PC_PANEL_SCHOOL},
    {PLACED, PLACEMENT, "Other placements", PC_PANEL_OTHER},
    {STARTED, ON_STARTING, "Under 1 year", PC_PANEL_STARTED_AGE_0},
    {STARTED, ON_STARTING, "1 to 4 years", PC_PANEL_STARTED_AGE_1_4},
    {STARTED, ON_STARTING, "5 to 9 years", PC_PANEL_STARTED_AGE_5_9},
    {STARTED, ON_STARTING, "10 to 15 years", PC_PANEL_STARTED_AGE_10_15},
    {STARTED, ON_STARTING, "16 years and over", PC_PANEL_STARTED_AGE_16},
    {STARTED, UASC_GROUP, "Unaccompanied asylum-seeking children", PC_PANEL_STARTED_UASC},
    {CEASED, ON_CEASING, "Under 1 year", PC_PANEL_CEASED_AGE_0},
    {CEASED, ON_CEASING, "1 to 4 years", PC_PANEL_CEASED_AGE_1_4},
    {CEASED, ON_CEASING, "5 to 9 years", PC_PANEL_CEASED_AGE_5_9},
    {CEASED, ON_CEASING, "10 to 15 years", PC_PANEL_CEASED_AGE_10_15},
    {CEASED, ON_CEASING, "16 years", PC_PANEL_CEASED_AGE_16},
    {CEASED, ON_CEASING, "17 years", PC_PANEL_CEASED_AGE_17},
    {CEASED, ON_CEASING, "18 years and over", PC_PANEL_CEASED_AGE_18},
    {CEASED, UASC_GROUP, "Unaccompanied asylum-seeking children", PC_PANEL_CEASED_UASC},
    {POPULATION, "", "Children aged 0 to 17 years", PC_PANEL_POPULATION},
    {.begins = NULL},
};

/* Other placements in the community, and homes, hostels and semi-independent living in one column: the types
 * to 2019 are not those from 2021 on, so they are series of their own. */
const panel_column panel_columns[] = {
    {"CLA_U1", false, PC_PANEL_STOCK_AGE_0},
    {"CLA_1TO4", false, PC_PANEL_STOCK_AGE_1_4},
    {"CLA_5TO9", false, PC_PANEL_STOCK_AGE_5_9},
    {"CLA_10TO15", false, PC_PANEL_STOCK_AGE_10_15},
    {"CLA_16OVER", false, PC_PANEL_STOCK_AGE_16},
    {"CLA_UASC", false, PC_PANEL_STOCK_UASC},
    {"CLA_UASC", true, PC_PANEL_STOCK_UASC},
    {"CLA_FOST", false, PC_PANEL_FOSTER},
    {"CLA_PARENT", false, PC_PANEL_PARENTS},
    {"CLA_ADOPT", false, PC_PANEL_ADOPTION},
    {"CLA_SECURE", false, PC_PANEL_OLD_RESIDENTIAL},
    {"CLA_OCOM", false, PC_PANEL_OLD_COMMUNITY},
    {"CLA_ORES", false, PC_PANEL_OTHER_RESIDENTIAL},
    {"CLA_RSCH", false, PC_PANEL_SCHOOL},
    {"CLA_OTHPL", false, PC_PANEL_OLD_OTHER},
    {"CLA_MISS", false, PC_PANEL_OLD_OTHER},
    {"CLA_OWNP", false, PC_PANEL_PROVIDER_OWN},
    {"CLA_OTHLA", false, PC_PANEL_PROVIDER_OTHER_LA},
    {"CLA_OTHPP", false, PC_PANEL_PROVIDER_OTHER_PUBLIC},
    {"CLA_PRIV", false, PC_PANEL_PROVIDER_PRIVATE},
    {"CLA_VOL", false, PC_PANEL_PROVIDER_VOLUNTARY},
    {"CLA_PAR", false, PC_PANEL_PROVIDER_PARENTS},
    {"CLA_NREP", false, PC_PANEL_PROVIDER_NOT_REPORTED},
    {"SCLA_U1", false, PC_PANEL_STARTED_AGE_0},
    {"SCLA_1TO4", false, PC_PANEL_STARTED_AGE_1_4},
    {"SCLA_5TO9", false, PC_PANEL_STARTED_AGE_5_9},
    {"SCLA_10TO15", false, PC_PANEL_STARTED_AGE_10_15},
    {"SCLA_16OVER", false, PC_PANEL_STARTED_AGE_16},
    {"CEA_U1", false, PC_PANEL_CEASED_AGE_0},
    {"CEA_1TO4", false, PC_PANEL_CEASED_AGE_1_4},
    {"CEA_5TO9", false, PC_PANEL_CEASED_AGE_5_9},
    {"CEA_10TO15", false, PC_PANEL_CEASED_AGE_10_15},
    {"CEA_16", false, PC_PANEL_CEASED_AGE_16},
    {"CEA_17", false, PC_PANEL_CEASED_AGE_17},
    {"CEA_18OVER", false, PC_PANEL_CEASED_AGE_18},
    {.column = NULL},
};
