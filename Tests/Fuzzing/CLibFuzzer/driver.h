#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with a function of our own, in place of the `main` that its library has.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *bytes, size_t count));
