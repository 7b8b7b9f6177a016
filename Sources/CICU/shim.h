/* ICU renames its functions per release (uregex_open_72): these wrappers keep Swift free of the number. */
#include <unicode/ucal.h>
#include <unicode/uregex.h>

static inline const char *reqlint_error_name(UErrorCode status) { return u_errorName(status); }

static inline URegularExpression *reqlint_regex_open(const UChar *pattern, int32_t length, uint32_t flags,
                                                     UParseError *place, UErrorCode *status) {
  return uregex_open(pattern, length, flags, place, status);
}
static inline void reqlint_regex_close(URegularExpression *regex) { uregex_close(regex); }
static inline void reqlint_regex_set_time_limit(URegularExpression *regex, int32_t limit, UErrorCode *status) {
  uregex_setTimeLimit(regex, limit, status);
}
static inline void reqlint_regex_set_text(URegularExpression *regex, const UChar *text, int32_t length,
                                          UErrorCode *status) {
  uregex_setText(regex, text, length, status);
}
static inline UBool reqlint_regex_matches(URegularExpression *regex, UErrorCode *status) {
  return uregex_matches(regex, 0, status);
}
static inline UBool reqlint_regex_find(URegularExpression *regex, UErrorCode *status) {
  return uregex_find(regex, 0, status);
}

static inline UCalendar *reqlint_calendar_open(const UChar *zone, int32_t length, UErrorCode *status) {
  return ucal_open(zone, length, "en", UCAL_GREGORIAN, status);
}
static inline void reqlint_calendar_close(UCalendar *calendar) { ucal_close(calendar); }
static inline void reqlint_calendar_set_milliseconds(UCalendar *calendar, double time, UErrorCode *status) {
  ucal_setMillis(calendar, time, status);
}
static inline int32_t reqlint_calendar_get(UCalendar *calendar, UCalendarDateFields field, UErrorCode *status) {
  return ucal_get(calendar, field, status);
}
/* Length of the canonical identifier, or a failing status for a zone that ICU does not know. */
static inline int32_t reqlint_zone_check(const UChar *zone, int32_t length, UErrorCode *status) {
  UChar canonical[128];
  UBool system = 0;
  return ucal_getCanonicalTimeZoneID(zone, length, canonical, 128, &system, status);
}
