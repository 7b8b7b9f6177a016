#ifndef REQLINT_ICU_BRIDGE_H
#define REQLINT_ICU_BRIDGE_H

#include <stdint.h>

/* ICU's regular expressions and calendars behind names and types of our own: ICU renames its functions with every
   release, and Foundation brings types of ICU's names, which Swift cannot keep apart.

   A status is ICU's number: 0 or below is success. Texts are UTF-16 with a length in units. */

typedef struct reqlint_regex reqlint_regex;
typedef struct reqlint_calendar reqlint_calendar;

const char *reqlint_error_name(int32_t status);

/* A null pointer and a failing status where the pattern does not compile. */
reqlint_regex *reqlint_regex_open(const uint16_t *pattern, int32_t length, int32_t *status);
void reqlint_regex_close(reqlint_regex *regex);
/* Whether the whole text, or some part of it, matches: 1 or 0, and -1 where that takes more than the limit or more
   memory than ICU allows. Limit and steps are in thousands of steps of ICU's own measure. */
int32_t reqlint_regex_match(reqlint_regex *regex, const uint16_t *text, int32_t length, int32_t whole, int32_t limit,
                            int32_t *steps);

/* What a calendar shows: the month from 1, the milliseconds of the minute. */
struct reqlint_civil_time {
  int32_t year, month, day, hour, minute, millisecond;
};

/* A null pointer where ICU does not know the zone. */
reqlint_calendar *reqlint_calendar_open(const uint16_t *zone, int32_t length);
void reqlint_calendar_close(reqlint_calendar *calendar);
/* Milliseconds since 1970. */
struct reqlint_civil_time reqlint_calendar_time(reqlint_calendar *calendar, double milliseconds);

#endif
