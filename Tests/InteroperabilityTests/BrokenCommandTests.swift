import TestSupport
import Testing

/// The cases of commands against a station that breaks their rule: each of them has to fail.
@Suite("The cases of commands fail on a broken station")
struct BrokenCommandTests {
    @Test("direct commands")
    func direct() async throws {
        for defect: StationDefect in [.leavesConfirmationOut, .leavesTerminationOut, .sendsTwice, .executesTwice] {
            try await fails(on: defect) { try DirectCommandTests().direct(element: "01") }
        }
        try await fails(on: .executesTwice) { try DirectCommandTests().burst() }
        try await fails(on: .executesTwice) { try DirectCommandTests().windowFull() }
        try await fails(on: .leavesNegativeOut) { try DirectCommandTests().storeAway() }
        try await fails(on: .leavesNegativeOut) { try DirectCommandTests().second() }
    }

    @Test("select before operate")
    func select() async throws {
        try await fails(on: .executesWithoutSelection) { try SelectBeforeOperateTests().notSelected() }
        try await fails(on: .executesWithoutSelection) { try SelectBeforeOperateTests().timeout() }
        try await fails(on: .executesWithoutSelection) { try SelectBeforeOperateTests().connectionLost() }
        try await fails(on: .executesWithoutSelection) { try SelectBeforeOperateTests().usedUp() }
        try await fails(on: .leavesNegativeOut) { try SelectBeforeOperateTests().otherMaster() }
        try await fails(on: .leavesNegativeOut) { try SelectBeforeOperateTests().cancelNothing() }
    }

    @Test("set-points, time tags, refusals, the process")
    func others() async throws {
        try await fails(on: .leavesNegativeOut) { try SetPointTests().notFinite(element: "00 00 C0 7F 00") }
        try await fails(on: .leavesTerminationOut) { try SetPointTests().bitstring() }
        try await fails(on: .leavesNegativeOut) { try TimeTaggedCommandTests().age(seconds: 60, isTaken: false) }
        try await fails(on: .leavesNegativeOut) { try CommandRefusalTests().disabled() }
        try await fails(on: .forgetsOriginator) { try CommandRefusalTests().originator(originator: "25") }
        try await fails(on: .forgetsTest) { try CommandRefusalTests().testBit() }
        try await fails(on: .leavesConfirmationOut) { try ProcessConfirmationTests().confirmed() }
        try await fails(on: .sendsTwice) { try ProcessConfirmationTests().twice() }
    }
}
