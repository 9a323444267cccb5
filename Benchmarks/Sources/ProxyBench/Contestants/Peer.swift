import Glibc

/// How a proxy that others wrote is told to do what is measured here; all that is not said here stays as it comes.
struct Peer {
    let port: UInt16
    let upstream: UInt16
    let threads: Int
    let connections: Int
    let folder: TemporaryFolder

    /// The words that start it.
    func command(_ kind: Contestant.Kind) throws -> [String] {
        switch kind {
        case .haproxy(let splices):
            let program = try Self.program("haproxy")
            return [program, "-db", "-f", try folder.write(haproxy(splices), to: "haproxy-\(port).cfg")]
        case .nginx:
            let program = try Self.program("nginx")
            let text = try nginx(loading: try streamModule(of: program))
            let file = try folder.write(text, to: "nginx-\(port).conf")
            return [program, "-e", "stderr", "-p", folder.path, "-c", file]
        case .socat:
            return [
                try Self.program("socat"), "-b", "65536",
                "TCP-LISTEN:\(port),bind=127.0.0.1,reuseaddr,backlog=1024,fork,nodelay",
                "TCP:127.0.0.1:\(upstream),nodelay",
            ]
        case .direct, .faultlab, .resetLoop: preconditionFailure("\(kind) is no program of others")
        }
    }

    private func haproxy(_ splices: Bool) -> String {
        """
        global
            nbthread \(threads)
            maxconn \(connections)
        defaults
            mode tcp
            timeout connect 10s
            timeout client 1h
            timeout server 1h
        \(splices ? "    option splice-request\n    option splice-response\n" : "")
        listen bench
            bind 127.0.0.1:\(port)
            server upstream 127.0.0.1:\(upstream)

        """
    }

    private func nginx(loading module: String?) throws -> String {
        """
        \(module.map { "load_module \($0);" } ?? "")
        daemon off;
        worker_processes \(threads);
        pid \(folder.path)/nginx-\(port).pid;
        events { worker_connections \(2 * connections + 64); }
        stream {
            server {
                listen 127.0.0.1:\(port) reuseport;
                proxy_pass 127.0.0.1:\(upstream);
                proxy_timeout 1h;
            }
        }

        """
    }

    /// The module that nginx has to load for TCP; `nil` when it is built in.
    private func streamModule(of program: String) throws -> String? {
        let process = try ServedProcess([program, "-V"], in: folder)
        while process.line() != nil {}
        let words = process.allMessages.split { $0 == " " || $0 == "\n" }
        process.end(asking: true)
        if words.contains("--with-stream") { return nil }
        guard words.contains("--with-stream=dynamic") else { throw Absence("it is built without stream") }
        let option = "--modules-path="
        let folder = words.first { $0.hasPrefix(option) }?.dropFirst(option.count) ?? "/usr/lib/nginx/modules"
        let module = "\(folder)/ngx_stream_module.so"
        guard access(module, R_OK) == 0 else { throw Absence("its stream module is not installed") }
        return module
    }

    /// The path of a program, which for a server is often not among those of the user.
    private static func program(_ name: String) throws -> String {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let places = path.split(separator: ":") + ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"]
        guard let place = places.first(where: { access("\($0)/\(name)", X_OK) == 0 }) else {
            throw Absence("it is not installed")
        }
        return "\(place)/\(name)"
    }
}
