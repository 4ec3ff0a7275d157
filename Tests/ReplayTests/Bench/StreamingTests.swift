import Foundation
import TestBench
import TestSupport
import Testing

/// Captures of any size.
@Suite("Streaming")
struct StreamingTests {
    /// A connection that goes on for ever, with a lot of other traffic between its packets.
    private struct EndlessCapture {
        private static let noise = Packets.ipv4(protocol: 17, [UInt8](repeating: 0, count: 1400))
        private static let headerLength = 24
        private var count = 0
        private var sequence: UInt32 = 1

        /// The next 0.7 MB of the file.
        mutating func next() -> [UInt8] {
            var capture = CaptureOctets(.pcap, linkType: 101)
            let isFirst = count == 0
            for _ in 0..<480 {
                let time = UInt32(count / 100)
                let event = octets(APDUs.I(count % 32_768, 0, "01 01 03 00 0A 00 01 00 00 01"))
                let segment = Packets.tcp(
                    2404, 40_000, sequence: sequence, acknowledgement: UInt32(7 + count / 8 * 6), event)
                capture.add(Packets.ipv4(segment), seconds: time)
                sequence += UInt32(event.count)
                count += 1
                if count.isMultiple(of: 8) {
                    let acknowledgement = octets(APDUs.S(count % 32_768))
                    let segment = Packets.tcp(
                        40_000, 2404, sequence: UInt32(1 + count / 8 * 6), acknowledgement: sequence, acknowledgement)
                    capture.add(Packets.ipv4(fromFirst: false, segment), seconds: time)
                }
                capture.add(Self.noise, seconds: time)
            }
            return isFirst ? capture.octets : Array(capture.octets.dropFirst(Self.headerLength))
        }
    }

    @Test("ten times the capture takes no more memory", .timeLimit(.minutes(2)))
    func memory() async throws {
        let program = try await PipedProgram(["check", "-"])
        var capture = EndlessCapture()
        func write(_ chunks: Int) async throws {
            for _ in 0..<chunks { try await program.write(capture.next()) }
        }
        try await write(4)
        let before = try program.memory("VmHWM")
        try await write(36)
        let after = try program.memory("VmHWM")
        program.closePipe()
        let status = try await program.process.waitForExit(within: .seconds(60))
        #expect(status.code == 0, Comment(rawValue: program.process.tail()))
        // 25 MB have passed.
        #expect(after - before < 4096)
    }

    @Test("what is kept of connections not recognized yet is as large as what they carry", .timeLimit(.minutes(2)))
    func unknown() async throws {
        let program = try await PipedProgram(["decode", "-"])
        var capture = CaptureOctets(.pcap, linkType: 101)
        // After a large packet, a buffer for packets is large.
        capture.add(Packets.ipv4(protocol: 17, [UInt8](repeating: 0, count: 65_000)), seconds: 0)
        for number in UInt16(0)..<2000 {
            capture.add(Packets.ipv4(Packets.tcp(10_000 + number, 80, sequence: 1, [1, 2])), seconds: 1)
        }
        // Shows that all before it has been read.
        capture.add(Packets.ipv4(Packets.tcp(2404, 40_000, sequence: 1, octets(APDUs.testAct))), seconds: 2)
        let before = try program.memory("VmData")
        try await program.write(capture.octets)
        try await eventually("all is read", within: .seconds(60)) { program.output.count == 1 }
        // 2000 times 65 KB would be 130 MB.
        let after = try program.memory("VmData")
        #expect(after - before < 65_536)
    }
}
