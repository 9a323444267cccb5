/// A part of the benchmark that can be asked for by its name.
protocol Section: Sendable {
    var name: String { get }
    var summary: String { get }

    /// About how long it takes, in seconds.
    func duration(_ options: Options) -> Double

    /// Measures, adds its samples to the stage and shows them there.
    func run(on stage: Stage) throws
}
