#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "CLoad.h"
#include "sockets.h"

typedef struct {
    /// -1 while there is none.
    int descriptor;
    bool has_asked;
    uint32_t received;
    char answer[128];
} client;

struct cl_load {
    cl_kind kind;
    uint16_t port;
    int epoll;
    const char *request, *answer;
    size_t request_length, answer_length;
    cl_count sums;
    /// Clients that could not connect, and when they try again.
    int missing;
    int64_t next_try;
    int number;
    char *buffer;
    client clients[];
};

#define TEXT(name) name, sizeof name - 1

static void set_words(cl_load *load, const char *request, size_t request_length, const char *answer, size_t length) {
    load->request = request;
    load->request_length = request_length;
    load->answer = answer;
    load->answer_length = length;
}

static void choose_words(cl_load *load) {
    switch (load->kind) {
        case CL_KEEP_ALIVE:
        case CL_IDLE: return set_words(load, TEXT(get), TEXT(answer));
        case CL_SHORT: return set_words(load, TEXT(get_and_close), TEXT(last_answer));
        case CL_RESET: return set_words(load, TEXT(get), NULL, 0);
        case CL_DOWNLOAD: return set_words(load, TEXT(send_to_me), NULL, 0);
        case CL_UPLOAD: return set_words(load, TEXT(take_from_me), NULL, 0);
        case CL_HTTP_DOWNLOAD: return set_words(load, TEXT(get_bulk), NULL, 0);
    }
}

static void watch(cl_load *load, client *client, int operation) {
    bool writes = !client->has_asked || load->kind == CL_UPLOAD;
    struct epoll_event event = {.events = writes ? EPOLLOUT : EPOLLIN, .data.ptr = client};
    epoll_ctl(load->epoll, operation, client->descriptor, &event);
}

/// Whether the connection stays; one that is not open yet asks later.
static bool ask(cl_load *load, client *client) {
    client->received = 0;
    ssize_t sent = send(client->descriptor, load->request, load->request_length, MSG_NOSIGNAL);
    client->has_asked = sent == (ssize_t)load->request_length;
    return client->has_asked || (sent < 0 && errno == EAGAIN);
}

static void open_one(cl_load *load, client *client) {
    client->descriptor = cl_connect(load->port);
    if (client->descriptor >= 0 && ask(load, client)) return watch(load, client, EPOLL_CTL_ADD);
    if (client->descriptor >= 0) close(client->descriptor);
    client->descriptor = -1;
    load->sums.failures++;
    load->missing++;
}

static void open_anew(cl_load *load, client *client) {
    close(client->descriptor);
    open_one(load, client);
}

static void try_missing(cl_load *load, int64_t moment) {
    if (load->missing == 0 || moment < load->next_try) return;
    load->next_try = moment + 10000000;
    load->missing = 0;
    for (int i = 0; i < load->number; i++) {
        if (load->clients[i].descriptor < 0) open_one(load, &load->clients[i]);
    }
}

static void stream_ended(cl_load *load, client *client, ssize_t count) {
    bool is_reset = count < 0 && errno == ECONNRESET;
    if (is_reset && load->kind == CL_RESET) {
        load->sums.completed++;
    } else if (is_reset) {
        load->sums.resets++;
    } else if (count == 0 && load->kind == CL_SHORT && client->received == load->answer_length) {
        load->sums.completed++;
    } else {
        load->sums.failures++;
    }
    open_anew(load, client);
}

static void read_answer(cl_load *load, client *client) {
    ssize_t count =
        recv(client->descriptor, client->answer + client->received, sizeof client->answer - client->received, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return stream_ended(load, client, count);
    client->received += (uint32_t)count;
    if (client->received < load->answer_length) return;
    if (client->received > load->answer_length || memcmp(client->answer, load->answer, load->answer_length) != 0) {
        load->sums.failures++;
        return open_anew(load, client);
    }
    if (load->kind == CL_SHORT) return;
    load->sums.completed++;
    // What stays silent must not look like an answer that is missing.
    if (load->kind == CL_KEEP_ALIVE && !ask(load, client)) stream_ended(load, client, -1);
}

static void move_bytes(cl_load *load, client *client) {
    // On TCP the bytes are thrown away where they are, without a copy.
    ssize_t count = load->kind == CL_UPLOAD ? send(client->descriptor, load->buffer, bulk_chunk, MSG_NOSIGNAL)
                                            : recv(client->descriptor, NULL, 1 << 20, MSG_TRUNC);
    if (count > 0) {
        load->sums.bytes += (uint64_t)count;
    } else if (count == 0 || errno != EAGAIN) {
        stream_ended(load, client, count);
    }
}

static void serve(cl_load *load, client *client) {
    if (!client->has_asked) {
        if (!ask(load, client)) return stream_ended(load, client, -1);
        return watch(load, client, EPOLL_CTL_MOD);
    }
    switch (load->kind) {
        case CL_DOWNLOAD:
        case CL_UPLOAD:
        case CL_HTTP_DOWNLOAD: return move_bytes(load, client);
        default: return read_answer(load, client);
    }
}

cl_load *cl_open(cl_kind kind, uint16_t port, int connections) {
    cl_load *load = calloc(1, sizeof(cl_load) + (size_t)connections * sizeof(client));
    if (load == NULL) return NULL;
    load->kind = kind;
    load->port = port;
    load->number = connections;
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    load->buffer = calloc(1, bulk_chunk);
    choose_words(load);
    for (int i = 0; i < connections; i++) load->clients[i].descriptor = -1;
    if (load->epoll < 0 || load->buffer == NULL) {
        cl_close(load);
        return NULL;
    }
    for (int i = 0; i < connections; i++) open_one(load, &load->clients[i]);
    return load;
}

int64_t cl_run(cl_load *load, int64_t nanoseconds, uint64_t requests) {
    struct epoll_event events[256];
    int64_t start = now(), moment = start;
    uint64_t before = load->sums.completed;
    while (moment - start < nanoseconds && (requests == 0 || load->sums.completed - before < requests)) {
        try_missing(load, moment);
        int64_t rest = (nanoseconds - (moment - start)) / 1000000 + 1;
        int count = epoll_wait(load->epoll, events, 256, rest < 10 ? (int)rest : 10);
        for (int i = 0; i < count; i++) serve(load, events[i].data.ptr);
        moment = now();
    }
    return moment - start;
}

cl_count cl_counted(const cl_load *load) { return load->sums; }

void cl_close(cl_load *load) {
    if (load == NULL) return;
    for (int i = 0; i < load->number; i++) {
        if (load->clients[i].descriptor >= 0) close(load->clients[i].descriptor);
    }
    if (load->epoll >= 0) close(load->epoll);
    free(load->buffer);
    free(load);
}
