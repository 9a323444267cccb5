#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "CLoad.h"
#include "sockets.h"

static void *run(void *argument) {
    int listener = (int)(intptr_t)argument;
    char request[4096];
    for (;;) {
        int descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (descriptor < 0) continue;
        recv(descriptor, request, sizeof request, 0);
        close(descriptor);
    }
    return NULL;
}

int cl_start_resets(uint16_t *port) {
    int listener = cl_listen(0, port);
    if (listener < 0) return -1;
    // Two calls per connection less: the system hands connections over when their request is there, and they inherit
    // the linger time of the listener, so that closing one sends an RST.
    int seconds = 1;
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (setsockopt(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds) < 0 ||
        setsockopt(listener, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) < 0) {
        return -1;
    }
    return cl_start_thread(run, listener);
}
