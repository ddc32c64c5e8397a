/* The table of every key of a workforce file: see keys.h. */
#include "scenario/keys.h"

#include "scenario/intervention_draft.h"
#include "scenario/workforce_read.h"

#define IN_FILE(member) .offset = offsetof(pc_workforce, member)
#define IN_STAGE(member) .offset = offsetof(pc_stage, member)
#define IN_RANGE(member) .offset = offsetof(pc_effect, member)
#define IN_BAND(member) .offset = offsetof(workforce_band, member)
#define IN_NOW(member) .offset = offsetof(pc_age_count, member)
#define IN_CONTACT(member) .offset = offsetof(pc_contact_share, member)
#define IN_PATHWAY(member) .offset = offsetof(pc_pathway, member)
#define IN_TEAM(member) .offset = offsetof(pc_team, member)
#define IN_STRUCTURE(member) .offset = offsetof(pc_structure, member)
#define IN_POSTS(member) .offset = offsetof(pc_team_posts, member)
#define IN_LEAVERS(member) .offset = offsetof(pc_leaver_rate, member)
#define IN_RETENTION(member) .offset = offsetof(pc_retention, member)
#define IN_AWARD(member) .offset = offsetof(pc_pay_award, member)
#define IN_SUM(member) .offset = offsetof(pc_sum, member)
#define NOT_STORED .offset = SCENARIO_NOWHERE

#define MOST_GBP 1e10
#define RANGE_WORDS "a number or {low, likely, high}"
/* A number, or a range from which every simulated future draws (triangular). */
#define RANGE_ROWS(path_, low_, high_)                                                                       \
    {.path = path_ ".low",                                                                                   \
     .type = SCENARIO_NUMBER,                                                                                \
     .flags = SCENARIO_REQUIRED,                                                                             \
     IN_RANGE(low),                                                                                          \
     .low = low_,                                                                                            \
     .high = high_,                                                                                          \
     .help = "The least."},                                                                                  \
        {.path = path_ ".likely",                                                                            \
         .type = SCENARIO_NUMBER,                                                                            \
         .flags = SCENARIO_REQUIRED,                                                                         \
         IN_RANGE(likely),                                                                                   \
         .low = low_,                                                                                        \
         .high = high_,                                                                                      \
         .help = "The likeliest."},                                                                          \
    {                                                                                                        \
        .path = path_ ".high", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_RANGE(high),          \
        .low = low_, .high = high_, .help = "The most."                                                      \
    }
/* A distribution of time: `in` is a macro that leads to a pc_stay. */
#define STAY_ROWS(path_, in)                                                                                 \
    {.path = path_ ".days",                                                                                  \
     .type = SCENARIO_NUMBER,                                                                                \
     in(days),                                                                                               \
     .low = 0,                                                                                               \
     .high = 10000,                                                                                          \
     .unit = "days",                                                                                         \
     .otherwise = "none",                                                                                    \
     .help = "Mean. Either this or `bands`."},                                                               \
        {.path = path_ ".spread",                                                                            \
         .type = SCENARIO_NUMBER,                                                                            \
         in(spread),                                                                                         \
         .low = 0,                                                                                           \
         .high = 5,                                                                                          \
         .initial = "1",                                                                                     \
         .help = "Coefficient of variation: 0 always the mean, 1 exponential; a gamma distribution."},       \
        {.path = path_ ".bands",                                                                             \
         .type = SCENARIO_SPECIAL,                                                                           \
         in(days),                                                                                           \
         .expected = "a list of {days, share}",                                                              \
         .read = workforce_read_bands,                                                                       \
         .otherwise = "none",                                                                                \
         .help = "As in published tables: the share of cases that end after the band before and within "     \
                 "`days`."},                                                                                 \
        {.path = path_ ".bands[]", .type = SCENARIO_GROUP, NOT_STORED, .help = "One band."},                 \
        {.path = path_ ".bands[].days",                                                                      \
         .type = SCENARIO_NUMBER,                                                                            \
         .flags = SCENARIO_REQUIRED,                                                                         \
         IN_BAND(days),                                                                                      \
         .low = 0.01,                                                                                        \
         .high = 10000,                                                                                      \
         .unit = "days",                                                                                     \
         .help = "End of the band; ascending."},                                                             \
    {                                                                                                        \
        .path = path_ ".bands[].share", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_BAND(share), \
        .low = 0, .high = 1, .help = "Share of the cases; all bands together 1."                             \
    }
#define IN_STAGE_STAY(member) IN_STAGE(stay.member)
#define IN_PROCEEDINGS(member) IN_FILE(care.proceedings_stay.member)

/* clang-format off */
static const scenario_key keys[] = {
    {.path = "workforce", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, NOT_STORED, .expected = "1",
     .read = scenario_read_version, .help = "Version of the format."},
    {.path = "confidence", .type = SCENARIO_NUMBER, IN_FILE(confidence), .low = 0.5, .high = 0.99, .initial = "0.8",
     .help = "How sure it is to be that case-loads stay within their target: `posts_at_confidence` in posts.csv."},

    {.path = "front_door", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none",
     .help = "Stages of the front door, each after the one that feeds it. It never moves starts in care."},
    {.path = "front_door[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_stage, .close = workforce_close_stage,
     .help = "One stage, with either `volume` or `conversion`; the first has a volume."},
    {.path = "front_door[].stage", .type = SCENARIO_CHOICE, .flags = SCENARIO_REQUIRED, IN_STAGE(kind),
     .choices = SCENARIO_ACTIVITY_MEASURES, .help = "Which stage; each once."},
    {.path = "front_door[].from", .type = SCENARIO_SPECIAL, IN_STAGE(from), .expected = "an earlier stage of the list, or `none`",
     .read = workforce_read_feeder, .otherwise = "the stage before it in the list", .help = "The stage whose cases go on to this one when they end; `none`: they come from outside."},
    {.path = "front_door[].volume", .type = SCENARIO_SPECIAL, IN_STAGE(volume), .expected = RANGE_WORDS, .low = 0, .high = 1e7,
     .unit = "new cases a year", .read = workforce_read_range, .otherwise = "none",
     .help = "New cases a year at the start of the forecast, those that return included. After the first stage it stands for the conversion that gives it."},
    RANGE_ROWS("front_door[].volume", 0, 1e7),
    {.path = "front_door[].conversion", .type = SCENARIO_SPECIAL, IN_STAGE(conversion), .expected = RANGE_WORDS, .low = 0, .high = 1,
     .read = workforce_read_range, .otherwise = "none", .help = "Share of the cases that end in `from` and go on to this stage."},
    RANGE_ROWS("front_door[].conversion", 0, 1),
    {.path = "front_door[].trend", .type = SCENARIO_SPECIAL, IN_STAGE(trend), .expected = RANGE_WORDS, .low = -0.9, .high = 5,
     .read = workforce_read_range, .otherwise = "0", .help = "Growth a year of the volume, or of the conversion: 0.02 is 2%."},
    RANGE_ROWS("front_door[].trend", -0.9, 5),
    {.path = "front_door[].year_spread", .type = SCENARIO_NUMBER, IN_STAGE(year_spread), .low = 0, .high = 2, .initial = "0",
     .help = "How much good and bad years differ: coefficient of variation of a financial year's new cases (or conversion)."},
    {.path = "front_door[].returns", .type = SCENARIO_NUMBER, IN_STAGE(returns), .low = 0, .high = 0.95, .initial = "0",
     .help = "Re-referrals: share of the stage's cases that come back to it. They are part of `volume`."},
    {.path = "front_door[].returns_months", .type = SCENARIO_NUMBER, IN_STAGE(returns_months), .low = 1, .high = 60, .initial = "12",
     .unit = "months", .help = "Within so many months after the case ended in this stage, evenly."},
    {.path = "front_door[].open", .type = SCENARIO_NUMBER, IN_STAGE(open), .low = 0, .high = 1e6, .unit = "cases",
     .otherwise = "as many as volume and stay give", .help = "Cases open on the day before the forecast starts."},
    {.path = "front_door[].stay", .type = SCENARIO_GROUP, .flags = SCENARIO_REQUIRED, NOT_STORED, .help = "How long a case stays in the stage."},
    STAY_ROWS("front_door[].stay", IN_STAGE_STAY),

    {.path = "care", .type = SCENARIO_GROUP, NOT_STORED, .help = "Looked-after children and care leavers, from the simulation."},
    {.path = "care.reviews", .type = SCENARIO_GROUP, NOT_STORED, .help = "When the case of a looked-after child is reviewed."},
    {.path = "care.reviews.first", .type = SCENARIO_NUMBER, IN_FILE(care.reviews.first), .low = 1, .high = 1000, .initial = "28", .unit = "days",
     .help = "First review, after care began: 20 working days."},
    {.path = "care.reviews.second", .type = SCENARIO_NUMBER, IN_FILE(care.reviews.second), .low = 1, .high = 1000, .initial = "91", .unit = "days",
     .help = "Second review, after the first: three months."},
    {.path = "care.reviews.every", .type = SCENARIO_NUMBER, IN_FILE(care.reviews.every), .low = 1, .high = 1000, .initial = "183", .unit = "days",
     .help = "Further reviews: every six months."},
    {.path = "care.proceedings", .type = SCENARIO_GROUP, NOT_STORED, .help = "Care proceedings of looked-after children."},
    {.path = "care.proceedings.share", .type = SCENARIO_NUMBER, IN_FILE(care.proceedings_share), .low = 0, .high = 1, .initial = "0",
     .help = "Share of starts in care with proceedings from the beginning."},
    {.path = "care.proceedings.stay", .type = SCENARIO_GROUP, NOT_STORED, .help = "How long proceedings last; at most until care ends."},
    STAY_ROWS("care.proceedings.stay", IN_PROCEEDINGS),
    {.path = "care.leavers", .type = SCENARIO_GROUP, NOT_STORED, .help = "Care leavers, up to their 26th birthday."},
    {.path = "care.leavers.from_age", .type = SCENARIO_NUMBER, IN_FILE(care.leaver_age), .low = 16, .high = 18, .initial = "16", .unit = "years",
     .help = "Youngest age at which leaving care makes a care leaver. Adoption never does."},
    {.path = "care.leavers.from_days", .type = SCENARIO_NUMBER, IN_FILE(care.leaver_days), .low = 0, .high = 3650, .initial = "91", .unit = "days",
     .help = "Shortest time in care that does: 13 weeks."},
    {.path = "care.leavers.now", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "nobody, named as an assumption",
     .help = "Who is a care leaver on the day before the forecast starts, by age."},
    {.path = "care.leavers.now[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_now, .close = workforce_close_plain, .help = "One age."},
    {.path = "care.leavers.now[].age", .type = SCENARIO_WHOLE, .flags = SCENARIO_REQUIRED, IN_NOW(age), .low = 16, .high = 25, .unit = "years",
     .help = "Completed years."},
    {.path = "care.leavers.now[].persons", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_NOW(persons), .low = 0, .high = 100000,
     .help = "Care leavers of that age, whether their case is open or not."},
    {.path = "care.leavers.contact", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "the case of every care leaver is open",
     .help = "Which share of the care leavers of some ages has an open case."},
    {.path = "care.leavers.contact[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_contact, .close = workforce_close_plain,
     .help = "Some ages."},
    {.path = "care.leavers.contact[].ages", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, IN_CONTACT(ages),
     .expected = "ages such as 21-25, from 16 to 25", .read = workforce_read_ages, .help = "Completed years, both inside."},
    {.path = "care.leavers.contact[].share", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_CONTACT(share), .low = 0, .high = 1,
     .help = "Share with an open case."},
    {.path = "care.leavers.pathways", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none",
     .help = "Where care leavers with an open case live (staying put, supported, independent), and what that costs. Those on none: `other`, without cost."},
    {.path = "care.leavers.pathways[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_pathway, .close = workforce_close_plain,
     .help = "One of them."},
    {.path = "care.leavers.pathways[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_PATHWAY(name), .help = "What the results call it."},
    {.path = "care.leavers.pathways[].ages", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, IN_PATHWAY(ages),
     .expected = "ages such as 18-20, from 16 to 25", .read = workforce_read_ages, .help = "Completed years, both inside."},
    {.path = "care.leavers.pathways[].share", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_PATHWAY(share), .low = 0, .high = 1,
     .help = "Share of the open cases of these ages."},
    {.path = "care.leavers.pathways[].weekly_gbp", .type = SCENARIO_NUMBER, IN_PATHWAY(weekly_gbp), .low = 0, .high = 100000, .initial = "0",
     .unit = "pounds a week", .help = "Its cost for each of them."},

    {.path = "teams", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none", .help = "What teams hold, and how many cases one worker is to have."},
    {.path = "teams[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_team, .close = workforce_close_team, .help = "One team."},
    {.path = "teams[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_TEAM(name), .help = "As in the structures."},
    {.path = "teams[].cases", .type = SCENARIO_MAP, NOT_STORED, .otherwise = "none: the team holds no cases",
     .help = "Kinds of case that it holds, each with its weight: how many cases of the target one of them counts for."},
    {.path = "teams[].cases.<kind>", .type = SCENARIO_SPECIAL, NOT_STORED, .low = 0, .high = 100, .expected = "a number from 0 to 100",
     .read = workforce_read_weight, .help = "A stage of the front door, `children_in_care`, `care_leavers` or `proceedings` (which are children in care as well)."},
    {.path = "teams[].case_load", .type = SCENARIO_NUMBER, IN_TEAM(case_load), .low = 0.1, .high = 1000, .unit = "cases",
     .otherwise = "needed with `cases`", .help = "Target: cases for each full-time worker who is at work."},
    {.path = "teams[].guarantee", .type = SCENARIO_NUMBER, IN_TEAM(guarantee), .low = 0.1, .high = 1000, .unit = "cases", .otherwise = "none",
     .help = "The most that is promised; months above it are counted."},
    {.path = "teams[].span", .type = SCENARIO_NUMBER, IN_TEAM(span), .low = 1, .high = 100, .unit = "workers", .otherwise = "no managers",
     .help = "Workers to one manager. Managers hold no cases."},
    {.path = "teams[].lost", .type = SCENARIO_NUMBER, IN_TEAM(lost), .low = 0, .high = 0.9, .initial = "0",
     .help = "Share of contact time lost to leave, sickness and training. Vacancies are followed under `staff`."},
    {.path = "teams[].other_posts", .type = SCENARIO_NUMBER, IN_TEAM(other_posts), .low = 0, .high = 10000, .initial = "0", .unit = "posts",
     .help = "Posts that hold no cases and are no managers."},
    {.path = "teams[].staffed", .type = SCENARIO_NUMBER, IN_TEAM(staffed), .low = 0, .high = 1, .otherwise = "as under `staff`",
     .help = "Share of its posts that is filled when the forecast starts."},

    {.path = "funding", .type = SCENARIO_SPECIAL, NOT_STORED, .expected = "a list of names", .read = workforce_read_sources,
     .otherwise = "none", .help = "Who pays: service, other council money, external."},
    {.path = "structures", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none", .help = "Named structures of posts and what they cost a year."},
    {.path = "structures[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_structure, .close = workforce_close_plain,
     .help = "One structure."},
    {.path = "structures[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_STRUCTURE(name), .help = "What the results call it."},
    {.path = "structures[].from", .type = SCENARIO_DAY, IN_STRUCTURE(from), .otherwise = "the beginning for the first; others only described",
     .help = "First day on which it is the establishment."},
    {.path = "structures[].teams", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none: totals only", .help = "Its teams."},
    {.path = "structures[].teams[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_posts, .close = workforce_close_posts,
     .help = "One team."},
    {.path = "structures[].teams[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_POSTS(name), .help = "Name of the team."},
    {.path = "structures[].teams[].holder", .type = SCENARIO_TEXT, IN_POSTS(holder), .otherwise = "none", .help = "Who holds the budget."},
    {.path = "structures[].teams[].posts", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_POSTS(posts), .low = 0, .high = 100000,
     .unit = "posts", .help = "Full-time equivalent."},
    {.path = "structures[].teams[].cost", .type = SCENARIO_NUMBER, IN_POSTS(cost), .low = 0, .high = MOST_GBP, .unit = "pounds a year",
     .otherwise = "none", .help = "Of all its posts, filled at the usual pay."},
    {.path = "structures[].teams[].cost_per_post", .type = SCENARIO_NUMBER, IN_POSTS(cost_per_post), .low = 0, .high = 1e6,
     .unit = "pounds a year", .otherwise = "none", .help = "Instead of `cost`, rounded to a pound: sums are then checked to within half a pound for each post."},
    {.path = "structures[].teams[].premium", .type = SCENARIO_NUMBER, IN_POSTS(premium), .low = 0, .high = MOST_GBP, .unit = "pounds a year",
     .otherwise = "none", .help = "On top: agency staff, recruitment and retention. Cost and premium are the true cost."},
    {.path = "structures[].teams[].funding", .type = SCENARIO_MAP, NOT_STORED, .otherwise = "not given", .help = "Who pays for the team."},
    {.path = "structures[].teams[].funding.<source>", .type = SCENARIO_SPECIAL, IN_POSTS(funding), .low = -MOST_GBP, .high = MOST_GBP,
     .unit = "pounds a year", .expected = "a number of pounds", .read = workforce_read_funding, .help = "One of `funding`."},
    {.path = "structures[].other_cost", .type = SCENARIO_NUMBER, IN_STRUCTURE(other_cost), .low = 0, .high = MOST_GBP, .unit = "pounds a year",
     .otherwise = "none", .help = "Cost of the teams that have none of their own, together. Where one is needed it is spread by posts."},
    {.path = "structures[].stated", .type = SCENARIO_GROUP, NOT_STORED, .help = "Totals as the document states them, to check against."},
    {.path = "structures[].stated.posts", .type = SCENARIO_NUMBER, IN_STRUCTURE(stated.posts), .low = 0, .high = 100000, .unit = "posts",
     .otherwise = "none", .help = "Posts. Without teams: the posts of the structure."},
    {.path = "structures[].stated.cost", .type = SCENARIO_NUMBER, IN_STRUCTURE(stated.cost), .low = 0, .high = MOST_GBP, .unit = "pounds a year",
     .otherwise = "none", .help = "Cost."},
    {.path = "structures[].stated.premium", .type = SCENARIO_NUMBER, IN_STRUCTURE(stated.premium), .low = 0, .high = MOST_GBP,
     .unit = "pounds a year", .otherwise = "none", .help = "Premium."},
    {.path = "structures[].stated.true_cost", .type = SCENARIO_NUMBER, IN_STRUCTURE(stated.true_cost), .low = 0, .high = MOST_GBP,
     .unit = "pounds a year", .otherwise = "none", .help = "Cost with the premium."},
    {.path = "structures[].funding", .type = SCENARIO_MAP, NOT_STORED, .otherwise = "not given", .help = "Who pays for the whole."},
    {.path = "structures[].funding.<source>", .type = SCENARIO_SPECIAL, IN_STRUCTURE(funding), .low = -MOST_GBP, .high = MOST_GBP,
     .unit = "pounds a year", .expected = "a number of pounds", .read = workforce_read_funding,
     .help = "One of `funding`. One that is left out is what remains of the true cost, and is named."},
    {.path = "premium_from", .type = SCENARIO_TEXT, IN_FILE(premium_from), .otherwise = "none",
     .help = "The structure whose premium for each post is the measure: the premium of the others is shown as stated and rescaled by posts."},

    {.path = "staff", .type = SCENARIO_GROUP, NOT_STORED, .help = "Who is in post: leaving, vacancies, agency staff, pay. Without it every post is filled."},
    {.path = "staff.staffed", .type = SCENARIO_NUMBER, IN_FILE(staff.staffed), .low = 0, .high = 1, .initial = "1",
     .help = "Share of the posts that is filled when the forecast starts."},
    {.path = "staff.recruit_months", .type = SCENARIO_NUMBER, IN_FILE(staff.recruit_months), .low = 0.1, .high = 120, .initial = "6",
     .unit = "months", .help = "How long a vacancy stays open on average."},
    {.path = "staff.leavers", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "nobody leaves", .help = "Who leaves, by time in post."},
    {.path = "staff.leavers[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_leavers, .close = workforce_close_plain,
     .help = "One band of tenure."},
    {.path = "staff.leavers[].under_years", .type = SCENARIO_NUMBER, IN_LEAVERS(under_years), .low = 0.01, .high = 60, .unit = "years",
     .otherwise = "no end; for the last", .help = "Up to this tenure; ascending."},
    {.path = "staff.leavers[].share", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_LEAVERS(share), .low = 0, .high = 0.99,
     .help = "Share who leave in a year."},
    {.path = "staff.newly_qualified", .type = SCENARIO_GROUP, NOT_STORED, .help = "Starters with a protected case-load."},
    {.path = "staff.newly_qualified.share", .type = SCENARIO_NUMBER, IN_FILE(staff.new_share), .low = 0, .high = 1, .initial = "0",
     .help = "Share of starters who are newly qualified."},
    {.path = "staff.newly_qualified.load", .type = SCENARIO_NUMBER, IN_FILE(staff.new_load), .low = 0, .high = 1, .initial = "1",
     .help = "Cases that they hold, as a share of the target."},
    {.path = "staff.newly_qualified.months", .type = SCENARIO_NUMBER, IN_FILE(staff.new_months), .low = 0, .high = 60, .initial = "12",
     .unit = "months", .help = "For so long after they start."},
    {.path = "staff.agency", .type = SCENARIO_GROUP, NOT_STORED, .help = "Agency staff in vacant posts."},
    {.path = "staff.agency.cover", .type = SCENARIO_NUMBER, IN_FILE(staff.agency_cover), .low = 0, .high = 1, .initial = "0",
     .help = "Share of vacancies that they cover."},
    {.path = "staff.agency.premium", .type = SCENARIO_NUMBER, IN_FILE(staff.agency_premium), .low = 0, .high = 1e6, .initial = "0",
     .unit = "pounds a year and post", .help = "What an agency worker costs beyond the post."},
    {.path = "staff.cost_per_post", .type = SCENARIO_NUMBER, IN_FILE(staff.cost_per_post), .low = 0, .high = 1e6, .unit = "pounds a year",
     .otherwise = "from the structure", .help = "Where a team's structure gives no cost."},
    {.path = "staff.pay_share", .type = SCENARIO_NUMBER, IN_FILE(staff.pay_share), .low = 0, .high = 1, .initial = "1",
     .help = "How much of the cost of a post is pay, of which retention is a share."},
    {.path = "staff.recruitment_payment", .type = SCENARIO_NUMBER, IN_FILE(staff.recruitment_payment), .low = 0, .high = 1e6, .initial = "0",
     .unit = "pounds", .help = "For each starter."},
    {.path = "staff.retention", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none", .help = "Payments to those who stay."},
    {.path = "staff.retention[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_retention, .close = workforce_close_retention,
     .help = "One: a share of pay each year, or a sum in one year."},
    {.path = "staff.retention[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_RETENTION(name), .help = "What it is called."},
    {.path = "staff.retention[].share_of_pay", .type = SCENARIO_NUMBER, IN_RETENTION(share_of_pay), .low = 0, .high = 1, .otherwise = "none",
     .help = "Of the pay of everybody in post, each year."},
    {.path = "staff.retention[].from", .type = SCENARIO_DAY, IN_RETENTION(from), .otherwise = "the beginning",
     .help = "First day of a share of pay."},
    {.path = "staff.retention[].sum", .type = SCENARIO_NUMBER, IN_RETENTION(sum), .low = 0, .high = 1e6, .unit = "pounds", .otherwise = "none",
     .help = "For each of `staff` who is still there on 1 April of `year`: a liability with a date."},
    {.path = "staff.retention[].year", .type = SCENARIO_SPECIAL, IN_RETENTION(year), .expected = "a financial year such as 2020/21",
     .read = workforce_read_year, .otherwise = "needed with `sum`", .help = "When the sum falls due."},
    {.path = "staff.retention[].staff", .type = SCENARIO_NUMBER, IN_RETENTION(staff), .low = 0, .high = 100000, .otherwise = "needed with `sum`",
     .help = "Who would get it today."},
    {.path = "staff.pay_awards", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none: pay stays as it is", .help = "Pay awards by year."},
    {.path = "staff.pay_awards[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_award, .close = workforce_close_plain,
     .help = "One year."},
    {.path = "staff.pay_awards[].year", .type = SCENARIO_SPECIAL, .flags = SCENARIO_REQUIRED, IN_AWARD(year),
     .expected = "a financial year such as 2020/21", .read = workforce_read_year, .help = "Paid from 1 April."},
    {.path = "staff.pay_awards[].share", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_AWARD(share), .low = -0.5, .high = 1,
     .help = "Growth of the cost of a post: 0.02 is 2%."},
    {.path = "staff.pay_awards[].funded", .type = SCENARIO_YES_NO, IN_AWARD(funded), .initial = "true",
     .help = "Whether the budget grows with it; what is not funded is shown by itself."},

    {.path = "allowance", .type = SCENARIO_GROUP, NOT_STORED, .help = "What a stated premium is made of. What is left out is reported as missing, with what it would have to be."},
    {.path = "allowance.stated", .type = SCENARIO_NUMBER, IN_FILE(allowance.stated), .low = 0, .high = MOST_GBP, .unit = "pounds a year",
     .otherwise = "needed with `allowance`", .help = "The sum as stated."},
    {.path = "allowance.posts", .type = SCENARIO_NUMBER, IN_FILE(allowance.posts), .low = 0, .high = 100000, .unit = "posts",
     .otherwise = "missing", .help = "Posts of which a share is filled by agency staff."},
    {.path = "allowance.agency_share", .type = SCENARIO_NUMBER, IN_FILE(allowance.agency_share), .low = 0, .high = 1, .otherwise = "missing",
     .help = "That share."},
    {.path = "allowance.premium", .type = SCENARIO_NUMBER, IN_FILE(allowance.premium), .low = 0, .high = 1e6, .unit = "pounds a year and post",
     .otherwise = "missing", .help = "What an agency worker costs beyond the post."},
    {.path = "allowance.starters", .type = SCENARIO_NUMBER, IN_FILE(allowance.starters), .low = 0, .high = 100000, .unit = "a year",
     .otherwise = "missing", .help = "Starters who get a recruitment payment."},
    {.path = "allowance.payment", .type = SCENARIO_NUMBER, IN_FILE(allowance.payment), .low = 0, .high = 1e6, .unit = "pounds",
     .otherwise = "missing", .help = "Recruitment payment."},
    {.path = "allowance.pay", .type = SCENARIO_NUMBER, IN_FILE(allowance.pay), .low = 0, .high = MOST_GBP, .unit = "pounds a year",
     .otherwise = "missing", .help = "Pay of those who get a reward."},
    {.path = "allowance.reward", .type = SCENARIO_NUMBER, IN_FILE(allowance.reward), .low = 0, .high = 1, .otherwise = "missing",
     .help = "The reward as a share of pay."},

    {.path = "sums", .type = SCENARIO_LIST, NOT_STORED, .otherwise = "none", .help = "Sums of the document that are to be checked and reported."},
    {.path = "sums[]", .type = SCENARIO_GROUP, NOT_STORED, .open = workforce_open_sum, .close = workforce_close_plain, .help = "One sum."},
    {.path = "sums[].name", .type = SCENARIO_TEXT, .flags = SCENARIO_REQUIRED, IN_SUM(name), .help = "What it is."},
    {.path = "sums[].parts", .type = SCENARIO_LIST, .flags = SCENARIO_REQUIRED, NOT_STORED, .help = "Numbers that are added up."},
    {.path = "sums[].parts[]", .type = SCENARIO_SPECIAL, IN_SUM(part), .low = -1e12, .high = 1e12, .expected = "a number",
     .read = workforce_read_part, .help = "One of them."},
    {.path = "sums[].times", .type = SCENARIO_NUMBER, IN_SUM(times), .low = -1e9, .high = 1e9, .initial = "1", .help = "Their sum is multiplied by this."},
    {.path = "sums[].stated", .type = SCENARIO_NUMBER, .flags = SCENARIO_REQUIRED, IN_SUM(stated), .low = -1e12, .high = 1e12,
     .help = "The result as stated."},
    {.path = "sums[].to", .type = SCENARIO_NUMBER, IN_SUM(to), .low = 1e-6, .high = 1e9, .initial = "1", .help = "To the nearest: 1000 where it is stated in thousands."},
};
/* clang-format on */

const scenario_table scenario_table_workforce = {
    .key = keys, .n = sizeof keys / sizeof *keys, .noun = "workforce file"};
