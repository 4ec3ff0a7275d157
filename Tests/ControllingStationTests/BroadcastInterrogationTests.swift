import IEC104Channel
import IEC104Model
import NIOCore
import TestSupport
import Testing

@testable import ControllingStation

/// The record alone: what has to come until a broadcast counts as answered.
@Suite("Broadcast interrogation")
struct BroadcastInterrogationTests {
    private let settle = TimeAmount.seconds(1)

    private func progress(of asdus: [ASDU]) -> (record: InterrogationRecord, last: ExchangeProgress) {
        var record = InterrogationRecord(.process(.station), commonAddress: .broadcast, settleTime: settle)
        var last = ExchangeProgress.waiting
        for asdu in asdus {
            var octets = ByteBuffer()
            asdu.encode(into: &octets)
            last = record.take(
                ReceivedASDU(octets: octets, time: .uptimeNanoseconds(0), millisecondsSince1970: 0))
        }
        return (record, last)
    }

    @Test("confirmed and terminated once for 65535 is done at the termination")
    func once() {
        let result = progress(of: [
            .interrogation(.broadcast, .activationConfirmation), .float(1, 1, 1, .interrogatedByStation),
            .float(2, 1, 1, .interrogatedByStation), .interrogation(.broadcast, .activationTermination),
        ])
        #expect(result.last == .done)
        #expect(result.record.answer.points.count == 2)
    }

    @Test("waits for every common address that has confirmed, then for silence")
    func perAddress() {
        let confirmed: [ASDU] = [
            .interrogation(1, .activationConfirmation), .interrogation(2, .activationConfirmation),
            .float(1, 1, 1, .interrogatedByStation), .interrogation(1, .activationTermination),
            .float(2, 1, 1, .interrogatedByStation),
        ]
        #expect(progress(of: confirmed).last == .waiting)
        #expect(progress(of: confirmed).record.open == [2])
        #expect(progress(of: confirmed + [.interrogation(2, .activationTermination)]).last == .doneAfterSilence(settle))
    }

    @Test("an address that confirms after all others have terminated is still waited for")
    func spreadOverTime() {
        let result = progress(of: [
            .interrogation(1, .activationConfirmation), .interrogation(1, .activationTermination),
            .interrogation(2, .activationConfirmation),
        ])
        #expect(result.last == .waiting)
    }

    @Test("confirmed for 65535 and terminated address by address waits for all that have reported")
    func mixed() {
        let begin: [ASDU] = [
            .interrogation(.broadcast, .activationConfirmation), .float(1, 1, 1, .interrogatedByStation),
            .float(2, 1, 1, .interrogatedByStation), .interrogation(1, .activationTermination),
        ]
        #expect(progress(of: begin).last == .waiting)
        #expect(progress(of: begin + [.interrogation(2, .activationTermination)]).last == .doneAfterSilence(settle))
    }

    @Test("live updates don't prolong the silence")
    func liveUpdates() {
        #expect(progress(of: [.float(1, 1, 1)]).last == .unrelated)
    }

    @Test("is refused only when every address that answered has refused")
    func refusals() {
        let refusal = ASDU.interrogation(1, .activationConfirmation, isNegative: true)
        #expect(progress(of: [refusal]).record.isRefused)
        #expect(progress(of: [refusal]).last == .doneAfterSilence(settle))
        let other: [ASDU] = [
            .interrogation(2, .activationConfirmation), .interrogation(2, .activationTermination),
        ]
        #expect(!progress(of: [refusal] + other).record.isRefused)
        #expect(progress(of: [.interrogation(.broadcast, .unknownCommonAddress, isNegative: true)]).last == .done)
    }

    @Test("over a connection: complete after the settle time")
    func overConnection() async throws {
        try await ScriptedStation.with { _, user in
            for address in [1, 2] as [CommonAddress] {
                user.send([
                    .interrogation(address, .activationConfirmation), .float(address, 1, 1, .interrogatedByStation),
                    .interrogation(address, .activationTermination),
                ])
            }
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let start = NIODeadline.now()
                let answer = try await connection.interrogate(settleTime: .milliseconds(50))
                #expect(NIODeadline.now() - start >= .milliseconds(50))
                #expect(answer.terminations.count == 2)
                #expect(answer.points.map(\.address.commonAddress) == [1, 2])
            }
        }
    }
}
