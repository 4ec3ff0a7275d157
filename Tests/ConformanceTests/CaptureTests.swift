import Conformance
import ControllingStation
import Foundation
import NIOCore
import TestBench
import Testing

@Suite("Captures")
struct CaptureTests {
    private func entries(_ id: String) async throws -> [FrameLog.Entry] {
        let station = try await FaultyStation.start(nil)
        let target = try await Sounding.sound(station.target)
        let results = await SuiteRunner(target).run(Catalogue.cases.filter { $0.id == id })
        await station.end()
        let result = try #require(results.first)
        #expect(result.verdict.hasPassed, "\(result.verdict)")
        return result.entries
    }

    /// An IP packet of a capture.
    private struct Packet {
        let octets: [UInt8]

        func word(_ index: Int) -> UInt16 { UInt16(octets[index]) << 8 | UInt16(octets[index + 1]) }
        func number(_ index: Int) -> UInt32 { UInt32(word(index)) << 16 | UInt32(word(index + 2)) }
        var payload: ArraySlice<UInt8> { octets[40...] }
        var flags: UInt8 { octets[33] }
    }

    private func packets(_ file: ByteBuffer) throws -> [Packet] {
        var file = file
        let magic = file.readInteger(endianness: .little, as: UInt32.self)
        file.moveReaderIndex(forwardBy: 16)
        let linkType = file.readInteger(endianness: .little, as: UInt32.self)
        #expect(magic == 0xA1B2_C3D4 && linkType == 101)
        var packets: [Packet] = []
        while file.readableBytes > 0 {
            file.moveReaderIndex(forwardBy: 8)
            let length = file.readInteger(endianness: .little, as: UInt32.self) ?? 0
            file.moveReaderIndex(forwardBy: 4)
            let octets = file.readBytes(length: Int(length))
            packets.append(Packet(octets: try #require(octets)))
        }
        return packets
    }

    /// The sum of all words of what a right check sum covers is 0xFFFF.
    private func sum(_ octets: [UInt8]) -> UInt32 {
        let padded = octets.count % 2 == 0 ? octets : octets + [0]
        var sum = stride(from: 0, to: padded.count, by: 2).reduce(UInt32(0)) {
            $0 + UInt32(padded[$1]) << 8 + UInt32(padded[$1 + 1])
        }
        while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
        return sum
    }

    @Test("each direction holds the octets of the log, numbered without a gap, with right lengths and check sums")
    func streams() async throws {
        let entries = try await entries("GI-01")
        let packets = try packets(CaptureFile.octets(entries))
        for packet in packets {
            #expect(Int(packet.word(2)) == packet.octets.count)
            #expect(sum(Array(packet.octets[..<20])) == 0xFFFF)
            let length = packet.octets.count - 20
            let pseudoHeader = Array(packet.octets[12..<20]) + [0, 6, UInt8(length >> 8), UInt8(length & 0xFF)]
            #expect(sum(pseudoHeader + packet.octets[20...]) == 0xFFFF)
        }
        for direction in Dictionary(grouping: packets, by: { $0.word(22) }).values {
            var next: UInt32?
            for packet in direction {
                if let next { #expect(packet.number(24) == next) }
                next = packet.number(24) &+ UInt32(packet.payload.count) &+ (packet.flags & 3 != 0 ? 1 : 0)
            }
        }
        let sent = entries.flatMap { if case .sent(let octets) = $0.event { octets } else { [UInt8]() } }
        #expect(packets.filter { $0.word(22) == 2404 }.flatMap(\.payload) == sent)
        #expect(packets.map(\.flags).prefix(3) == [0x02, 0x12, 0x10])
    }
}
