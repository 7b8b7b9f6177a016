#ifndef REQLINT_CATALOG_H
#define REQLINT_CATALOG_H

#include <stddef.h>

/* One embedded file of the catalog: a service's shortened model, its endpoint rules, or the table of partitions. */
struct reqlint_catalog_file {
  const char *name;
  /* Services of one prefix share their host, as es and opensearch do; empty for files that are no service's model. */
  const char *endpoint_prefix;
  const unsigned char *bytes;
  size_t count;
};

/* Sorted by name. */
extern const struct reqlint_catalog_file reqlint_catalog_files[];
extern const size_t reqlint_catalog_count;
/* What the catalog was made from, for example "botocore 1.44.8". */
extern const char reqlint_catalog_source[];
/* When that was, for example "2026-11-28"; empty if it is not recorded. */
extern const char reqlint_catalog_date[];

/* Swift does not import arrays of unknown length. */
static inline const struct reqlint_catalog_file *reqlint_catalog_files_start(void) { return reqlint_catalog_files; }
static inline const char *reqlint_catalog_source_start(void) { return reqlint_catalog_source; }
static inline const char *reqlint_catalog_date_start(void) { return reqlint_catalog_date; }

#endif
