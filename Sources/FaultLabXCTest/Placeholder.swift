// FaultLabXCTest
