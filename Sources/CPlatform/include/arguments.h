#ifndef REQLINT_ARGUMENTS_H
#define REQLINT_ARGUMENTS_H

/// How many arguments the process has, its name included; 0 where the C library does not pass them to constructors.
int reqlint_argument_count(void);

/// An argument by its number; the name of the program is number 0. It lives as long as the process.
const char *reqlint_argument(int number);

#endif
