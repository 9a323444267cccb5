// FaultProxy
