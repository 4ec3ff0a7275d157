import ControllingStation
import IEC104Model
import NIOCore
import TestBench
import Testing

@Suite("Interrogation of the real connector")
struct InterrogationTests {
    /// What stands in the store, by information object address, and what has to come out.
    static let values: [(UInt32, String, ProcessValue)] = [
        (1001, "true", .singlePoint(true)), (1002, "1", .singlePoint(true)),
        (1101, #""on""#, .doublePoint(.on)), (1102, "1", .doublePoint(.off)),
        (1201, "-64", .stepPosition(-64, transient: false)), (1202, "63", .stepPosition(63, transient: false)),
        (1301, "305419896", .bitstring(0x1234_5678)), (1302, "4294967295", .bitstring(.max)),
        (1401, "0.5", .normalized(NormalizedValue(rawValue: 16384))),
        (1402, "-1", .normalized(NormalizedValue(rawValue: -32768))),
        (1501, "32767", .scaled(32767)), (1502, "-1", .scaled(-1)),
        (1601, "1.5", .shortFloat(1.5)), (1602, "-0.0", .shortFloat(-0.0)),
        (1701, "4711", .integratedTotals(BinaryCounterReading(value: 4711))),
        (1702, "-1", .integratedTotals(BinaryCounterReading(value: -1))),
    ]

    func withValues<Result: Sendable>(_ body: (ConnectorFixture) async throws -> Result) async throws -> Result {
        try await ConnectorFixture.with(
            prepare: { redis in
                for (address, value, _) in Self.values {
                    try await redis.send(["SET", "process:image:casdu:1:ioa:\(address)", #"{"value":\#(value)}"#])
                }
            }, body)
    }

    @Test("GI-01 GI-02 GI-03 GI-04 GI-05 every point once, current value, cause 20, no time tag; counters only by C_CI")
    func station() async throws {
        try await withValues { fixture in
            let master = try await fixture.startedMaster()
            let answer = try await master.connection.interrogate(commonAddress: 1)
            #expect(answer.confirmations.count == 1)
            #expect(answer.terminations.count == 1)
            let expected = Self.values.filter { $0.0 < 1700 }
            #expect(answer.points.map(\.address.informationObjectAddress.rawValue).sorted() == expected.map(\.0))
            for (address, _, value) in expected {
                let point = answer.points.first { $0.address == PointAddress(1, address) }
                #expect(point?.information == ProcessInformation(value: value), "\(address)")
                #expect(point?.type.hasTimeTag == false)
            }
            let order = answer.asdus.compactMap(\.asdu?.identifier.cause.rawValue)
            #expect(order.first == 7)
            #expect(order.dropFirst().dropLast().allSatisfy { $0 == 20 })
            #expect(order.last == 10)
        }
    }

    @Test("GI-06 GI-07 a group is answered with its cause and its points")
    func groups() async throws {
        try await withValues { fixture in
            let master = try await fixture.startedMaster()
            for (group, address) in [(1, UInt32(1001)), (2, 1101)] {
                let answer = try await master.connection.interrogate(
                    commonAddress: 1, qualifier: QualifierOfInterrogation(rawValue: UInt8(20 + group)))
                #expect(answer.points.map(\.address) == [PointAddress(1, address)])
                #expect(answer.points.map(\.cause) == [.interrogatedByGroup(group)])
            }
            let empty = try await master.connection.interrogate(
                commonAddress: 1, qualifier: QualifierOfInterrogation(rawValue: 36))
            #expect(empty.points.isEmpty)
        }
    }

    @Test("GI-18 GI-19 GI-25 a broadcast is answered by both common addresses; a point without value has IV and NT")
    func broadcast() async throws {
        try await withValues { fixture in
            let master = try await fixture.startedMaster()
            let answer = try await master.connection.interrogate(originatorAddress: 5)
            #expect(Set(answer.points.map(\.address.commonAddress)) == [1, 2])
            #expect(answer.terminations.compactMap { $0.asdu?.identifier.commonAddress } == [1, 2])
            #expect(answer.asdus.allSatisfy { $0.asdu?.identifier.originatorAddress == 5 })
            let unknown = answer.points.first { $0.address == PointAddress(2, 4001) }
            #expect(unknown?.information?.quality == [.invalid, .notTopical])
        }
    }

    @Test("DUI-09 GI-09 an unknown common address and a reserved qualifier are refused")
    func refusals() async throws {
        try await withValues { fixture in
            let master = try await fixture.startedMaster()
            await #expect(throws: InterrogationFailure.self) {
                try await master.connection.interrogate(commonAddress: 3)
            }
            do {
                _ = try await master.connection.interrogate(
                    commonAddress: 1, qualifier: QualifierOfInterrogation(rawValue: 63))
                Issue.record("the reserved qualifier was accepted")
            } catch let failure as InterrogationFailure {
                #expect(failure.reason == .refused)
            }
        }
    }

    @Test(
        "DUI-01 parameters, files and undefined types are refused with cause 44 and the negative bit",
        arguments: [110, 113, 120, 127, 200])
    func unknownTypes(type: UInt8) async throws {
        try await withValues { fixture in
            let master = try await fixture.startedMaster()
            var octets = ByteBuffer(bytes: [type, 1, 6, 0, 1, 0, 0xD1, 0x07, 0, 1])
            octets.writeRepeatingByte(0, count: 7)
            try await master.connection.send(asduOctets: octets)
            let received = try await master.next(until: .now + .seconds(20))
            let answer = try #require(received)
            #expect(Array(answer.octets.readableBytesView.prefix(6)) == [type, 1, 0x6C, 0, 1, 0])
        }
    }

    @Test("GI-26 20 000 points come complete and densely packed")
    func largeStation() async throws {
        let points = (0..<20_000).map { #"{"casdu":1,"ioa":\#($0 + 1),"type":36}"# }.joined(separator: ",")
        try await ConnectorFixture.with(
            mapping: "{\"points\":[\(points)]}",
            prepare: { redis in
                for start in stride(from: 0, to: 20_000, by: 1000) {
                    try await redis.send(
                        (start..<(start + 1000)).map {
                            ["SET", "process:image:casdu:1:ioa:\($0 + 1)", #"{"value":\#($0)}"#]
                        })
                }
            }
        ) { fixture in
            let master = try await fixture.startedMaster()
            let answer = try await master.connection.interrogate(commonAddress: 1)
            #expect(answer.points.count == 20_000)
            for (index, point) in answer.points.enumerated() where point.information?.value != .shortFloat(Float(index))
            {
                Issue.record("point \(point.address) has \(String(describing: point.information?.value))")
                break
            }
            // 48 consecutive floats in an ASDU with SQ = 1.
            #expect(answer.asdus.filter { answer.reports($0) }.count == (20_000 + 47) / 48)
        }
    }

    @Test("INI-01 INI-04 end of initialization after start for each common address, not after a reconnection")
    func endOfInitialization() async throws {
        try await ConnectorFixture.with { fixture in
            for expected in [["46 01 04 00 01 00 00 00 00 00", "46 01 04 00 02 00 00 00 00 00"], []] {
                let connection = try await fixture.connect()
                let subscription = await connection.subscribe()
                try await connection.startDataTransfer()
                _ = try await connection.interrogate(commonAddress: 2)
                var received: [String] = []
                while let asdu = await subscription.next(), asdu.asdu?.identifier.typeIdentification == .M_EI_NA_1 {
                    received.append(asdu.octets.hexDump(format: .plain(maxBytes: 249)).uppercased())
                }
                #expect(received.map { $0.filter { $0 != " " } } == expected.map { $0.filter { $0 != " " } })
                await connection.close()
            }
        }
    }
}
