import TestSupport
import Testing

/// The cases of every family against a station that breaks their rule: each of them has to fail.
@Suite("The cases fail on a broken station")
struct BrokenStationTests {
    @Test("interrogation")
    func interrogation() async throws {
        for defect: StationDefect in [
            .leavesConfirmationOut, .leavesTerminationOut, .answersSpontaneously, .leavesPointOut, .sendsTwice,
            .changesValue,
        ] {
            try await fails(on: defect) { InterrogationTests().stationInterrogation() }
            try await fails(on: defect) { InterrogationTests().groupInterrogation() }
        }
        try await fails(on: .answersWithBroadcastAddress) { InterrogationTests().broadcast() }
        try await fails(on: .forgetsOriginator) { InterrogationTests().originator() }
        try await fails(on: .leavesNegativeOut) { InterrogationTests().reservedQualifier(qualifier: 19) }
        try await fails(on: .leavesPointOut) { try InterrogationTests().largeStation() }
        try await fails(on: .sendsTwice) { try InterrogationTests().largeStation() }
    }

    @Test("counter interrogation")
    func counters() async throws {
        for defect: StationDefect in [
            .leavesConfirmationOut, .leavesTerminationOut, .answersSpontaneously, .leavesPointOut, .sendsTwice,
        ] {
            try await fails(on: defect) { CounterTests().general() }
        }
        try await fails(on: .leavesConfirmationOut) { CounterTests().freeze() }
        try await fails(on: .changesValue) { try CounterTests().readAfterFreeze() }
        try await fails(on: .answersWithBroadcastAddress) { try CounterTests().broadcast() }
    }

    @Test("read, clock, test and reset")
    func systemFunctions() async throws {
        try await fails(on: .confirmsRead) { SystemFunctionTests().read() }
        try await fails(on: .forgetsOriginator) { SystemFunctionTests().readTimeTagged() }
        try await fails(on: .leavesNegativeOut) { SystemFunctionTests().readRefused() }
        try await fails(on: .leavesConfirmationOut) { SystemFunctionTests().clock() }
        try await fails(on: .leavesConfirmationOut) { SystemFunctionTests().test(counter: "34 12") }
        try await fails(on: .answersWithBroadcastAddress) { SystemFunctionTests().broadcastReset() }
        try await fails(on: .leavesNegativeOut) { SystemFunctionTests().reservedReset(qualifier: "03") }
    }

    @Test("data unit identifier and refusals")
    func identifier() async throws {
        try await fails(on: .leavesNegativeOut) { DataUnitIdentifierTests().unknownType() }
        try await fails(on: .leavesNegativeOut) { try DataUnitIdentifierTests().unknownCause(cause: "05") }
        try await fails(on: .leavesNegativeOut) { DataUnitIdentifierTests().unknownCommonAddress() }
        try await fails(on: .forgetsTest) { try DataUnitIdentifierTests().testBit() }
        try await fails(on: .forgetsOriginator) { DataUnitIdentifierTests().originator(address: "25") }
    }

    @Test("monitored data")
    func monitored() async throws {
        for defect: StationDefect in [.leavesPointOut, .sendsTwice] {
            try await fails(on: defect) { try EventTests().everyEvent() }
            try await fails(on: defect) { try EventTests().whileStopped() }
            try await fails(on: defect) { EventTests().fanOut() }
            try await fails(on: defect) { try SourceTests().bothWays(timestamp: 1000) }
        }
        try await fails(on: .answersSpontaneously) { try EventTests().cause(rawValue: 11) }
        try await fails(on: .changesValue) { EventTests().timeTag() }
        try await fails(on: .sendsTwice) { EventTests().endOfInitialization() }
    }
}
