import ControllingStation
import Foundation
import IEC104Model
import NIOCore
import Presentation
import Testing

@testable import StationMonitor

@Suite("JSON lines")
struct JSONLinesTests {
    @Test("a measured value with time tag")
    func measured() {
        let time = CP56Time2a(millisecondsSince1970: moment, isSubstituted: true)
        let asdu = ASDU.object(
            .M_ME_TF_1(M_ME_TF_1(value: 22.34, quality: [.invalid, .notTopical], time: time)), at: 4001,
            commonAddress: 101)
        #expect(
            JSONLines.lines(ReceivedASDU(asdu)) == [
                #"{"time":"2026-01-15T10:30:00.123Z","typeid":36,"name":"M_ME_TF_1","cot":3,"cause":"spontaneous","#
                    + #""ca":101,"ioa":4001,"value":22.34,"quality":["NT","IV"],"#
                    + #""timestamp":{"iso":"2026-01-15T10:30:00.123","iv":false,"gen":true,"su":false},"#
                    + #""neg":false,"test":false,"oa":0}"#
            ])
    }

    @Test("one line for each object of an ASDU")
    func objects() throws {
        let asdu = try #require(
            ASDU(
                (1...3).map { number in
                    InformationObject(
                        address: InformationObjectAddress(integerLiteral: number),
                        element: .M_ME_NC_1(M_ME_NC_1(value: 1, quality: .good)))
                }, cause: .spontaneous, commonAddress: 1))
        let lines = JSONLines.lines(ReceivedASDU(asdu))
        let addresses = try lines.map { try decoded($0)["ioa"] as? Int }
        #expect(addresses == [1, 2, 3])
    }

    @Test("a confirmation has its qualifier and no value")
    func confirmation() throws {
        let asdu = ASDU(
            InformationObject(
                address: .irrelevant, element: .C_IC_NA_1(C_IC_NA_1(qualifier: .station))),
            cause: .activationConfirmation, commonAddress: 1, isNegative: true, isTest: true, originatorAddress: 3)
        let object = try decoded(JSONLines.lines(ReceivedASDU(asdu))[0])
        #expect(object["value"] is NSNull)
        #expect(object["qoi"] as? Int == 20)
        #expect(object["neg"] as? Bool == true)
        #expect(object["test"] as? Bool == true)
        #expect(object["oa"] as? Int == 3)
        #expect(object["cause"] as? String == "activation-confirmation")
        #expect(object["quality"] == nil)
        #expect(object["timestamp"] == nil)
    }

    @Test("numbers that JSON can't write are texts", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) throws {
        let object = try decoded(JSONLines.lines(ReceivedASDU(.float(value)))[0])
        #expect(object["value"] as? String == (value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity"))
    }

    @Test(
        "floats survive being written",
        arguments: [0.1, -0.0, 3.4e38, .leastNonzeroMagnitude, 16_777_216, 22.34] as [Float])
    func floats(value: Float) throws {
        let object = try decoded(JSONLines.lines(ReceivedASDU(.float(value)))[0])
        let number = try #require(object["value"] as? NSNumber)
        #expect(Float(number.doubleValue).bitPattern == value.bitPattern)
    }

    @Test("an impossible time tag is told by its octets")
    func impossibleTime() throws {
        let asdu = ASDU.object(
            .M_ME_TF_1(M_ME_TF_1(value: 1, quality: .good, time: CP56Time2a(rawValue: 0xFF_FFFF_FFFF_FFFF))))
        let timestamp = try decoded(JSONLines.lines(ReceivedASDU(asdu))[0])["timestamp"] as? [String: Any]
        #expect(timestamp?["iso"] is NSNull)
        #expect(timestamp?["raw"] as? String == "0xffffffffffffff")
        #expect(timestamp?["iv"] as? Bool == true)
    }

    @Test("a malformed ASDU is a line of its own")
    func malformed() throws {
        let lines = JSONLines.lines(ReceivedASDU(octets: [13, 2, 3, 0, 1, 0, 1]))
        let object = try decoded(try #require(lines.first))
        #expect(lines.count == 1)
        #expect(object["malformed"] as? String != nil)
        #expect(object["octets"] as? String == "0D 02 03 00 01 00 01")
    }

    @Test("every type of every octet pattern gives valid JSON", arguments: 0...127 as ClosedRange<UInt8>)
    func everyType(type: UInt8) throws {
        var random = SystemRandomNumberGenerator()
        for length in 0...30 {
            let octets = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            for line in JSONLines.lines(ReceivedASDU(octets: [type, 1, 3, 0, 1, 0, 1, 0, 0] + octets)) {
                _ = try decoded(line)
            }
        }
    }

    @Test("a sequence where the standard has none is read all the same, and said to deviate")
    func deviation() throws {
        let octets: [UInt8] = [
            30, 0x82, 20, 0, 101, 0, 0x13, 0, 0, 1, 0x23, 0x3C, 0x09, 0x04, 0x18, 0x0B, 0x1A, 0x80, 0x24, 0x3C, 0x09,
            0x04,
            0x18, 0x0B, 0x1A,
        ]
        let objects = try JSONLines.lines(ReceivedASDU(octets: octets)).map { try decoded($0) }
        #expect(objects.map { $0["ioa"] as? Int } == [0x13, 0x14])
        #expect(objects.map { $0["value"] as? Bool } == [true, false])
        #expect(objects.allSatisfy { ($0["deviation"] as? String)?.contains("SQ=1") == true })
    }

    @Test("texts are quoted")
    func quoting() throws {
        var object = JSONObject()
        object.add("a\"b", .text("\u{1}\n\t\\ \u{1F600}"))
        let back = try decoded(object.line)
        #expect(back["a\"b"] as? String == "\u{1}\n\t\\ \u{1F600}")
    }

    private func decoded(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
}
