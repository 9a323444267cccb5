#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLoad.h"
#include "sockets.h"

static sigset_t ending_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    // Goes to the thread that writes, which sees an error instead when it is blocked.
    sigaddset(&signals, SIGPIPE);
    return signals;
}

/// In the child: only what is safe between fork and exec.
static void become(char *const *arguments, int errors, int input, int output, pid_t parent) {
    sigset_t signals = ending_signals();
    sigprocmask(SIG_UNBLOCK, &signals, NULL);
    setpgid(0, 0);
    // Also when the parent is killed and cannot clean up; it may have been between the fork and here.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(127);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(127);
    execv(arguments[0], arguments);
    _exit(127);
}

pid_t cl_spawn(char *const *arguments, int errors, int *input, int *output) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) < 0) return -1;
    if (pipe2(out, O_CLOEXEC) < 0) {
        int reason = errno;
        close(in[0]);
        close(in[1]);
        errno = reason;
        return -1;
    }
    pid_t parent = getpid(), child = fork();
    if (child == 0) become(arguments, errors, in[0], out[1], parent);
    int reason = errno;
    close(in[0]);
    close(out[1]);
    if (child < 0) {
        close(in[1]);
        close(out[0]);
        errno = reason;
        return -1;
    }
    // Here as well, so that the group is there before anybody signals it.
    setpgid(child, child);
    *input = in[1];
    *output = out[0];
    return child;
}

int cl_wait_end(pid_t process, int milliseconds) {
    int64_t end = now() + (int64_t)milliseconds * 1000000;
    for (;;) {
        siginfo_t information = {0};
        if (waitid(P_PID, (id_t)process, &information, WEXITED | WNOHANG | WNOWAIT) < 0) return -1;
        if (information.si_pid == process) return 1;
        if (now() >= end) return 0;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

void cl_signal_group(pid_t group, int signal) {
    if (group > 1) kill(-group, signal);
}

void cl_reap(pid_t process) { waitpid(process, NULL, 0); }

long cl_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -1;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return getrlimit(RLIMIT_NOFILE, &limit) < 0 ? -1 : (long)limit.rlim_cur;
}

void cl_block_ending_signals(void) {
    sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

int cl_wait_ending_signal(void) {
    sigset_t signals = ending_signals();
    int number = 0;
    while (sigwait(&signals, &number) != 0) {}
    return number;
}
