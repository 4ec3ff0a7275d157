import Foundation
import IEC104Model
import IEC104Station
import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("The document of a command")
struct CommandDocumentTests {
    /// A set-point as the station hands it on.
    private func document(_ value: CommandValue, type: TypeIdentification = .C_SE_NC_1, point: String = "") throws
        -> [String: Any]
    {
        let mapping = PointMapping.read(
            ByteBuffer(string: #"{"points":[{"casdu":1,"ioa":2501,"type":\#(type.rawValue)\#(point)}]}"#),
            unknownFields: .error)
        let mapped = try #require(mapping.mapping?.points.first, "\(mapping.faults)")
        let definition = try #require(mapped.commandDefinition(confirmation: .store))
        let order = CommandOrder(
            id: "run-7", address: mapped.address, type: type, value: value, conversion: definition.conversion,
            qualifier: 0, cause: .activation, originatorAddress: 9, client: "192.0.2.1", timeTag: 1_768_472_999_000)
        let json = CommandDocument(order: order, milliseconds: 1_768_473_000_123).json
        return try #require(
            try JSONSerialization.jsonObject(with: Data(json.readableBytesView)) as? [String: Any])
    }

    @Test("says who wants what, where and when")
    func fields() throws {
        let fields = try document(.scaled(-3), type: .C_SE_NB_1)
        #expect(fields["id"] as? String == "run-7")
        #expect(fields["casdu"] as? Int == 1)
        #expect(fields["ioa"] as? Int == 2501)
        #expect(fields["type"] as? Int == 49)
        #expect(fields["value"] as? Int == -3)
        #expect(fields["select"] as? Bool == false)
        #expect(fields["cot"] as? Int == 6)
        #expect(fields["originator"] as? Int == 9)
        #expect(fields["client"] as? String == "192.0.2.1")
        #expect(fields["timestamp"] as? String == "2026-01-15T10:30:00.123Z")
        #expect(fields["timeTag"] as? String == "2026-01-15T10:29:59.000Z")
    }

    @Test("CMD-38 any short float comes back bit for bit")
    func floats() throws {
        var generator = SeededGenerator(seed: 104)
        let special: [Float] = [
            0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 16_777_216, .leastNormalMagnitude,
        ]
        let random = (0..<500).map { _ in Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &generator)) }
        for value in special + random.filter(\.isFinite) {
            let number = try #require(try document(.shortFloat(value))["value"] as? NSNumber)
            #expect(Float(number.doubleValue).bitPattern == value.bitPattern, "\(value)")
        }
    }

    @Test("CMD-36 any normalized value comes back")
    func normalized() throws {
        for raw in stride(from: Int16.min, through: Int16.max - 13, by: 13) {
            let value = NormalizedValue(rawValue: raw)
            let number = try #require(try document(.normalized(value), type: .C_SE_NA_1)["value"] as? Double)
            #expect(number * 32768 == Double(raw))
        }
    }

    @Test("scale and offset of the mapping are undone, and invert too")
    func units() throws {
        #expect(try document(.shortFloat(15), point: #","scale":0.5,"offset":10"#)["value"] as? Double == 10)
        #expect(try document(.single(true), type: .C_SC_NA_1, point: #","invert":true"#)["value"] as? Bool == false)
        #expect(try document(.double(true), type: .C_DC_NA_1, point: #","invert":true"#)["value"] as? Int == 1)
        #expect(try document(.double(true), type: .C_DC_NA_1)["value"] as? Int == 2)
        #expect(try document(.step(false), type: .C_RC_NA_1)["value"] as? Int == 1)
        #expect(try document(.bitstring(.max), type: .C_BO_NA_1)["value"] as? UInt32 == .max)
    }
}
