import FaultModel
import Reports

/// `faultlab explain`: what a set of tunables amounts to, without doing anything.
enum ExplainCommand {
    static let usage = """
        usage: faultlab explain --fault NAME [--edition E] [--set KEY=VALUE]… [--format text|json]

        The values of a fault and where they come from, what it means on the wire, what follows from the values, what it
        needs to be allowed, and warnings. Nothing is touched.

          --fault NAME       a documented fault, as in pod-http-reset-peer
          --edition E        an edition of its document, as in legacy; the current one when absent
          --set KEY=VALUE    a tunable, as in RESET_TIMEOUT=500
          --format F         text, or json for scripts

        Exit codes: 0 done, 2 invalid input, with every mistake on standard error.
        """

    private enum Format: String, OutputFormat {
        case text, json
    }

    static func run(_ words: [String]) -> ExitCode {
        let options = Options(
            words, of: "faultlab explain", names: FaultWords.options + ["--format"], repeatable: ["--edition", "--set"])
        let (faults, faultProblems) = FaultWords.collect(options, isRequired: true)
        var problems = options.problems + faultProblems
        let format = Format.read(options["--format"], &problems)
        guard let fault = faults.first else { return ExitCode.invalid(problems) }
        do {
            let document = try FaultDocument.named(fault.name, edition: fault.edition, option: "--fault ")
            let reading = document.parse(fault.entries)
            guard problems.isEmpty, !reading.diagnostics.containErrors, let format else {
                // A note may be what explains an error: what was read, and how.
                return ExitCode.invalid(problems, reading.diagnostics)
            }
            let explanation = try ExplanationText(document, reading)
            Console.print(format == .json ? explanation.json : explanation.text)
            return .done
        } catch let error as InvalidFault {
            return ExitCode.invalid(problems, error.diagnostics)
        } catch {
            return ExitCode.invalid(problems + ["\(error)"])
        }
    }
}
