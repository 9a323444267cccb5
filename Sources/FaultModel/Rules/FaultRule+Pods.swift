// Rules about the choice of pods and the way into them.

extension FaultRule {
    /// Names of pods leave no room for a share of them.
    static func podNamesWin(
        over share: PropertyPath<Subject, Percentage>, names: PropertyPath<Subject, [PodName]>
    ) -> FaultRule {
        FaultRule(about: share, with: names) { subject in
            guard subject[keyPath: share] != .zero, !subject[keyPath: names].isEmpty else { return nil }
            return .warning("has no effect, because TARGET_PODS names the pods", hint: "set one of the two")
        }
    }

    /// A pod named twice is hit once.
    static func podNamesAreUnique(_ names: PropertyPath<Subject, [PodName]>) -> FaultRule {
        FaultRule(about: names) { subject in
            var seen: Set<PodName> = []
            var twice: [PodName] = []
            for name in subject[keyPath: names] where !seen.insert(name).inserted && !twice.contains(name) {
                twice.append(name)
            }
            if twice.isEmpty { return nil }
            let list = twice.map(\.text).joined(separator: ", ")
            return .warning("names \(list) more than once, and a pod is hit once", hint: "name each pod once")
        }
    }

    /// The socket has to be the runtime's.
    ///
    /// A runtime may be told to listen elsewhere, so this is a doubt; its socket keeps
    /// the file name everywhere we know, and `/var/run` is `/run` on every node of today.
    static func socketMatchesRuntime(
        socket: PropertyPath<Subject, UnixSocketPath>, runtime: PropertyPath<Subject, ContainerRuntime>
    ) -> FaultRule {
        FaultRule(about: socket, with: runtime) { subject in
            let runtime = subject[keyPath: runtime]
            let standard = runtime.standardSocketPath
            guard subject[keyPath: socket].fileName != standard.fileName else { return nil }
            return .warning(
                "does not look like the socket of CONTAINER_RUNTIME=\(runtime.rawValue)",
                hint: "set SOCKET_PATH=\(standard)")
        }
    }
}
