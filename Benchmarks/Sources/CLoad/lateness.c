#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "CLoad.h"
#include "sockets.h"

/// Waits for the next event, or until it is time to send, to the nanosecond.
static int wait_until(int epoll, struct epoll_event *events, int room, int64_t moment) {
    int64_t rest = moment - now();
    if (rest < 0) rest = 0;
    struct timespec timeout = {.tv_sec = rest / 1000000000, .tv_nsec = rest % 1000000000};
    return epoll_pwait2(epoll, events, room, &timeout, NULL);
}

/// Connects one after the other, so that no queue of the listener overflows; the number that was connected.
static int connect_all(uint16_t port, int epoll, int *descriptors, int connections) {
    for (int i = 0; i < connections; i++) {
        descriptors[i] = cl_connect(port);
        if (descriptors[i] < 0) return i;
        struct epoll_event event = {.events = EPOLLOUT, .data.u32 = (uint32_t)i};
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptors[i], &event);
        int count = epoll_wait(epoll, &event, 1, 5000);
        event = (struct epoll_event){.events = EPOLLIN, .data.u32 = (uint32_t)i};
        epoll_ctl(epoll, EPOLL_CTL_MOD, descriptors[i], &event);
        if (count != 1) return i + 1;
    }
    return connections;
}

static int collect(
    int epoll, const int *descriptors, int connections, int64_t spread, int64_t patience, int64_t *nanoseconds) {
    struct epoll_event events[64];
    int sent = 0, ended = 0, resets = 0;
    int64_t start = now(), end = start + spread + patience;
    while (ended < connections && now() < end) {
        // A request that is due goes out before anything else, stamped before it can be seen.
        int64_t due = sent < connections ? start + spread / connections * sent : end;
        if (sent < connections && now() >= due) {
            nanoseconds[sent] = -now();
            send(descriptors[sent], get, sizeof get - 1, MSG_NOSIGNAL);
            sent++;
            due = sent < connections ? start + spread / connections * sent : end;
        }
        int count = wait_until(epoll, events, 64, due);
        int64_t seen = now();
        for (int i = 0; i < count; i++) {
            uint32_t index = events[i].data.u32;
            char byte;
            bool is_reset = recv(descriptors[index], &byte, 1, 0) < 0 && errno == ECONNRESET;
            epoll_ctl(epoll, EPOLL_CTL_DEL, descriptors[index], NULL);
            ended++;
            if (is_reset && nanoseconds[index] < -1) {
                nanoseconds[index] += seen;
                resets++;
            } else {
                nanoseconds[index] = -1;
            }
        }
    }
    // Those that wait in vain hold the moment of their request.
    for (int i = 0; i < connections; i++) {
        if (nanoseconds[i] < 0) nanoseconds[i] = -1;
    }
    return resets;
}

int cl_time_resets(
    uint16_t port, int connections, int64_t spread, int64_t patience, int64_t *nanoseconds) {
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    int *descriptors = calloc((size_t)connections, sizeof(int));
    int resets = -1;
    if (epoll >= 0 && descriptors != NULL) {
        for (int i = 0; i < connections; i++) nanoseconds[i] = -1;
        int connected = connect_all(port, epoll, descriptors, connections);
        if (connected == connections) resets = collect(epoll, descriptors, connections, spread, patience, nanoseconds);
        int reason = errno;
        for (int i = 0; i < connected; i++) close(descriptors[i]);
        errno = reason;
    }
    if (epoll >= 0) close(epoll);
    free(descriptors);
    return resets;
}
