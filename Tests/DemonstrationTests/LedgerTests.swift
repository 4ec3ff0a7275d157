import IEC104Model
import NIOCore
import TestSupport
import Testing

@testable import ControllingStation
@testable import Demonstration

@Suite("Ledger")
struct LedgerTests {
    /// Three updates of one measured value, and a ledger that expects them.
    private let updates: [PlantUpdate]
    private var ledger = UpdateLedger(image: [])

    init() {
        var point = PlantPoint(
            PointAddress(commonAddress: 101, informationObjectAddress: 1), .M_ME_TF_1, "temperature",
            .measured(0...100, decimals: 1))
        var random = SeededGenerator(seed: 7)
        updates = (0..<3 as Range<Int64>).map { number in
            point.advance(using: &random)
            return PlantUpdate(point, at: moment + number)
        }
        for update in updates { ledger.willSend(update) }
    }

    private mutating func differences(after received: [ReceivedASDU]) -> [String] {
        for asdu in received { ledger.take(asdu) }
        ledger.close()
        #expect(ledger.differenceCount == ledger.differences.count)
        return ledger.differences
    }

    @Test("is content when everything comes once and in order")
    mutating func equal() {
        for update in updates { ledger.take(sent(update)) }
        #expect(ledger.outstanding == 0)
        #expect(differences(after: []).isEmpty)
        #expect(ledger.sent == 3 && ledger.received == 3)
    }

    @Test("sees a missing update, at any place", arguments: 0..<3)
    mutating func missing(index: Int) {
        let received = updates.indices.filter { $0 != index }.map { sent(updates[$0]) }
        let found = differences(after: received)
        #expect(found.count == 1)
        #expect(found.first?.contains(index == 2 ? "never received" : "not received in its turn") == true)
    }

    @Test("sees an update that comes twice")
    mutating func twice() {
        let found = differences(after: updates.map { sent($0) } + [sent(updates[2])])
        #expect(found.count == 1)
        #expect(found.first?.contains("received twice") == true)
    }

    @Test("sees updates that change places")
    mutating func reordered() {
        #expect(!differences(after: [updates[1], updates[0], updates[2]].map { sent($0) }).isEmpty)
    }

    @Test("sees a point that nobody fed")
    mutating func stranger() {
        var point = PlantPoint(
            PointAddress(commonAddress: 101, informationObjectAddress: 99), .M_SP_TB_1, "alarm", .alarm)
        var random = SeededGenerator(seed: 7)
        point.advance(using: &random)
        let found = differences(after: updates.map { sent($0) } + [sent(PlantUpdate(point, at: moment))])
        #expect(found.count == 1)
        #expect(found.first?.contains("not expected") == true)
    }

    @Test("sees each property that is changed on the way")
    mutating func changed() {
        let first = updates[0]
        var value = first.information
        value.value = .shortFloat(Float.pi)
        var quality = first.information
        quality.quality.formSymmetricDifference(.substituted)
        var time = first.information
        time.time = CP56Time2a(millisecondsSince1970: first.time + 1)
        var flags = first.information
        flags.time = CP56Time2a(millisecondsSince1970: first.time, isSubstituted: true)
        let cases: [(String, ReceivedASDU)] = [
            ("wrong value", sent(first, information: value)), ("wrong quality", sent(first, information: quality)),
            ("wrong time tag", sent(first, information: time)), ("wrong time tag", sent(first, information: flags)),
            ("wrong cause", sent(first, cause: .background)), ("wrong type", sent(first, as: .M_ME_NC_1)),
        ]
        for (expected, asdu) in cases {
            var copy = self
            let found = copy.differences(after: [asdu, sent(updates[1]), sent(updates[2])])
            #expect(found.count == 1)
            #expect(found.first?.contains(expected) == true)
        }
    }

    @Test("counts a malformed ASDU as a difference")
    mutating func malformed() {
        let octets = ByteBuffer(bytes: [200, 1, 3, 0, 1, 0])
        let broken = ReceivedASDU(octets: octets, time: .uptimeNanoseconds(0), millisecondsSince1970: moment)
        #expect(differences(after: updates.map { sent($0) } + [broken]).count == 1)
    }

    @Test("doesn't take answers to interrogations for updates")
    mutating func interrogated() {
        let answers = [20, 36, 37, 41].map { cause in
            sent(updates[0], cause: CauseOfTransmission(rawValue: cause))
        }
        #expect(differences(after: answers + updates.map { sent($0) }).isEmpty)
    }

    @Test("keeps the first differences and counts all")
    mutating func manyDifferences() {
        for _ in 0..<500 { ledger.take(sent(updates[0], cause: .background)) }
        #expect(ledger.differences.count == UpdateLedger.keptDifferences)
        #expect(ledger.differenceCount == 500)
        let outcome = DemonstrationOutcome.compared(ledger, points: 1)
        #expect(!outcome.isEqual)
        #expect(outcome.summary.contains("… 400 more"))
    }

    // MARK: Interrogation

    private func answer(_ points: [ReceivedASDU]) -> InterrogationAnswer {
        InterrogationAnswer(commonAddress: 101, request: .process(.station), asdus: points)
    }

    @Test("compares an interrogation with the last updates")
    mutating func image() {
        let good = sent(updates[2], as: .M_ME_NC_1, cause: .interrogatedByStation)
        ledger.compare([answer([good])])
        #expect(ledger.differences.isEmpty)
        ledger.compare([answer([])])
        #expect(ledger.differences.last?.contains("missing in interrogation") == true)
        ledger.compare([answer([good, good])])
        #expect(ledger.differences.last?.contains("interrogated twice") == true)
        ledger.compare([answer([sent(updates[2], cause: .interrogatedByStation)])])
        #expect(ledger.differences.last?.contains("wrong type in interrogation") == true)
        ledger.compare([answer([sent(updates[1], as: .M_ME_NC_1, cause: .interrogatedByStation)])])
        #expect(ledger.differences.last?.contains("in interrogation") == true)
        #expect(ledger.differenceCount == 4)
    }
}
