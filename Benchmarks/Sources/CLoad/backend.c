#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "CLoad.h"
#include "sockets.h"

typedef enum { ANSWERING, SENDING, TAKING } role;

typedef struct {
    role role;
    /// Bytes of the head so far, and how many of them are the beginning of its end.
    uint32_t length, matched;
    /// The letter behind the slash, which says what is asked for.
    char target;
} peer;

static peer *peers;
static size_t room;
static int epoll;
static char buffer[bulk_chunk];

static void watch(int descriptor, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    epoll_ctl(epoll, operation, descriptor, &event);
}

static void accept_all(int listener) {
    for (;;) {
        int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        if ((size_t)descriptor >= room) {
            close(descriptor);
            continue;
        }
        peers[descriptor] = (peer){0};
        watch(descriptor, EPOLL_CTL_ADD, EPOLLIN);
    }
}

/// Sends what fits into an empty socket; whether the connection stays.
static bool say(int descriptor, const char *text, size_t length) {
    return send(descriptor, text, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static bool begin_sending(int descriptor) {
    peers[descriptor].role = SENDING;
    watch(descriptor, EPOLL_CTL_MOD, EPOLLOUT);
    return true;
}

static bool answer_request(int descriptor) {
    switch (peers[descriptor].target) {
        case 'c': return say(descriptor, last_answer, sizeof last_answer - 1) && false;
        case 'b': return say(descriptor, bulk_answer, sizeof bulk_answer - 1) && begin_sending(descriptor);
        default: return say(descriptor, answer, sizeof answer - 1);
    }
}

static bool took(int descriptor, const char *bytes, size_t count) {
    static const char end[] = "\r\n\r\n";
    enum { target = sizeof "GET /" - 1 };
    peer *peer = &peers[descriptor];
    if (peer->length == 0 && bytes[0] == send_to_me[0]) return begin_sending(descriptor);
    if (peer->length == 0 && bytes[0] == take_from_me[0]) {
        peer->role = TAKING;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (peer->length++ == target) peer->target = bytes[i];
        peer->matched = bytes[i] == end[peer->matched] ? peer->matched + 1 : bytes[i] == end[0];
        if (peer->matched < sizeof end - 1) continue;
        if (!answer_request(descriptor)) return false;
        peer->length = peer->matched = 0;
    }
    return true;
}

/// Whether the connection stays.
static bool serve(int descriptor) {
    ssize_t count;
    switch (peers[descriptor].role) {
        case ANSWERING:
            count = recv(descriptor, buffer, 4096, 0);
            return count < 0 || (count > 0 && took(descriptor, buffer, (size_t)count));
        case TAKING:
            // On TCP the bytes are thrown away where they are, without a copy.
            count = recv(descriptor, NULL, 1 << 20, MSG_TRUNC);
            return count != 0;
        case SENDING: send(descriptor, buffer, bulk_chunk, MSG_NOSIGNAL); return true;
    }
    return false;
}

static void *run(void *argument) {
    int listener = (int)(intptr_t)argument;
    struct epoll_event events[256];
    for (;;) {
        int count = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < count; i++) {
            int descriptor = events[i].data.fd;
            if (descriptor == listener) {
                accept_all(listener);
            } else if (events[i].events & (EPOLLERR | EPOLLHUP) || !serve(descriptor)) {
                close(descriptor);
            }
        }
    }
    return NULL;
}

int cl_start_backend(uint16_t *port) {
    long limit = sysconf(_SC_OPEN_MAX);
    room = limit > 0 && limit < 1 << 20 ? (size_t)limit : 1 << 20;
    peers = calloc(room, sizeof(peer));
    epoll = epoll_create1(EPOLL_CLOEXEC);
    int listener = cl_listen(SOCK_NONBLOCK, port);
    if (peers == NULL || epoll < 0 || listener < 0) return -1;
    watch(listener, EPOLL_CTL_ADD, EPOLLIN);
    return cl_start_thread(run, listener);
}
