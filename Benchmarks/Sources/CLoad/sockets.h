#ifndef C_LOAD_SOCKETS_H
#define C_LOAD_SOCKETS_H

#include <netinet/in.h>
#include <stdint.h>
#include <time.h>

// The words between clients and upstream. A first byte that is no letter asks for bytes without a protocol.
static const char send_to_me[] = "\x01";
static const char take_from_me[] = "\x02";
static const char get[] = "GET / HTTP/1.1\r\nHost: bench\r\n\r\n";
static const char get_and_close[] = "GET /close HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";
static const char get_bulk[] = "GET /bulk HTTP/1.1\r\nHost: bench\r\n\r\n";
static const char answer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nHello world\n";
static const char last_answer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: close\r\n\r\nHello world\n";
// A tebibyte: nobody waits for its end.
static const char bulk_answer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1099511627776\r\n\r\n";

enum { bulk_chunk = 128 * 1024 };

static inline struct sockaddr_in loopback(uint16_t port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

static inline int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/// Listens on a free port.
int cl_listen(int flags, uint16_t *port);
/// Connects without waiting.
int cl_connect(uint16_t port);
/// Runs an endless loop with a number on a thread of its own.
int cl_start_thread(void *(*loop)(void *), int number);

#endif
