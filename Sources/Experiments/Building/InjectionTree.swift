/// Faults and the order in which they come; only ``InjectionBuilder`` makes one.
public struct InjectionTree: Sendable {
    indirect enum Node: Sendable {
        case inject(Inject)
        case serial([InjectionTree], SourcePlace)
        case parallel([InjectionTree], SourcePlace)
    }

    let node: Node

    init(_ inject: Inject) { node = .inject(inject) }
    init(_ group: Serial) { node = .serial(group.members, group.place) }
    init(_ group: Parallel) { node = .parallel(group.members, group.place) }

    /// The faults in the order of the DSL.
    var injections: [Inject] {
        switch node {
        case .inject(let inject): [inject]
        case .serial(let members, _), .parallel(let members, _): members.flatMap(\.injections)
        }
    }

    /// The order alone, with the faults counted from a number; groups that hold nothing are left out.
    func course(countingFrom number: inout Int) -> Course? {
        switch node {
        case .inject:
            defer { number += 1 }
            return .fault(number)
        case .serial(let members, _):
            let parts = members.compactMap { $0.course(countingFrom: &number) }
            return parts.isEmpty ? nil : .serial(parts)
        case .parallel(let members, _):
            let parts = members.compactMap { $0.course(countingFrom: &number) }
            return parts.isEmpty ? nil : .parallel(parts)
        }
    }
}
