import FaultLabXCTest
import XCTest

/// The adapter for XCTest.
///
/// It lives in this framework alone: what one framework records while the other one runs is lost.
final class XCTAssertHeldTests: XCTestCase {
    /// While this is not `nil`, failures are collected here instead of being recorded.
    private var caught: [String]?

    #if canImport(Darwin)
    override func record(_ issue: XCTIssue) {
        guard caught == nil else {
            caught?.append(issue.compactDescription)
            return
        }
        super.record(issue)
    }
    #else
    override func recordFailure(
        withDescription description: String, inFile filePath: String, atLine lineNumber: Int, expected: Bool
    ) {
        guard caught == nil else {
            caught?.append(description)
            return
        }
        super.recordFailure(withDescription: description, inFile: filePath, atLine: lineNumber, expected: expected)
    }
    #endif

    func testAPassedRunIsNoFailure() async throws {
        XCTAssertHeld(try await SampleRun.passed())
    }

    func testEveryFailureIsRecordedWithItsSeed() async throws {
        let report = try await SampleRun.violatedTwice(seed: 4711)
        caught = []
        XCTAssertHeld(report)
        let failures = caught ?? []
        caught = nil
        XCTAssertEqual(failures.count, 2)
        for failure in failures {
            XCTAssertTrue(failure.contains("violated"), failure)
            XCTAssertTrue(failure.contains("Replay with seed 4711."), failure)
        }
    }
}
