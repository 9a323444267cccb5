import FaultLab
import Foundation
import Testing

/// A test file has these three imports side by side, so no name of one may hide that of another.
@Suite struct NameTests {
    @Test func namesOfATestStandBesideFoundationAndTesting() {
        let names: [Any.Type] = [
            Call.self, Decision.self, Diagnostic.self, Disruption.self, Event.self, EventLog.self, EventRecord.self,
            Expect.self, Experiment.self, Fact.self, Fate.self, Hold.self, Inject.self, Lab.self, Percentage.self,
            Phase.self, Place.self, Plan.self, PortNumber.self, Probe.self, Proxy.self, RequestLine.self,
            RunReport.self, Selection.self, SteadyState.self, SystemError.self, Timestamp.self, Verdict.self,
            Workload.self,
        ]
        #expect(Set(names.map { ObjectIdentifier($0) }).count == names.count)
    }
}
