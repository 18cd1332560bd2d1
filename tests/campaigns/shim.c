/* Stands between the program and the system: counts the calls that change files below one folder,
 * and at a chosen one ends the process, writes half, or lets the call fail. It can also write
 * down every call, so that a power cut can be played afterwards.
 *
 * Loaded with LD_PRELOAD; `shim_arm` is called by tests/campaigns/shim.py.
 * A call that is written down: kind, length of path, of second path, offset, length; then both
 * paths and what was written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum way { COUNT, KILL, TEAR, FAIL_ONCE, FAIL_ON };

static char root[PATH_MAX];
static long at, seen;
static int way, failure, book = -1;

void shim_arm(const char *folder, long when, int how, int error, int record) {
  snprintf(root, sizeof root, "%s", folder);
  at = when, way = how, failure = error, book = record, seen = 0;
}

static int below(const char *path) {
  size_t length = strlen(root);
  return length && path && strncmp(path, root, length) == 0 && path[length] == '/';
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* The path behind a handle, and a name in it. */
static const char *place(int handle, const char *name, char *into) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, into, PATH_MAX - 1);
  into[length > 0 ? length : 0] = 0;
  if (name && name[0] == '/') return name;
  if (name) {
    strncat(into, "/", PATH_MAX - strlen(into) - 1);
    strncat(into, name, PATH_MAX - strlen(into) - 1);
  }
  return into;
}

/* Nothing is full when something is taken away. */
static int spared(char kind) { return failure == ENOSPC && (kind == 'u' || kind == 't'); }

/* 1 when the call has to fail; does not return when the process ends before it. */
static int met(char kind, const char *path) {
  if (!below(path)) return 0;
  seen++;
  if (way == KILL && seen == at) die();
  if (((way == FAIL_ONCE && seen == at) || (way == FAIL_ON && seen >= at)) && !spared(kind)) {
    errno = failure;
    return 1;
  }
  return 0;
}

static int torn(const char *path) { return way == TEAR && seen == at && below(path); }

static void put(const void *data, size_t length) {
  const char *from = data;
  while (length) {
    ssize_t done = syscall(SYS_write, book, from, length);
    if (done <= 0) die();
    from += done, length -= done;
  }
}

static void note(char kind, const char *path, const char *second, uint64_t offset,
                 const void *data, uint64_t length) {
  if (book < 0 || !below(path)) return;
  int before = errno;
  uint64_t head[5] = {(uint64_t)kind, strlen(path), second ? strlen(second) : 0, offset, length};
  put(head, sizeof head);
  put(path, head[1]);
  if (second) put(second, head[2]);
  if (data) put(data, length);
  errno = before;
}

#define REAL(type, name, ...)                                             \
  static type (*real)(__VA_ARGS__);                                       \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* After a call that cannot be done by half. */
#define DONE(result, kind, path, second, offset)                          \
  do {                                                                    \
    if ((result) == 0) note(kind, path, second, offset, 0, 0);            \
    if (torn(path)) die();                                                \
    return result;                                                        \
  } while (0)

#define WRITES(symbol)                                                    \
  ssize_t symbol(int handle, const void *data, size_t length, off64_t offset) { \
    REAL(ssize_t, #symbol, int, const void *, size_t, off64_t);           \
    char into[PATH_MAX];                                                  \
    const char *path = *root ? place(handle, 0, into) : 0;                \
    if (met('w', path)) return -1;                                        \
    if (torn(path)) { real(handle, data, length / 2, offset); die(); }    \
    ssize_t done = real(handle, data, length, offset);                    \
    if (done > 0) note('w', path, 0, offset, data, done);                 \
    return done;                                                          \
  }
WRITES(pwrite)
WRITES(pwrite64)

ssize_t write(int handle, const void *data, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  char into[PATH_MAX];
  const char *path = *root ? place(handle, 0, into) : 0;
  if (met('w', path)) return -1;
  if (torn(path)) { real(handle, data, length / 2); die(); }
  off64_t offset = below(path) ? lseek64(handle, 0, SEEK_CUR) : 0;
  ssize_t done = real(handle, data, length);
  if (done > 0) note('w', path, 0, offset, data, done);
  return done;
}

#define SYNCS(symbol)                                                     \
  int symbol(int handle) {                                                \
    REAL(int, #symbol, int);                                              \
    char into[PATH_MAX];                                                  \
    const char *path = *root ? place(handle, 0, into) : 0;                \
    if (met('s', path)) return -1;                                        \
    int result = real(handle);                                            \
    DONE(result, 's', path, 0, 0);                                        \
  }
SYNCS(fsync)
SYNCS(fdatasync)

#define CUTS(symbol)                                                      \
  int symbol(int handle, off64_t length) {                                \
    REAL(int, #symbol, int, off64_t);                                     \
    char into[PATH_MAX];                                                  \
    const char *path = *root ? place(handle, 0, into) : 0;                \
    if (met('t', path)) return -1;                                        \
    int result = real(handle, length);                                    \
    DONE(result, 't', path, 0, length);                                   \
  }
CUTS(ftruncate)
CUTS(ftruncate64)

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (met('r', from)) return -1;
  int result = real(from, to);
  DONE(result, 'r', from, to, 0);
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  if (met('l', from)) return -1;
  int result = real(from, to);
  DONE(result, 'l', from, to, 0);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (met('m', path)) return -1;
  int result = real(path, mode);
  DONE(result, 'm', path, 0, 0);
}

#define REMOVES(symbol)                                                   \
  int symbol(const char *path) {                                          \
    REAL(int, #symbol, const char *);                                     \
    if (met('u', path)) return -1;                                        \
    int result = real(path);                                              \
    DONE(result, 'u', path, 0, 0);                                        \
  }
REMOVES(unlink)
REMOVES(rmdir)

int unlinkat(int folder, const char *name, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  char into[PATH_MAX];
  const char *path = *root ? place(folder, name, into) : 0;
  if (met('u', path)) return -1;
  int result = real(folder, name, flags);
  DONE(result, 'u', path, 0, 0);
}

/* Opening counts when it makes or empties a file. */
#define OPENS(symbol)                                                     \
  int symbol(const char *path, int flags, ...) {                          \
    REAL(int, #symbol, const char *, int, ...);                           \
    va_list rest;                                                         \
    va_start(rest, flags);                                                \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;             \
    va_end(rest);                                                         \
    if (!(flags & (O_CREAT | O_TRUNC)) || !below(path)) return real(path, flags, mode); \
    int is_new = access(path, F_OK) != 0;                                 \
    if (met(is_new ? 'c' : 'o', path)) return -1;                         \
    int handle = real(path, flags, mode);                                 \
    if (handle < 0) return handle;                                        \
    if (is_new) note('c', path, 0, 0, 0, 0);                              \
    else if (flags & O_TRUNC) note('t', path, 0, 0, 0, 0);                \
    if (torn(path)) die();                                                \
    return handle;                                                        \
  }
OPENS(open)
OPENS(open64)
