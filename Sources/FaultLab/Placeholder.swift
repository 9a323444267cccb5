// FaultLab
