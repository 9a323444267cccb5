// FaultLabTesting
