#include "bridge.h"

#include <errno.h>
#include <stdlib.h>
#include <unicode/ucal.h>
#include <unicode/uregex.h>

const char *reqlint_error_name(int32_t status) { return u_errorName((UErrorCode)status); }

struct reqlint_regex {
  URegularExpression *opened;
  /* Of the match that runs, in ticks of ICU's: ten thousand steps. */
  int32_t ticks, limit;
};

static UBool on_tick(const void *context, int32_t ticks) {
  reqlint_regex *regex = (reqlint_regex *)context;
  regex->ticks = ticks;
  return ticks < regex->limit;
}

static const int32_t stack_bytes = 8000000, most_stack_bytes = 128000000;

/* Of a match: a long text may leave a frame behind for each of its units. */
static int32_t stack_for(int32_t length) {
  if (length <= stack_bytes / 96) return stack_bytes;
  return length < most_stack_bytes / 96 ? length * 96 : most_stack_bytes;
}

/* Without memory nothing can be told of any pattern, so the process ends, as it does where other memory is refused. */
static void require_memory(UErrorCode code) {
  if (code == U_MEMORY_ALLOCATION_ERROR && errno == ENOMEM) abort();
}

reqlint_regex *reqlint_regex_open(const uint16_t *pattern, int32_t length, int32_t *status) {
  UParseError place;
  UErrorCode code = U_ZERO_ERROR;
  URegularExpression *opened = uregex_open((const UChar *)pattern, length, 0, &place, &code);
  reqlint_regex *regex = U_SUCCESS(code) ? malloc(sizeof(reqlint_regex)) : 0;
  if (regex) {
    *regex = (reqlint_regex){.opened = opened};
    uregex_setStackLimit(opened, stack_bytes, &code);
    uregex_setMatchCallback(opened, on_tick, regex, &code);
  } else if (U_SUCCESS(code)) {
    code = U_MEMORY_ALLOCATION_ERROR;
  }
  *status = code;
  require_memory(code);
  if (U_SUCCESS(code)) return regex;
  uregex_close(opened);
  free(regex);
  return 0;
}

void reqlint_regex_close(reqlint_regex *regex) {
  uregex_close(regex->opened);
  free(regex);
}

int32_t reqlint_regex_match(reqlint_regex *regex, const uint16_t *text, int32_t length, int32_t whole, int32_t limit,
                            int32_t *steps) {
  UErrorCode code = U_ZERO_ERROR;
  regex->ticks = 0;
  regex->limit = limit / 10;
  if (stack_for(length) > stack_bytes) uregex_setStackLimit(regex->opened, stack_for(length), &code);
  uregex_setText(regex->opened, (const UChar *)text, length, &code);
  int32_t found = whole ? uregex_matches(regex->opened, 0, &code) : uregex_find(regex->opened, 0, &code);
  *steps = regex->ticks * 10;
  require_memory(code);
  if (U_FAILURE(code)) found = -1;
  /* ICU keeps the stack of its longest match otherwise. */
  if (length > 1000 || regex->ticks > 0) {
    code = U_ZERO_ERROR;
    uregex_setStackLimit(regex->opened, 4096, &code);
    uregex_setStackLimit(regex->opened, stack_bytes, &code);
  }
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
