public import Experiments
import Reports
import XCTest

/// Records everything in a run that did not hold as a failure of the running test.
///
/// Each violated or undecided expectation becomes a failure of its own, with the figures that decided it, the line that
/// declared it, and the seed that repeats the run.
///
/// - Parameters:
///   - report: The run.
///   - file: The file that failures point at.
///   - line: The line that failures point at.
public func XCTAssertHeld(_ report: RunReport, file: StaticString = #filePath, line: UInt = #line) {
    for failure in FailureText(report).failures {
        XCTFail(failure, file: file, line: line)
    }
}
