// Keeps the arguments of the process. Swift's own CommandLine reads them from /proc, which a bare chroot does not have.

#include "arguments.h"

#include <stddef.h>
#include <stdlib.h>

static int argument_count = 0;
static char **arguments = NULL;

// glibc passes argc and argv to every constructor, in static and in dynamic executables; other C libraries do not.
#ifdef __GLIBC__
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
}
#endif

int reqlint_argument_count(void) { return argument_count; }

const char *reqlint_argument(int number) {
  return number >= 0 && number < argument_count ? arguments[number] : NULL;
}
