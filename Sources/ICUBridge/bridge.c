#include "bridge.h"

#include <unicode/ucal.h>
#include <unicode/uregex.h>

const char *reqlint_error_name(int32_t status) { return u_errorName((UErrorCode)status); }

static URegularExpression *regex_of(reqlint_regex *regex) { return (URegularExpression *)regex; }

reqlint_regex *reqlint_regex_open(const uint16_t *pattern, int32_t length, int32_t *status) {
  UParseError place;
  UErrorCode code = U_ZERO_ERROR;
  URegularExpression *opened = uregex_open((const UChar *)pattern, length, 0, &place, &code);
  *status = code;
  if (U_SUCCESS(code)) return (reqlint_regex *)opened;
  uregex_close(opened);
  return 0;
}

void reqlint_regex_close(reqlint_regex *regex) { uregex_close(regex_of(regex)); }

void reqlint_regex_set_time_limit(reqlint_regex *regex, int32_t limit, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  uregex_setTimeLimit(regex_of(regex), limit, &code);
  *status = code;
}

void reqlint_regex_set_text(reqlint_regex *regex, const uint16_t *text, int32_t length, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  uregex_setText(regex_of(regex), (const UChar *)text, length, &code);
  *status = code;
}

int32_t reqlint_regex_matches(reqlint_regex *regex, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t matches = uregex_matches(regex_of(regex), 0, &code);
  *status = code;
  return matches;
}

int32_t reqlint_regex_find(reqlint_regex *regex, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t found = uregex_find(regex_of(regex), 0, &code);
  *status = code;
  return found;
}

reqlint_calendar *reqlint_calendar_open(const uint16_t *zone, int32_t length) {
  UChar canonical[128];
  UBool system = 0;
  UErrorCode code = U_ZERO_ERROR;
  ucal_getCanonicalTimeZoneID((const UChar *)zone, length, canonical, 128, &system, &code);
  if (U_FAILURE(code)) return 0;
  UCalendar *opened = ucal_open((const UChar *)zone, length, "en", UCAL_GREGORIAN, &code);
  if (U_SUCCESS(code)) return (reqlint_calendar *)opened;
  ucal_close(opened);
  return 0;
}

void reqlint_calendar_close(reqlint_calendar *calendar) { ucal_close((UCalendar *)calendar); }

struct reqlint_civil_time reqlint_calendar_time(reqlint_calendar *calendar, double milliseconds) {
  UCalendar *opened = (UCalendar *)calendar;
  UErrorCode code = U_ZERO_ERROR;
  ucal_setMillis(opened, milliseconds, &code);
  struct reqlint_civil_time time = {
      .year = ucal_get(opened, UCAL_YEAR, &code),
      .month = ucal_get(opened, UCAL_MONTH, &code) + 1,
      .day = ucal_get(opened, UCAL_DATE, &code),
      .hour = ucal_get(opened, UCAL_HOUR_OF_DAY, &code),
      .minute = ucal_get(opened, UCAL_MINUTE, &code),
      .millisecond = ucal_get(opened, UCAL_SECOND, &code) * 1000 + ucal_get(opened, UCAL_MILLISECOND, &code),
  };
  return time;
}
