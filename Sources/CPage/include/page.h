#ifndef REQLINT_PAGE_H
#define REQLINT_PAGE_H

#include <stddef.h>

/* One embedded source of the plan's page, UTF-8 without a terminator. */
struct reqlint_page_source {
  const unsigned char *bytes;
  size_t count;
};

/* Mustache: the page, and what it repeats. */
extern const struct reqlint_page_source reqlint_page_template;
extern const struct reqlint_page_source reqlint_page_request;
extern const struct reqlint_page_source reqlint_page_finding;
extern const struct reqlint_page_source reqlint_page_code;
/* What stands inside the page's one style element and its one script element. */
extern const struct reqlint_page_source reqlint_page_style;
extern const struct reqlint_page_source reqlint_page_script;

#endif
