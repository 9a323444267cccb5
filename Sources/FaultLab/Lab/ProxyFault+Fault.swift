public import Evidence
public import FaultModel
public import FaultProxy

extension ProxyFault {
    /// Lowers a documented fault.
    ///
    /// - Parameters:
    ///   - fault: The fault.
    ///   - name: The name by which it is reported and lifted; its document's id when absent.
    /// - Throws: `InvalidFault` with everything that is wrong with the fault.
    public init(_ fault: some Fault, as name: FaultName? = nil) throws(InvalidFault) {
        self.init(name ?? FaultName(fault), try Self.disruption(of: fault))
    }

    /// What a fault means on the wire, as far as a proxy can do it.
    private static func disruption(of fault: some Fault) throws(InvalidFault) -> Disruption {
        let disruption = try fault.lowered(for: .loopback)
        guard let obstacle = obstacle(to: disruption) else { return disruption }
        throw InvalidFault(faultID: type(of: fault).schema.id, diagnostics: [Diagnostic(.error, message: obstacle)])
    }

    /// Lowers documented faults.
    ///
    /// A document that is used more than once gets numbered names, so that no use replaces another.
    ///
    /// - Parameter faults: The faults.
    /// - Returns: The faults as a proxy takes them.
    /// - Throws: `InvalidFault` with everything that is wrong with any of them.
    static func lower(_ faults: [any Fault]) throws(InvalidFault) -> [ProxyFault] {
        var lowered: [ProxyFault] = []
        var uses: [FaultName: Int] = [:]
        var defective: [String] = []
        var diagnostics: [Diagnostic] = []
        for fault in faults {
            let id = FaultName(fault)
            let use = uses[id, default: 0] + 1
            uses[id] = use
            let name = use == 1 ? id : FaultName("\(id)-\(use)")
            do throws(InvalidFault) {
                lowered.append(ProxyFault(name, try disruption(of: fault)))
            } catch {
                defective.append(name.text)
                diagnostics += error.diagnostics
            }
        }
        guard defective.isEmpty else {
            throw InvalidFault(faultID: defective.joined(separator: ", "), diagnostics: diagnostics)
        }
        return lowered
    }
}
