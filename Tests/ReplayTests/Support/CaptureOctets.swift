import Foundation
import TestBench

/// Capture files as octets.
struct CaptureOctets {
    enum Format: CaseIterable {
        case pcap, pcapNanoseconds, pcapBigEndian, pcapNanosecondsBigEndian, pcapng, pcapngBigEndian
    }

    let format: Format
    private(set) var octets: [UInt8]

    private var isBig: Bool { [.pcapBigEndian, .pcapNanosecondsBigEndian, .pcapngBigEndian].contains(format) }
    private var isBlocks: Bool { format == .pcapng || format == .pcapngBigEndian }

    /// - Parameter linkType: as in the file header; 1 is Ethernet.
    init(_ format: Format, linkType: UInt32 = 1) {
        self.format = format
        octets = []
        if isBlocks {
            octets += block(
                0x0A0D_0D0A, number(UInt32(0x1A2B_3C4D)) + number(UInt16(1)) + number(UInt16(0)) + number(UInt64.max))
            // if_tsresol (option 9): nanoseconds; then the end of options.
            octets += block(
                1,
                number(UInt16(truncatingIfNeeded: linkType)) + number(UInt16(0)) + number(UInt32(65_535))
                    + number(UInt16(9))
                    + number(UInt16(1)) + [9, 0, 0, 0] + number(UInt32(0)))
        } else {
            let isNano = format == .pcapNanoseconds || format == .pcapNanosecondsBigEndian
            octets += number(UInt32(isNano ? 0xA1B2_3C4D : 0xA1B2_C3D4)) + number(UInt16(2)) + number(UInt16(4))
            octets += number(UInt32(0)) + number(UInt32(0)) + number(UInt32(65_535)) + number(linkType)
        }
    }

    /// Adds a packet; pcap with microseconds loses what is below.
    ///
    /// - Parameter wireLength: how long it was before the snapshot length has cut it; nil if it hasn't.
    mutating func add(_ packet: [UInt8], of wireLength: Int? = nil, seconds: UInt32, nanoseconds: UInt32 = 0) {
        let lengths = number(UInt32(packet.count)) + number(UInt32(wireLength ?? packet.count))
        if isBlocks {
            let time = UInt64(seconds) * 1_000_000_000 + UInt64(nanoseconds)
            let padding = [UInt8](repeating: 0, count: (4 - packet.count % 4) % 4)
            octets += block(
                6,
                number(UInt32(0)) + number(UInt32(time >> 32)) + number(UInt32(truncatingIfNeeded: time))
                    + lengths + packet + padding)
        } else {
            let isNano = format == .pcapNanoseconds || format == .pcapNanosecondsBigEndian
            octets += number(seconds) + number(isNano ? nanoseconds : nanoseconds / 1000) + lengths + packet
        }
    }

    private func number(_ number: some FixedWidthInteger) -> [UInt8] { isBig ? number.octets : number.littleOctets }

    private func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
        let length = number(UInt32(body.count + 12))
        return number(type) + length + body + length
    }
}

/// A file with octets, removed when the last reference to it goes.
struct OctetFile {
    private let folder: TemporaryFolder
    let path: String

    init(_ octets: [UInt8]) throws {
        folder = try TemporaryFolder("replay")
        path = folder.path + "/capture"
        try Data(octets).write(to: URL(fileURLWithPath: path))
    }
}
