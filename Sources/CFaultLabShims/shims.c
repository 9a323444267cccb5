#include "CFaultLabShims.h"

#ifdef __linux__

#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

_Static_assert(FL_READABLE == EPOLLIN && FL_WRITABLE == EPOLLOUT && FL_ERROR == EPOLLERR && FL_HANGUP == EPOLLHUP &&
                   FL_PEER_ENDED == EPOLLRDHUP && FL_URGENT == EPOLLPRI && FL_EDGES == (uint32_t)EPOLLET,
               "the selector's bits are epoll's");

int fl_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return epoll_ctl(epoll, operation, fd, &event);
}

int fl_epoll_add(int epoll, int fd, uint32_t events, uint64_t data) {
    return control(epoll, EPOLL_CTL_ADD, fd, events, data);
}

int fl_epoll_modify(int epoll, int fd, uint32_t events, uint64_t data) {
    return control(epoll, EPOLL_CTL_MOD, fd, events, data);
}

int fl_epoll_remove(int epoll, int fd) { return control(epoll, EPOLL_CTL_DEL, fd, 0, 0); }

int fl_epoll_wait(int epoll, struct fl_event *events, int capacity, int block) {
    struct epoll_event raw[256];
    int count = epoll_wait(epoll, raw, capacity < 256 ? capacity : 256, block ? -1 : 0);
    for (int i = 0; i < count; i++) {
        events[i].events = raw[i].events;
        events[i].data = raw[i].data.u64;
    }
    return count;
}

int fl_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int fl_timerfd(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK); }

int fl_timerfd_set(int fd, int64_t nanoseconds) {
    struct itimerspec when = {
        .it_value = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000},
    };
    return timerfd_settime(fd, TFD_TIMER_ABSTIME, &when, 0);
}

int fl_accept(int fd, struct sockaddr *address, socklen_t *length) {
    return accept4(fd, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int fl_unacknowledged(int fd) {
    int bytes = 0;
    return ioctl(fd, SIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

int fl_unread(int fd) {
    int bytes = 0;
    return ioctl(fd, FIONREAD, &bytes) == 0 ? bytes : -1;
}

int fl_splice_pipe(int ends[2], int size) {
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    // A user's pipes may together be at their limit; this one then has the size that the system gives.
    fcntl(ends[1], F_SETPIPE_SZ, size);
    return 0;
}

ssize_t fl_splice(int from, int to, size_t count) {
    return splice(from, NULL, to, NULL, count, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
}

int fl_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// glibc has it since 2.34; a program that is linked with an older one must still start.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int) __attribute__((weak));

int fl_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np ? posix_spawn_file_actions_addclosefrom_np(actions, first) : 0;
}

char **fl_environment(void) { return environ; }

#endif
