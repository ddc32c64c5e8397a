#include "placecast/day.h"

#include <stdio.h>

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool pc_date_valid(pc_date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

/* Days from the civil calendar and back: the year is taken to begin on 1 March, so that the leap day is its
 * last. H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". Year 1 and later only. */
pc_day pc_day_from_date(pc_date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

pc_date pc_date_from_day(pc_day day)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = (int)(shifted - era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    pc_date date;

    date.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    date.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    date.year = (int)(year_of_era + era * 400) + (date.month <= 2);
    return date;
}

/* Reads 1 to `most` digits; returns how many were read, 0 when none. */
static size_t read_digits(const char *text, size_t length, size_t most, int *out)
{
    size_t n = 0;

    *out = 0;
    while (n < length && n < most && text[n] >= '0' && text[n] <= '9') {
        *out = *out * 10 + (text[n] - '0');
        n++;
    }
    return n;
}

/* Three runs of digits with `separator` between them; returns the length read, 0 when the text is not of that
 * form. */
static size_t read_triple(const char *text, size_t length, char separator, int part[3])
{
    size_t at = 0;

    for (int p = 0; p < 3; p++) {
        size_t n = read_digits(text + at, length - at, 4, &part[p]);

        if (n == 0) {
            return 0;
        }
        at += n;
        if (p < 2) {
            if (at == length || text[at] != separator) {
                return 0;
            }
            at++;
        }
    }
    return at;
}

static bool only_time_of_day(const char *text, size_t length)
{
    if (length == 0) {
        return true;
    }
    if ((text[0] != ' ' && text[0] != 'T') || length == 1) {
        return false;
    }
    for (size_t c = 1; c < length; c++) {
        if (!((text[c] >= '0' && text[c] <= '9') || text[c] == ':' || text[c] == '.')) {
            return false;
        }
    }
    return true;
}

bool pc_day_parse(const char *text, size_t length, pc_day *out)
{
    int part[3];
    pc_date date;
    size_t used = read_triple(text, length, '/', part);

    if (used > 0) {
        date = (pc_date){.year = part[2], .month = part[1], .day = part[0]};
    } else {
        used = read_triple(text, length, '-', part);
        if (used == 0) {
            return false;
        }
        date = (pc_date){.year = part[0], .month = part[1], .day = part[2]};
    }
    /* A two-digit year is not a date that we would guess at. */
    if (date.year < 1000 || !pc_date_valid(date) || !only_time_of_day(text + used, length - used)) {
        return false;
    }
    *out = pc_day_from_date(date);
    return true;
}

char *pc_day_format(pc_day day, char text[PC_DAY_TEXT_SIZE])
{
    pc_date date;

    text[0] = '\0';
    if (day != PC_DAY_NONE && day != PC_DAY_OPEN) {
        date = pc_date_from_day(day);
        if (date.year >= 0 && date.year <= 9999) {
            snprintf(text, PC_DAY_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)date.year % 10000U,
                     (unsigned)date.month % 100U, (unsigned)date.day % 100U);
        }
    }
    return text;
}

pc_day pc_birthday(pc_day birth, int years)
{
    pc_date date = pc_date_from_day(birth);

    date.year += years;
    if (date.month == 2 && date.day == 29 && !leap(date.year)) {
        date.month = 3;
        date.day = 1;
    }
    return pc_day_from_date(date);
}

int pc_age_years(pc_day birth, pc_day day)
{
    int years = pc_date_from_day(day).year - pc_date_from_day(birth).year;

    return pc_birthday(birth, years) > day ? years - 1 : years;
}

int pc_month_of_day(pc_day day)
{
    pc_date date = pc_date_from_day(day);

    return date.year * 12 + date.month - 1;
}

pc_day pc_month_first_day(int month_index)
{
    return pc_day_from_date((pc_date){.year = month_index / 12, .month = month_index % 12 + 1, .day = 1});
}

int pc_financial_year(pc_day day)
{
    pc_date date = pc_date_from_day(day);

    return date.month >= 4 ? date.year : date.year - 1;
}

pc_day pc_financial_year_first_day(int year)
{
    return pc_day_from_date((pc_date){.year = year, .month = 4, .day = 1});
}

char *pc_financial_year_format(int year, char text[PC_DAY_TEXT_SIZE])
{
    snprintf(text, PC_DAY_TEXT_SIZE, "%04u/%02u", (unsigned)year % 10000U, (unsigned)(year + 1) % 100U);
    return text;
}

bool pc_financial_year_parse(const char *text, size_t length, int *out)
{
    int first, second;

    if (length != 7 || text[4] != '/' || read_digits(text, 4, 4, &first) != 4 ||
        read_digits(text + 5, 2, 2, &second) != 2 || (first + 1) % 100 != second || first < 1000) {
        return false;
    }
    *out = first;
    return true;
}
