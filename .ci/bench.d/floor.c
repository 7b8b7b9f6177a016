/* The least that a linter on libyaml has to do: reads every file of a list and steps through its events, keeping none.
 *
 * usage: floor THREADS LIST        (LIST: one path on each line)
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

enum { MAXIMUM_FILE = 1 << 27, MAXIMUM_THREADS = 256 };

struct job {
  char **paths;
  size_t count;
  atomic_size_t taken;
  atomic_long events;
};

static void fail(const char *what) {
  perror(what);
  exit(2);
}

/* The whole content of a file, in a buffer that grows and is used again. */
static size_t load(const char *path, unsigned char **buffer, size_t *room) {
  int file = open(path, O_RDONLY);
  if (file < 0) fail(path);
  size_t size = 0;
  for (;;) {
    if (size == *room && !(*buffer = realloc(*buffer, *room = *room ? 2 * *room : 65536))) fail("realloc");
    ssize_t got = read(file, *buffer + size, *room - size);
    if (got < 0) fail(path);
    if (got == 0) break;
    size += (size_t)got;
    if (size > MAXIMUM_FILE) { fprintf(stderr, "%s is too large\n", path); exit(2); }
  }
  close(file);
  return size;
}

/* Events up to the end, or to the first fault, where libyaml stops. */
static long walk(const unsigned char *bytes, size_t size) {
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) fail("yaml_parser_initialize");
  yaml_parser_set_input_string(&parser, bytes, size);
  long events = 0;
  yaml_event_type_t kind = YAML_NO_EVENT;
  while (kind != YAML_STREAM_END_EVENT) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) break;
    kind = event.type;
    yaml_event_delete(&event);
    events++;
  }
  yaml_parser_delete(&parser);
  return events;
}

static void *run(void *argument) {
  struct job *job = argument;
  unsigned char *buffer = NULL;
  size_t room = 0;
  long events = 0;
  for (size_t i; (i = atomic_fetch_add(&job->taken, 1)) < job->count;) {
    size_t size = load(job->paths[i], &buffer, &room);
    events += walk(buffer, size);
  }
  free(buffer);
  atomic_fetch_add(&job->events, events);
  return NULL;
}

static void read_list(const char *path, struct job *job) {
  FILE *list = fopen(path, "r");
  if (!list) fail(path);
  char *line = NULL;
  size_t room = 0, places = 0;
  for (ssize_t length; (length = getline(&line, &room, list)) > 0;) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (job->count == places) {
      places = places ? 2 * places : 4096;
      if (!(job->paths = realloc(job->paths, places * sizeof *job->paths))) fail("realloc");
    }
    if (!(job->paths[job->count++] = strdup(line))) fail("strdup");
  }
  free(line);
  fclose(list);
}

int main(int count, char **arguments) {
  int threads = count == 3 ? atoi(arguments[1]) : 0;
  if (threads < 1 || threads > MAXIMUM_THREADS) {
    fprintf(stderr, "usage: floor THREADS LIST\n");
    return 2;
  }
  static struct job job;
  read_list(arguments[2], &job);
  pthread_t ids[MAXIMUM_THREADS];
  for (int i = 0; i < threads; i++) {
    if (pthread_create(&ids[i], NULL, run, &job)) fail("pthread_create");
  }
  for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
  printf("%ld events in %zu files\n", atomic_load(&job.events), job.count);
}
