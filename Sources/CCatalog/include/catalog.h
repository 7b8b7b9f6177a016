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
/* What the catalog was made from, for example "botocore 1.43.11". */
extern const char reqlint_catalog_source[];

/* Swift does not import arrays of unknown length. */
static inline const struct reqlint_catalog_file *reqlint_catalog_files_start(void) { return reqlint_catalog_files; }
static inline const char *reqlint_catalog_source_start(void) { return reqlint_catalog_source; }

#endif
