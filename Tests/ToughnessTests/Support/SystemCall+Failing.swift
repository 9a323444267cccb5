#if os(Linux)
import Glibc
import SocketIO

extension SystemCall {
    /// When a call can fail, and how.
    enum Failing {
        /// While a proxy serves.
        case serving([Int32])
        /// While a proxy starts.
        case starting([Int32])
        /// At both times.
        case always(serving: [Int32], starting: [Int32])
        /// For a bug of ours only, which is a trap; the text says why.
        case trap(String)
        /// Not in a proxy; the text says why.
        case unused(String)
    }

    /// The errors that a call of a proxy on Linux can report, after its manual page, and what follows from each of them is
    /// shown; or why there are none.
    var failing: Failing {
        switch self {
        case .socket:
            let numbers = [EMFILE, ENFILE, ENOBUFS, ENOMEM, EACCES]
            return .always(serving: numbers, starting: numbers)
        case .bind: return .starting([EADDRINUSE, EADDRNOTAVAIL, EACCES])
        case .listen: return .starting([EADDRINUSE])
        case .getsockname: return .starting([ENOBUFS])
        case .accept:
            return .serving([
                EAGAIN, EINTR, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM, ECONNABORTED, EPROTO, ENETDOWN, EHOSTUNREACH,
            ])
        case .connect:
            return .serving([
                EAGAIN, EINTR, ECONNREFUSED, EADDRNOTAVAIL, ENETUNREACH, EHOSTUNREACH, ETIMEDOUT, EACCES, EPERM,
            ])
        case .shutdown: return .serving([ENOTCONN])
        case .getsockopt: return .serving([ENOBUFS])
        case .setsockopt: return .always(serving: [ENOMEM, EINVAL], starting: [ENOMEM])
        // That they would block is what bulk traffic hears all the time. Said where it is not so, it would be a lie: the
        // system reports a change that follows, and there is none.
        case .recv: return .serving([EINTR, ECONNRESET, ETIMEDOUT, EHOSTUNREACH, ENOMEM])
        case .send: return .serving([EINTR, EPIPE, ECONNRESET, ETIMEDOUT, EHOSTUNREACH, ENOBUFS, ENOMEM])
        case .splice: return .serving([EINTR, EINVAL, ECONNRESET, EPIPE, ENOMEM])
        case .pipe: return .serving([EMFILE, ENFILE, ENOMEM])
        case .read: return .serving([EINTR])
        case .write: return .serving([EINTR])
        case .epollCreate, .eventfd, .timerfd: return .starting([EMFILE, ENFILE, ENOMEM])
        case .epollAdd: return .always(serving: [ENOMEM, ENOSPC], starting: [ENOMEM, ENOSPC])
        case .epollModify, .epollRemove: return .trap("what it needs is there since the descriptor was registered")
        case .epollWait: return .serving([EINTR])
        case .fcntl: return .serving([EMFILE])
        case .timerfdSet: return .trap("it fails for a bad descriptor or moment only, and both are ours")
        case .kqueue, .kevent: return .unused("it is made on other systems")
        case .open, .fsync, .access, .rename, .kill, .wait: return .unused("a proxy has neither files nor processes")
        }
    }

    /// What has to fail first, because the call is made for no other reason.
    var precursor: CallFailure.Precursor? {
        // Whether there is room again is asked when there was none.
        self == .fcntl ? (.accept, EMFILE) : nil
    }

    var numbersWhileServing: [Int32] {
        switch failing {
        case .serving(let numbers), .always(let numbers, _): numbers
        case .starting, .trap, .unused: []
        }
    }

    var numbersAtStart: [Int32] {
        switch failing {
        case .starting(let numbers), .always(_, let numbers): numbers
        case .serving, .trap, .unused: []
        }
    }
}
#endif
