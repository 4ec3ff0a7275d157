import ControllingStation
import IEC104Model
import NIOCore
import Replay
import Testing

@testable import ReplayBench

/// What comes out is compared with what was fed.
@Suite("Events of a round trip")
struct EventLedgerTests {
    private static let address = PointAddress(
        commonAddress: CommonAddress(rawValue: 1), informationObjectAddress: 7)

    private func recorded(_ value: Int16, cause: UInt8 = 3, frame: Int = 1) -> RecordedObject {
        RecordedObject(
            frame: frame, capturedAt: CaptureTime(nanoseconds: 0), address: Self.address, type: .M_ME_NB_1,
            cause: CauseOfTransmission(rawValue: cause), information: ProcessInformation(value: .scaled(value)))
    }

    private func received(
        _ value: Int16, cause: CauseOfTransmission = .spontaneous, quality: QualityDescriptor = .good
    ) -> ReceivedASDU {
        var octets = ByteBuffer()
        let element = M_ME_NB_1(value: value, quality: quality)
        ASDU(
            InformationObject(address: Self.address.informationObjectAddress, element: .M_ME_NB_1(element)),
            cause: cause, commonAddress: Self.address.commonAddress
        ).encode(into: &octets)
        return ReceivedASDU(octets: octets, time: .now(), millisecondsSince1970: 0)
    }

    private func kinds(_ fed: [RecordedObject], _ received: [ReceivedASDU]) -> [DifferenceKind] {
        var (ledger, report) = (EventLedger(), RoundtripReport(file: "x"))
        for object in fed { ledger.willFeed(object, as: .M_ME_NB_1) }
        for asdu in received { ledger.take(asdu, into: &report) }
        ledger.close(into: &report)
        return report.differences.map(\.kind)
    }

    @Test("all as fed: nothing")
    func equal() {
        #expect(kinds([recorded(1), recorded(2, cause: 1)], [received(1), received(2, cause: .periodic)]) == [])
    }

    @Test("value, quality and cause are told apart")
    func changed() {
        #expect(kinds([recorded(1)], [received(2)]) == [.value])
        #expect(kinds([recorded(1)], [received(1, quality: .invalid)]) == [.quality])
        #expect(kinds([recorded(1)], [received(1, cause: .background)]) == [.cause])
    }

    @Test("what is missing, twice, or in another order is told")
    func missing() {
        #expect(kinds([recorded(1), recorded(2)], [received(1)]) == [.missing])
        #expect(kinds([recorded(1)], [received(1), received(1)]) == [.unexpected])
        #expect(kinds([recorded(1), recorded(2)], [received(2), received(1)]) == [.order, .unexpected])
    }

    @Test("an interrogation answer is fed as a spontaneous event")
    func answer() {
        #expect(kinds([recorded(1, cause: 20)], [received(1)]) == [])
        #expect(kinds([recorded(1, cause: 20)], [received(1, cause: .interrogatedByStation)]) == [.missing])
    }

    @Test("what came out unasked fails its test case in JUnit, also behind more differences than are kept")
    func manyDifferences() {
        var (ledger, report) = (EventLedger(), RoundtripReport(file: "x"))
        for _ in 0..<1500 { ledger.willFeed(recorded(1), as: .M_ME_NB_1) }
        for _ in 0..<1502 { ledger.take(received(2), into: &report) }
        #expect(report.differences.count == 1000)
        #expect(report.jUnit.contains("<failure message=\"1500 differences\""))
        #expect(report.jUnit.contains("<failure message=\"2 differences\""))
    }
}
