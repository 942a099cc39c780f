/* The disk under a process that is to be killed, for `cargo xtask crash`: what the process writes below one directory is
 * counted, and at one of these calls something goes wrong. Loaded with LD_PRELOAD; told by the environment:
 *
 *   PHONEIN_DISK_DIR    the directory, absolute
 *   PHONEIN_DISK_FAULT  kill: the process dies instead of the call
 *                       torn: of a write the first half is done, then it dies
 *                       lost: the power fails. Of what was written since each file's last sync, a part chosen by chance
 *                             was never on the disk; then it dies
 *                       full: no space is left
 *                       error: the device reports an error
 *   PHONEIN_DISK_AT     at which call, counted from 1
 *   PHONEIN_DISK_FOR    for how many calls, where the process lives on
 *   PHONEIN_DISK_SEED   of chance
 *
 * Names are never lost: a rename is on the disk when it returns. The system's own sync is left out, since only processes
 * die here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *directory, *fault = "";
static long first, span, calls;
static unsigned int chance;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_rename)(const char *, const char *);
static int (*real_fsync)(int);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    const char *at = getenv("PHONEIN_DISK_AT"), *how_long = getenv("PHONEIN_DISK_FOR"), *seed = getenv("PHONEIN_DISK_SEED");
    directory = getenv("PHONEIN_DISK_DIR");
    if (getenv("PHONEIN_DISK_FAULT")) fault = getenv("PHONEIN_DISK_FAULT");
    first = at ? atol(at) : 0;
    span = how_long ? atol(how_long) : 1;
    chance = seed ? (unsigned int)atol(seed) : 0;
    /* Programs that this one starts have a disk of their own. */
    unsetenv("LD_PRELOAD");
}

static int is(const char *what) { return strcmp(fault, what) == 0; }

static int lies_below(const char *path) { return directory && strncmp(path, directory, strlen(directory)) == 0; }

static int is_watched(int fd) {
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return lies_below(path);
}

/* A change that no sync has followed, the last one first. */
struct change {
    int fd;
    ino_t file;
    off_t at, size;
    size_t length;
    char *before, *after;
    struct change *earlier;
};
static struct change *changes;

/* A descriptor that reads too and stays open: closing any other of the same file would give up the process's locks on it. */
static int kept(int fd, ino_t file) {
    static struct { ino_t file; int fd; } files[64];
    int i = 0;
    for (; i < 64 && files[i].fd; i++)
        if (files[i].file == file) return files[i].fd;
    if (i == 64) abort();
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    files[i].file = file;
    return files[i].fd = open(link, O_RDWR | O_CLOEXEC);
}

static void remember(int fd, off_t at, size_t length) {
    struct stat file;
    if (!is("lost") || fstat(fd, &file)) return;
    struct change *change = calloc(1, sizeof *change);
    *change = (struct change){kept(fd, file.st_ino), file.st_ino, at, file.st_size, length, calloc(1, length + 1), NULL, changes};
    if (pread(change->fd, change->before, length, at) < 0) memset(change->before, 0, length);
    changes = change;
}

static void forget(int fd) {
    struct stat file;
    if (fstat(fd, &file)) return;
    for (struct change **next = &changes; *next;)
        if ((*next)->file == file.st_ino) *next = (*next)->earlier;
        else next = &(*next)->earlier;
}

/* Takes all changes back, then does anew those that had come to the disk. */
static void lose(void) {
    struct change *order[4096];
    int count = 0;
    for (struct change *change = changes; change && count < 4096; change = change->earlier) {
        struct stat file;
        change->after = calloc(1, change->length + 1);
        if (fstat(change->fd, &file) || pread(change->fd, change->after, change->length, change->at) < 0) abort();
        off_t end = change->at + (off_t)change->length;
        if (change->length && real_pwrite(change->fd, change->before, change->length, change->at) < 0) abort();
        if ((end > change->size || file.st_size != change->size) && real_ftruncate(change->fd, change->size)) abort();
        order[count++] = change;
    }
    while (count--) {
        struct change *change = order[count];
        if (!change->length || rand_r(&chance) & 1) continue;
        if (real_pwrite(change->fd, change->after, change->length, change->at) < 0) abort();
    }
}

static void die(void) {
    if (is("lost")) lose();
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* One call: 0, or the error it is to report. `torn` does half of it. */
static int call(int is_write, int fd, const void *bytes, size_t length, off_t at) {
    calls++;
    if (!first || calls < first || calls >= first + span) return 0;
    if (is("full")) return is_write ? ENOSPC : 0;
    if (is("error")) return EIO;
    if (is("torn") && is_write) real_pwrite(fd, bytes, length / 2, at);
    die();
    return 0;
}

static ssize_t changed(int fd, const void *bytes, size_t length, off_t at, int moves) {
    pthread_mutex_lock(&lock);
    int error = call(1, fd, bytes, length, at);
    ssize_t done = -1;
    if (!error) {
        remember(fd, at, length);
        done = moves ? real_write(fd, bytes, length) : real_pwrite(fd, bytes, length, at);
        error = errno;
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (!real_write || !is_watched(fd)) return real_write ? real_write(fd, bytes, length) : -1;
    return changed(fd, bytes, length, lseek(fd, 0, SEEK_CUR), 1);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    return is_watched(fd) ? changed(fd, bytes, length, at, 0) : real_pwrite(fd, bytes, length, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return pwrite(fd, bytes, length, at); }

int ftruncate(int fd, off_t size) {
    if (!is_watched(fd)) return real_ftruncate(fd, size);
    struct stat file;
    pthread_mutex_lock(&lock);
    int error = call(0, fd, NULL, 0, 0), done = -1;
    if (!error && !fstat(fd, &file)) {
        remember(fd, size, file.st_size > size ? (size_t)(file.st_size - size) : 0);
        done = real_ftruncate(fd, size);
        error = errno;
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

int fsync(int fd) {
    if (!is_watched(fd)) return real_fsync(fd);
    pthread_mutex_lock(&lock);
    int error = call(0, fd, NULL, 0, 0);
    if (!error) forget(fd);
    pthread_mutex_unlock(&lock);
    errno = error;
    return error ? -1 : 0;
}

int fdatasync(int fd) { return fsync(fd); }

int rename(const char *from, const char *to) {
    if (!lies_below(to)) return real_rename(from, to);
    pthread_mutex_lock(&lock);
    int error = call(0, -1, NULL, 0, 0);
    int done = error ? -1 : real_rename(from, to);
    if (!error) error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}
