import CLoad
import Dispatch
import Glibc
import Synchronization

/// What must not outlive the benchmark, whichever way it ends: process groups and folders.
///
/// When the benchmark itself is killed, the processes end by themselves: each is told when the main thread, which starts
/// them all, is gone.
enum Cleanup {
    private static let state = Mutex(State())

    private struct State {
        var groups: Set<pid_t> = []
        var folders: Set<String> = []
    }

    static func add(group: pid_t) { state.withLock { _ = $0.groups.insert(group) } }

    /// Call it before the process is reaped: afterwards its number may be another's.
    static func remove(group: pid_t) { state.withLock { _ = $0.groups.remove(group) } }

    static func add(folder: String) { state.withLock { _ = $0.folders.insert(folder) } }

    /// Ends and removes everything.
    static func everything() {
        // Held to the end, so that nobody else reaps, and the numbers stay ours.
        state.withLock { state in
            for group in state.groups { cl_signal_group(group, SIGTERM) }
            for group in state.groups {
                _ = cl_wait_end(group, 1000)
                cl_signal_group(group, SIGKILL)
                cl_reap(group)
            }
            for folder in state.folders { TemporaryFolder.remove(folder) }
            state = State()
        }
    }

    /// Ends the benchmark before its end.
    static func exit(_ code: Int32) -> Never {
        everything()
        _exit(code)
    }

    /// Has Ctrl-C, SIGTERM and SIGHUP clean up first; call it before there are other threads.
    static func followSignals() {
        cl_block_ending_signals()
        DispatchQueue.global().async {
            let number = cl_wait_ending_signal()
            exit(128 + number)
        }
    }
}
