// Makes the N-th call that changes a file fail, or ends the process there: loaded before the C
// library (LD_PRELOAD) into the program under test, which knows nothing of it.
//
//   FAULT_AT=N        the call, counted from 1; 0 or nothing for none
//   FAULT_KIND=fail   writes fail with ENOSPC, everything else with EIO
//   FAULT_KIND=kill   SIGKILL instead of the call; writes are not counted, for what was written to a
//                     file that has no name yet is as good as nothing, however much it is
//   FAULT_COUNT=FILE  at the end, write how many calls there were

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long wanted;
static int kills;
static atomic_long calls;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("FAULT_AT");
  const char *kind = getenv("FAULT_KIND");
  wanted = at ? atol(at) : 0;
  kills = kind && strcmp(kind, "kill") == 0;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  FILE *file = fopen(path, "w");
  if (!file) return;
  fprintf(file, "%ld\n", atomic_load(&calls));
  fclose(file);
}

static int is_due(void) {
  if (atomic_fetch_add(&calls, 1) + 1 != wanted) return 0;
  if (kills) kill(getpid(), SIGKILL);
  return 1;
}

// Standard streams, pipes and terminals are no files of ours.
static int is_file(int descriptor) {
  struct stat info;
  return descriptor > 2 && fstat(descriptor, &info) == 0 &&
         (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(code) do { errno = code; return -1; } while (0)

static int is_written(int descriptor) { return !kills && is_file(descriptor) && is_due(); }

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (is_written(descriptor)) FAIL(ENOSPC);
  return REAL(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (is_written(descriptor)) FAIL(ENOSPC);
  return REAL(pwrite)(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  if (is_written(descriptor)) FAIL(ENOSPC);
  return REAL(pwrite64)(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
  if (is_file(descriptor) && is_due()) FAIL(EIO);
  return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
  if (is_file(descriptor) && is_due()) FAIL(EIO);
  return REAL(fdatasync)(descriptor);
}

int rename(const char *from, const char *to) {
  if (is_due()) FAIL(EIO);
  return REAL(rename)(from, to);
}

// What gives a file without a name one.
int linkat(int old, const char *from, int new, const char *to, int flags) {
  if (is_due()) FAIL(EIO);
  return REAL(linkat)(old, from, new, to, flags);
}

int mkdir(const char *path, mode_t mode) {
  struct stat info;
  if (stat(path, &info) != 0 && is_due()) FAIL(ENOSPC);
  return REAL(mkdir)(path, mode);
}
