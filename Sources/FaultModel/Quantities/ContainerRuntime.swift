/// The container runtime of a Kubernetes node.
public enum ContainerRuntime: String, Hashable, Sendable, CaseIterable {
    /// containerd, the usual one.
    case containerd
    /// Docker.
    case docker
    /// CRI-O.
    case crio

    /// Where the runtime listens unless its administrator moved it, as the fault documents list it.
    public var standardSocketPath: UnixSocketPath {
        switch self {
        case .containerd: "/run/containerd/containerd.sock"
        case .docker: "/var/run/docker.sock"
        case .crio: "/var/run/crio/crio.sock"
        }
    }
}
