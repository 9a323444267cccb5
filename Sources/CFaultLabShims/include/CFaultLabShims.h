// What Swift's view of the C library lacks on Linux: epoll, eventfd, timerfd, accept4 and pipe2 are not in its module map
// or hide behind _GNU_SOURCE. Every function returns what the system call returns and leaves errno alone.
#pragma once

#ifdef __linux__

#include <spawn.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

// An event as the selector sees it; unlike epoll_event it is not packed.
struct fl_event {
    uint32_t events;
    uint64_t data;
};

enum {
    FL_READABLE = 0x001,
    FL_URGENT = 0x002,
    FL_WRITABLE = 0x004,
    FL_ERROR = 0x008,
    FL_HANGUP = 0x010,
    FL_PEER_ENDED = 0x2000,
};

// With the bits above: report changes once instead of states again and again. No enumerator, as it does not fit an int.
#define FL_EDGES 0x80000000u

int fl_epoll_create(void);
int fl_epoll_add(int epoll, int fd, uint32_t events, uint64_t data);
int fl_epoll_modify(int epoll, int fd, uint32_t events, uint64_t data);
int fl_epoll_remove(int epoll, int fd);
// Waits without a limit, or not at all when `block` is 0; at most `capacity` events, itself at most 256.
int fl_epoll_wait(int epoll, struct fl_event *events, int capacity, int block);

int fl_eventfd(void);
int fl_timerfd(void);
// Arms the timer for an absolute moment of CLOCK_MONOTONIC in nanoseconds; 0 disarms it.
int fl_timerfd_set(int fd, int64_t nanoseconds);

// Accepts with close-on-exec and non-blocking set.
int fl_accept(int fd, struct sockaddr *address, socklen_t *length);
// Bytes that the peer's system has not acknowledged, or -1.
int fl_unacknowledged(int fd);
// Bytes that have come from the peer and were not read, or -1.
int fl_unread(int fd);

// A non-blocking pipe for splicing, of `size` bytes where the system allows it: the end to read from, then to write to.
int fl_splice_pipe(int ends[2], int size);
// Moves bytes between a socket and a pipe without copying them; never waits.
ssize_t fl_splice(int from, int to, size_t count);

// A pipe with close-on-exec set: the end to read from, then the end to write to.
int fl_pipe(int ends[2]);
// Has a child close every descriptor from `first` on, where the C library knows how; returns an error number or 0.
int fl_spawn_close_from(posix_spawn_file_actions_t *actions, int first);
// The environment of the process, which Swift does not let one name.
char **fl_environment(void);

#endif
