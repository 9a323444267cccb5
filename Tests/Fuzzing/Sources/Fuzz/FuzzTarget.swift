/// What can be fuzzed; each has a folder of its name in `Corpus`.
enum FuzzTarget: String, CaseIterable {
    /// The engine of one connection, under a script of events.
    case engine = "Engine"
    /// Requests as the engine and the stub server find them.
    case requests = "Requests"
    /// Answers as the engine and the prober find them.
    case responses = "Responses"
    /// What probes ask: addresses, URLs, and the requests made of them.
    case probes = "Probes"
    /// Comparisons as probe documents write them.
    case comparisons = "Comparisons"
    /// The text of each type of tunable.
    case quantities = "Quantities"
    /// The tunables of a whole fault.
    case documents = "Documents"
    /// Traces of packets.
    case traces = "Traces"
    /// Traffic that is made up.
    case workloads = "Workloads"
    /// The words of a command.
    case arguments = "Arguments"

    /// Feeds an input to the code, and stops the fuzzer where a promise is broken.
    func play(_ input: [UInt8]) {
        switch self {
        case .engine: EngineFuzz.play(input)
        case .requests: RequestFuzz.play(input)
        case .responses: ResponseFuzz.play(input)
        case .probes: ProbeFuzz.play(input)
        case .comparisons: ComparisonFuzz.play(input)
        case .quantities: QuantityFuzz.play(input)
        case .documents: DocumentFuzz.play(input)
        case .traces: TraceFuzz.play(input)
        case .workloads: WorkloadFuzz.play(input)
        case .arguments: ArgumentFuzz.play(input)
        }
    }
}
