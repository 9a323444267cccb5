// What users of the umbrella name in a test: the model, the evidence, the experiment, the report.
@_exported public import Evidence
@_exported public import Experiments
@_exported public import FaultModel
@_exported public import FaultProxy
@_exported public import Reports
@_exported public import SocketIO
