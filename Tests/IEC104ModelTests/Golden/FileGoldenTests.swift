import IEC104Model
import NIOCore
import Testing

@Suite("Golden octets: file transfer")
struct FileGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU(
            "120 file ready", "78 01 0D 00 01 00 0A 00 00 02 01 56 34 12 00", cause: .fileTransfer,
            [
                (
                    10,
                    .F_FR_NA_1(
                        .init(
                            fileName: 0x0102, length: .init(truncating: 0x12_3456), qualifier: .init(rawValue: 0)))
                )
            ]),
        GoldenASDU(
            "121 section ready", "79 01 0D 00 01 00 0A 00 00 02 01 03 56 34 12 80", cause: .fileTransfer,
            [
                (
                    10,
                    .F_SR_NA_1(
                        .init(
                            fileName: 0x0102, sectionName: 3, length: .init(truncating: 0x12_3456),
                            qualifier: .init(rawValue: 0x80)))
                )
            ]),
        GoldenASDU(
            "122 select file", "7A 01 0D 00 01 00 0A 00 00 02 01 00 01", cause: .fileTransfer,
            [(10, .F_SC_NA_1(.init(fileName: 0x0102, sectionName: 0, qualifier: .init(rawValue: 1))))]),
        GoldenASDU(
            "123 last segment", "7B 01 0D 00 01 00 0A 00 00 02 01 03 03 C8", cause: .fileTransfer,
            [
                (
                    10,
                    .F_LS_NA_1(
                        .init(fileName: 0x0102, sectionName: 3, qualifier: .init(rawValue: 3), checksum: 0xC8))
                )
            ]),
        GoldenASDU(
            "124 file acknowledged", "7C 01 0D 00 01 00 0A 00 00 02 01 03 01", cause: .fileTransfer,
            [(10, .F_AF_NA_1(.init(fileName: 0x0102, sectionName: 3, qualifier: .init(rawValue: 1))))]),
        GoldenASDU(
            "125 segment of eight octets", "7D 01 0D 00 01 00 0A 00 00 02 01 03 08 00 01 02 03 04 05 06 FF",
            cause: .fileTransfer, [(10, segment([0, 1, 2, 3, 4, 5, 6, 255]))]),
        GoldenASDU(
            "125 empty segment", "7D 01 0D 00 01 00 0A 00 00 02 01 03 00", cause: .fileTransfer, [(10, segment([]))]),
        GoldenASDU(
            "126 directory of one file", "7E 01 05 00 01 00 0A 00 00 02 01 56 34 12 20 5F EA 3B 01 FD 03 1A",
            cause: .request, [(10, file(0x0102, status: 0x20, .golden))]),
        GoldenASDU(
            "126 directory as a sequence",
            "7E 82 05 00 01 00 0A 00 00 01 00 56 34 12 00 5F EA 3B 01 FD 03 1A 02 00 56 34 12 20 E8 03 1E 0C 2F 06 1A",
            cause: .request, isSequence: true,
            [(10, file(1, status: 0, .golden)), (11, file(2, status: 0x20, .clock))]),
    ]

    private static func segment(_ octets: [UInt8]) -> InformationElement {
        .F_SG_NA_1(.init(fileName: 0x0102, sectionName: 3, segment: ByteBuffer(bytes: octets)))
    }

    private static func file(_ name: UInt16, status: UInt8, _ time: CP56Time2a) -> InformationElement {
        .F_DR_TA_1(
            .init(
                fileName: name, length: .init(truncating: 0x12_3456), status: .init(rawValue: status),
                creationTime: time))
    }

    @Test("FT-01...06 file transfer is read from and written to the standard's octets", arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("FT-06 a segment of 236 octets fills the longest ASDU, and every octet of it comes back")
    func longestSegment() throws {
        let asdu = try #require(
            ASDU(
                [.init(address: 10, element: Self.segment((0..<236).map { UInt8($0) }))], cause: .fileTransfer,
                commonAddress: 1))
        var buffer = ByteBuffer()
        asdu.encode(into: &buffer)
        #expect(buffer.readableBytes == ASDU.maximumSize)
        #expect(try ASDU(decoding: &buffer) == asdu)
    }
}
