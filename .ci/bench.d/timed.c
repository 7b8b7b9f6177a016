/* Runs a command and appends what it took to a file: "WALL CPU PEAK STATUS", in seconds, seconds, bytes, and as a shell
 * would say it. Small, because a child's peak counts from the memory of the process that it was forked from.
 *
 * usage: timed FILE COMMAND [ARGUMENT...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: timed FILE COMMAND [ARGUMENT...]\n");
    return 2;
  }
  double start = now();
  pid_t child = fork();
  if (child < 0) {
    perror("fork");
    return 2;
  }
  if (child == 0) {
    execvp(arguments[2], arguments + 2);
    perror(arguments[2]);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) {
    perror("wait4");
    return 2;
  }
  double wall = now() - start;
  FILE *out = fopen(arguments[1], "a");
  if (!out) {
    perror(arguments[1]);
    return 2;
  }
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  fprintf(out, "%.6f %.6f %lld %d\n", wall, seconds(usage.ru_utime) + seconds(usage.ru_stime),
    (long long)usage.ru_maxrss * 1024, code);
  return fclose(out) ? 2 : 0;
}
