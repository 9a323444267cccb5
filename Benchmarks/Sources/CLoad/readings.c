#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CLoad.h"

typedef struct {
    int group;
    /// What the processes that it waited for have taken, in ticks.
    long long of_children;
} process_state;

static bool read_state(const char *process, process_state *state) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%s/stat", process);
    FILE *file = fopen(path, "re");
    if (file == NULL) return false;
    size_t count = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[count] = 0;
    // The name, which may hold anything, ends at the last bracket.
    const char *rest = strrchr(line, ')');
    long long user = 0, system = 0;
    // State, parent, group, nine figures and two times of its own, the two times of its children; proc(5).
    if (rest == NULL || sscanf(rest + 1, " %*c %*d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %lld %lld",
                               &state->group, &user, &system) != 3) {
        return false;
    }
    state->of_children = user + system;
    return true;
}

static int64_t time_of_threads(const char *process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/task", process);
    DIR *threads = opendir(path);
    if (threads == NULL) return 0;
    int64_t sum = 0;
    for (struct dirent *entry; (entry = readdir(threads)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        char name[384];
        snprintf(name, sizeof name, "%s/%s/schedstat", path, entry->d_name);
        FILE *file = fopen(name, "re");
        if (file == NULL) continue;
        long long nanoseconds;
        if (fscanf(file, "%lld", &nanoseconds) == 1) sum += nanoseconds;
        fclose(file);
    }
    closedir(threads);
    return sum;
}

static int64_t private_memory(const char *process) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%s/smaps_rollup", process);
    FILE *file = fopen(path, "re");
    if (file == NULL) return -1;
    int64_t sum = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        long long kibibytes;
        if (sscanf(line, "Private_Clean: %lld", &kibibytes) == 1 ||
            sscanf(line, "Private_Dirty: %lld", &kibibytes) == 1 || sscanf(line, "Swap: %lld", &kibibytes) == 1) {
            sum += kibibytes * 1024;
        }
    }
    fclose(file);
    return sum;
}

/// Adds up over the processes of a group; -1 when there are none, or when one cannot be read.
static int64_t sum_over(pid_t group, int64_t (*figure)(const char *process, const process_state *state)) {
    DIR *processes = opendir("/proc");
    if (processes == NULL) return -1;
    int64_t sum = -1;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        process_state state;
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
        if (!read_state(entry->d_name, &state) || state.group != group) continue;
        int64_t value = figure(entry->d_name, &state);
        if (value < 0) {
            sum = -1;
            break;
        }
        sum = (sum < 0 ? 0 : sum) + value;
    }
    closedir(processes);
    return sum;
}

static int64_t time_figure(const char *process, const process_state *state) {
    return time_of_threads(process) + state->of_children * (1000000000 / sysconf(_SC_CLK_TCK));
}

static int64_t memory_figure(const char *process, const process_state *state) {
    (void)state;
    return private_memory(process);
}

int64_t cl_group_time(pid_t group) { return sum_over(group, time_figure); }

int64_t cl_group_memory(pid_t group) { return sum_over(group, memory_figure); }
