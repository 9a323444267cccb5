// FaultModel
