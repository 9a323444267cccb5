#ifndef C_LOAD_H
#define C_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// What stands around a proxy that is measured: clients, an upstream, and what the system says of a process.
// Everything is on the loopback interface and on Linux. What fails returns -1 and leaves the reason in errno.

// MARK: Servers, each on a thread of its own until the process ends

/// Starts the upstream; it answers with 12 bytes, sends without end or takes without end, as the first bytes ask for.
int cl_start_backend(uint16_t *port);

/// Starts a loop that accepts, reads once and sends an RST.
int cl_start_resets(uint16_t *port);

// MARK: Clients, on the thread of the caller

typedef enum {
    /// One request after the other on each connection.
    CL_KEEP_ALIVE,
    /// A connection for each request; the upstream ends it.
    CL_SHORT,
    /// One request on each connection, then silence.
    CL_IDLE,
    /// A connection for each request, which is to end in an RST without an answer.
    CL_RESET,
    /// Bytes that are no protocol, from the upstream.
    CL_DOWNLOAD,
    /// Bytes that are no protocol, to the upstream.
    CL_UPLOAD,
    /// An HTTP answer that does not end.
    CL_HTTP_DOWNLOAD,
} cl_kind;

/// What clients have seen since they were opened.
typedef struct {
    /// Requests that ended as they were to end.
    uint64_t completed;
    /// Bytes of a stream.
    uint64_t bytes;
    /// Connections that ended in an RST and were not to.
    uint64_t resets;
    /// Connections that were refused, ended early or had a wrong answer.
    uint64_t failures;
} cl_count;

typedef struct cl_load cl_load;

/// Connects and sends the first requests; NULL when the system is out of something.
cl_load *cl_open(cl_kind kind, uint16_t port, int connections);
/// Serves the connections for so long, or until so many requests are completed; 0 is no limit. The nanoseconds it took.
int64_t cl_run(cl_load *load, int64_t nanoseconds, uint64_t requests);
cl_count cl_counted(const cl_load *load);
void cl_close(cl_load *load);

/// Sends one request on each connection, evenly over a time, and notes how long after its request each had its RST.
///
/// One thread does both and wakes for either; a request is stamped before it is sent and an RST when the thread wakes.
/// An entry stays -1 where no RST came within the time and `patience` after it. Returns the number of those that came.
int cl_time_resets(
    uint16_t port, int connections, int64_t spread, int64_t patience, int64_t *nanoseconds);

// MARK: Processes

/// Starts a program in a process group of its own that is told to end when the calling thread ends.
///
/// `input` gets the writing end of its standard input, `output` the reading end of its standard output.
pid_t cl_spawn(char *const *arguments, int errors, int *input, int *output);
/// Waits for a process as long as told; whether it has ended, or -1. It stays to be reaped.
int cl_wait_end(pid_t process, int milliseconds);
/// Sends a signal to a process group.
void cl_signal_group(pid_t group, int signal);
/// Reaps a process that has ended.
void cl_reap(pid_t process);
/// A port that nobody listens on at this moment.
int cl_free_port(void);
/// Whether somebody accepts connections on a port.
bool cl_is_listening(uint16_t port);
/// Raises the limit of open descriptors as far as the system allows; the limit then.
long cl_raise_descriptor_limit(void);
/// Blocks the signals that end a process, in this thread and those it starts.
void cl_block_ending_signals(void);
/// Waits for one of them; its number.
int cl_wait_ending_signal(void);

/// What the processors spent on a process group and on the children that it has waited for, in nanoseconds.
int64_t cl_group_time(pid_t group);
/// Memory that a process group shares with nobody, swapped or not, in bytes.
int64_t cl_group_memory(pid_t group);

#endif
