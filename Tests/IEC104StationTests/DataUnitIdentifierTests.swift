import IEC104Model
import NIOCore
import TestSupport
import Testing

@testable import IEC104Station

@Suite("Data unit identifier and addressing")
struct DataUnitIdentifierTests {
    func harness(settings: StationSettings = StationSettings()) -> StationHarness {
        let harness = StationHarness(
            [
                PointDefinition(address: PointAddress(1, 1001), type: .M_SP_NA_1),
                PointDefinition(address: PointAddress(1, 65535), type: .M_ME_NC_1),
                PointDefinition(address: PointAddress(1, 65536), type: .M_ME_NC_1),
                PointDefinition(address: PointAddress(1, 16_777_215), type: .M_ME_NC_1),
                PointDefinition(address: PointAddress(1054, 1), type: .M_SP_NA_1),
            ], settings: settings)
        return harness
    }

    /// What a started session answers.
    func answers(to hex: String) -> [String] {
        let session = harness().startedSession()
        session.receive(hex)
        return session.drain()
    }

    @Test("DUI-01 an unknown type is mirrored with cause 44 and P/N = 1")
    func unknownType() {
        #expect(answers(to: "C8 01 06 00 01 00 D1 07 00 01") == ["C8 01 6C 00 01 00 D1 07 00 01"])
    }

    @Test(
        "DUI-02 DUI-04 DUI-15 FT-01 PAR-07 unused types, types of 101, files and parameters: cause 44, P/N = 1",
        arguments: [0, 2, 4, 22, 41, 52, 90, 104, 106, 110, 111, 112, 113, 120, 122, 124, 127, 128, 255])
    func otherTypes(type: UInt8) {
        let rest = "01 00 D1 07 00 01 02 03"
        #expect(answers(to: "\(hexadecimal(type)) 01 06 00 \(rest)") == ["\(hexadecimal(type)) 01 6C 00 \(rest)"])
    }

    @Test("DUI-03 process information in control direction is refused with 44 and not taken over")
    func monitorType() {
        let session = harness().startedSession()
        session.receive("01 01 03 00 01 00 E9 03 00 01")
        #expect(session.drain() == ["01 01 6C 00 01 00 E9 03 00 01"])
        session.receive("66 01 05 00 01 00 E9 03 00")
        #expect(session.drain() == ["01 01 05 00 01 00 E9 03 00 C0"])
    }

    @Test(
        "DUI-06 DUI-08 an unknown cause of an interrogation is answered with 45", arguments: ["05", "00", "3F", "03"])
    func unknownCause(cause: String) throws {
        let octet = try #require(UInt8(cause, radix: 16))
        #expect(octet & 0x3F == octet)
        #expect(answers(to: "64 01 \(cause) 00 01 00 00 00 00 14") == ["64 01 6D 00 01 00 00 00 00 14"])
    }

    @Test("DUI-09 DUI-10 an unknown common address, and 0, are answered with 46")
    func unknownCommonAddress() {
        #expect(answers(to: "64 01 06 00 03 00 00 00 00 14") == ["64 01 6E 00 03 00 00 00 00 14"])
        #expect(answers(to: "64 01 06 00 00 00 00 00 00 14") == ["64 01 6E 00 00 00 00 00 00 14"])
    }

    @Test("DUI-14 several errors at once: type before cause before common address before object address")
    func order() {
        #expect(answers(to: "C8 01 05 00 03 00 D1 07 00 01") == ["C8 01 6C 00 03 00 D1 07 00 01"])
        #expect(answers(to: "64 01 05 00 03 00 01 00 00 14") == ["64 01 6D 00 03 00 01 00 00 14"])
        #expect(answers(to: "64 01 06 00 03 00 01 00 00 14") == ["64 01 6E 00 03 00 01 00 00 14"])
        #expect(answers(to: "64 01 06 00 01 00 01 00 00 14") == ["64 01 6F 00 01 00 01 00 00 14"])
    }

    @Test(
        "DUI-16 requests to the station as a whole have the object address 0, others are answered with 47",
        arguments: [
            "64 01 @ 00 01 00 01 00 00 14", "65 01 @ 00 01 00 01 00 00 05",
            "67 01 @ 00 01 00 01 00 00 E8 03 1E 0C 2F 06 1A",
            "69 01 @ 00 01 00 01 00 00 01", "6B 01 @ 00 01 00 01 00 00 34 12 E8 03 1E 0C 2F 06 1A",
        ])
    func objectAddress(pattern: String) {
        #expect(answers(to: pattern.replacing("@", with: "06")) == [pattern.replacing("@", with: "6F")])
    }

    @Test("DUI-17 DUI-18 broadcast is for interrogation, counters, clock and reset; read and test are answered with 46")
    func broadcast() throws {
        for hex in ["64 01 06 00 FF FF 00 00 00 14", "65 01 06 00 FF FF 00 00 00 05", "69 01 06 00 FF FF 00 00 00 02"] {
            let session = harness().startedSession()
            session.receive(hex)
            let addresses = try session.drainDecoded().map(\.identifier.commonAddress)
            #expect(Set(addresses) == [1, 1054])
        }
        #expect(answers(to: "66 01 05 00 FF FF E9 03 00") == ["66 01 6E 00 FF FF E9 03 00"])
        let test = "00 00 00 34 12 E8 03 1E 0C 2F 06 1A"
        #expect(answers(to: "6B 01 06 00 FF FF \(test)") == ["6B 01 6E 00 FF FF \(test)"])
    }

    @Test("a broadcast to a station without any common address is answered with 46, and the session goes on")
    func broadcastToNobody() {
        let session = StationHarness().startedSession()
        session.receive("64 01 06 00 FF FF 00 00 00 14")
        #expect(session.drain() == ["64 01 6E 00 FF FF 00 00 00 14"])
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(session.drain() == ["64 01 6E 00 01 00 00 00 00 14"])
    }

    @Test("DUI-20 the test bit is on every part of the answer to an interrogation")
    func testBit() throws {
        let session = harness().startedSession()
        session.receive("64 01 86 00 01 00 00 00 00 14")
        let identifiers = try session.drainDecoded().map(\.identifier)
        #expect(identifiers.count > 2)
        #expect(!identifiers.contains { !$0.isTest })
    }

    @Test("DUI-21 P/N in control direction means nothing")
    func negativeRequest() {
        let session = harness().startedSession()
        session.receive("64 01 46 00 02 00 00 00 00 14")
        #expect(session.drain() == ["64 01 6E 00 02 00 00 00 00 14"])
        session.receive("64 01 46 00 1E 04 00 00 00 14")
        #expect(session.drain().first == "64 01 07 00 1E 04 00 00 00 14")
    }

    @Test("DUI-22 DUI-24 any originator address is mirrored", arguments: ["00", "05", "25", "FF"])
    func originator(address: String) {
        #expect(answers(to: "64 01 06 \(address) 03 00 00 00 00 14") == ["64 01 6E \(address) 03 00 00 00 00 14"])
    }

    @Test("DUI-23 spontaneous data has the originator address 0, whoever has asked for something before")
    func spontaneousOriginator() {
        let harness = harness()
        let session = harness.startedSession()
        session.receive("66 01 05 25 01 00 E9 03 00")
        _ = session.drain()
        harness.event(PointAddress(1, 1001), .M_SP_NA_1, .singlePoint(true))
        #expect(session.drain() == ["01 01 03 00 01 00 E9 03 00 01"])
    }

    @Test("DUI-26 DUI-27 DUI-28 DUI-29 octets that don't fit the type are discarded and counted, nothing is executed")
    func lengths() {
        let harness = harness()
        let session = harness.startedSession()
        let malformed = [
            "64 01 06 00 01 00 00 00 00", "64 01 06 00 01 00 00 00 00 14 00 00", "64 05 06 00 01 00 00 00 00 14",
            "64 00 06 00 01 00", "69 00 06 00 01 00 00 00 00 01", "64 01 06 00 01", "64",
            // With an unknown cause, common address or object address: a refusal would mirror what makes no ASDU.
            "64 05 05 00 01 00 00 00 00 14", "64 05 06 00 03 00 00 00 00 14", "66 01 05 00 03 00 E9 03 00 01",
        ]
        for hex in malformed { session.receive(hex) }
        #expect(session.drain().isEmpty)
        #expect(harness.station.counters.malformed == UInt64(malformed.count))
    }

    @Test("DUI-31 GI-27 SQ = 1 in a request is not executed")
    func sequence() {
        let harness = harness()
        let session = harness.startedSession()
        session.receive("64 81 06 00 01 00 00 00 00 14")
        #expect(session.drain().isEmpty)
        #expect(harness.station.counters.malformed == 1)
    }

    @Test("DUI-35 with sequences off 40 consecutive points go as 40 objects with an address each")
    func withoutSequences() {
        let harness = StationHarness(
            (2000..<2040).map { PointDefinition(address: PointAddress(1, $0), type: .M_SP_NA_1) })
        let packer = PointPacker(form: .withoutTimeTag, cause: .interrogatedByStation, usesSequences: false)
        let slots = harness.station.image.order().slots
        var position = 0
        var buffer = ByteBuffer()
        #expect(packer.pack(harness.station.image, slots, position: &position, end: slots.count, into: &buffer))
        #expect(buffer.getInteger(at: 1, as: UInt8.self) == 40)
        #expect(buffer.readableBytes == 6 + 40 * 4)
    }

    @Test("DUI-37 DUI-38 addresses beyond two octets and common addresses above 255")
    func boundaries() {
        let harness = harness()
        let session = harness.startedSession()
        for (address, octets) in [(UInt32(65535), "FF FF 00"), (65536, "00 00 01"), (16_777_215, "FF FF FF")] {
            session.receive("66 01 05 00 01 00 \(octets)")
            #expect(session.drain() == ["0D 01 05 00 01 00 \(octets) 00 00 00 00 C0"], "\(address)")
        }
        session.receive("66 01 05 00 1E 04 01 00 00")
        #expect(session.drain() == ["01 01 05 00 1E 04 01 00 00 C0"])
    }

    @Test("a broadcast is answered by thousands of common addresses, and takes one place among the answers")
    func manyCommonAddresses() {
        let addresses = (1...5000).map { UInt16($0) }
        let harness = StationHarness(addresses.map { PointDefinition(address: PointAddress($0, 1), type: .M_SP_NA_1) })
        let session = harness.startedSession()
        session.receive("67 01 06 00 FF FF 00 00 00 E8 03 1E 0C 2F 06 1A")
        session.receive("69 01 06 00 FF FF 00 00 00 02")
        let answers = session.drain()
        let (clock, reset) = (answers.prefix(5000), answers.dropFirst(5000))
        let expected = addresses.map { "\(hexadecimal(UInt8($0 & 0xFF))) \(hexadecimal(UInt8($0 >> 8)))" }
        #expect(clock.elementsEqual(expected.map { "67 01 07 00 \($0) 00 00 00 E8 03 1E 0C 2F 06 1A" }))
        #expect(reset.elementsEqual(expected.map { "69 01 07 00 \($0) 00 00 00 02" }))
        #expect(session.closed == nil)
    }

    @Test("a controlling station that leaves its answers unread is closed, so that they can't pile up")
    func tooManyAnswers() {
        let session = harness().startedSession()
        for _ in 0..<2000 { session.receive("66 01 05 00 01 00 E9 03 00") }
        #expect(session.closed == .tooManyRequests)
        #expect(session.drain().count <= StationSession.maximumAnswers)
    }
}
