import Foundation
import IEC104Model
import TestBench
import Testing

/// A controlling station that shares no code with this project: c104, on lib60870-C.
@Suite("An independent controlling station", .enabled(if: Peer.isThere, "the peer isn't installed: make peer"))
struct PeerTests {
    /// A point, what is written, and what the peer has to show.
    struct Case: Sendable {
        let ioa: Int
        let type: Int
        /// The type of interrogation answers.
        let plainType: Int
        let document: String
        let value: Double
        var quality: [String] = []
    }

    static let moment: Int64 = 1_768_473_000_123

    /// Every type that is served and the peer knows, with values that show each part of the encoding. Of a counter's
    /// notation only IV: c104 2.2.1 has CY and CA interchanged.
    static let cases = [
        Case(ioa: 1001, type: 30, plainType: 1, document: #""value":true,"quality":["SB"]"#, value: 1, quality: ["SB"]),
        Case(ioa: 1002, type: 1, plainType: 1, document: #""value":1"#, value: 1),
        Case(ioa: 1101, type: 31, plainType: 3, document: #""value":"on""#, value: 2),
        Case(ioa: 1102, type: 3, plainType: 3, document: #""value":1,"quality":["NT"]"#, value: 1, quality: ["NT"]),
        Case(ioa: 1201, type: 32, plainType: 5, document: #""value":-64"#, value: -64),
        Case(ioa: 1202, type: 5, plainType: 5, document: #""value":63,"quality":["OV"]"#, value: 63, quality: ["OV"]),
        Case(ioa: 1301, type: 33, plainType: 7, document: #""value":305419896"#, value: 305_419_896),
        Case(ioa: 1302, type: 7, plainType: 7, document: #""value":4294967295"#, value: 4_294_967_295),
        Case(ioa: 1401, type: 34, plainType: 9, document: #""value":0.5"#, value: 0.5),
        Case(ioa: 1402, type: 9, plainType: 9, document: #""value":-1,"quality":["BL"]"#, value: -1, quality: ["BL"]),
        Case(ioa: 1501, type: 35, plainType: 11, document: #""value":-32768"#, value: -32768),
        Case(ioa: 1502, type: 11, plainType: 11, document: #""value":40000"#, value: 32767, quality: ["OV"]),
        Case(
            ioa: 1601, type: 36, plainType: 13, document: #""value":21.5,"quality":["IV"]"#, value: 21.5,
            quality: ["IV"]),
        Case(ioa: 1602, type: 13, plainType: 13, document: #""value":-1.25"#, value: -1.25),
        Case(
            ioa: 1701, type: 37, plainType: 15, document: #""value":4711,"quality":128"#, value: 4711, quality: ["IV"]),
        Case(ioa: 1702, type: 15, plainType: 15, document: #""value":-1"#, value: -1),
    ]

    @Test("it interrogates: every point but counters once, with value, quality and cause, without time tag")
    func interrogation() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            for one in Self.cases {
                try await redis.send(["SET", "process:image:casdu:1:ioa:\(one.ioa)", "{\(one.document)}"])
            }
        }) { fixture in
            let peer = try Peer(host: fixture.host, commonAddresses: [1])
            let objects = try await peer.objectsUntilInterrogated()
            await peer.end()
            let expected = Self.cases.filter { $0.plainType != 15 }
            #expect(objects.count == expected.count)
            for one in expected {
                let object = objects.first { $0.ioa == one.ioa }
                #expect(object == one.seen(type: one.plainType, cause: 20, timestamp: nil), "\(one.ioa)")
            }
        }
    }

    @Test("it receives live changes of every type with value, quality, cause and time to the millisecond")
    func liveChanges() async throws {
        try await ConnectorFixture.with { fixture in
            let peer = try Peer(host: fixture.host, commonAddresses: [1])
            _ = try await peer.objectsUntilInterrogated()
            for (index, one) in Self.cases.enumerated() {
                let document =
                    #"{"casdu":1,"ioa":\#(one.ioa),"cot":\#(index % 2 == 0 ? 3 : 11),"#
                    + #""timestamp":\#(Self.moment + Int64(index)),\#(one.document)}"#
                if index % 3 == 0 {
                    try await fixture.set(1, one.ioa, document)
                } else {
                    try await fixture.add(document)
                }
                let received = try await peer.objects(1)
                let hasTime = one.type >= 30
                #expect(
                    received == [
                        one.seen(
                            type: one.type, cause: index % 2 == 0 ? 3 : 11,
                            timestamp: hasTime ? Self.moment + Int64(index) : nil)
                    ])
            }
            await peer.end()
        }
    }
}

extension PeerTests.Case {
    func seen(type: Int, cause: Int, timestamp: Int64?) -> Peer.Object {
        Peer.Object(ca: 1, ioa: ioa, typeid: type, value: value, quality: quality, cot: cause, timestamp_ms: timestamp)
    }
}
