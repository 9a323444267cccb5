/// A part of the benchmark that can be asked for by its name.
protocol Section: Sendable {
    var name: String { get }
    var summary: String { get }

    /// Measures, adds its samples to the stage and shows them there.
    func run(on stage: Stage) throws
}
