import Foundation
import IEC104Model
import NIOCore
import TestSupport
import Testing

/// Recorded traffic with the decodes of an independent tool, in a folder beside the repository.
private enum Captures {
    static let folder: URL? = {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let beside = tests.deletingLastPathComponent().deletingLastPathComponent()
        let folder = beside.appendingPathComponent("shared/captures", isDirectory: true)
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static let files: [String] = {
        guard let folder else { return [] }
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (names ?? []).filter { $0.hasSuffix(".golden.jsonl") }.sorted()
    }()

    /// The APDUs in I format of one file.
    static func information(in file: String) throws -> [CapturedAPDU] {
        guard let folder else { return [] }
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        let decoder = JSONDecoder()
        return try text.split(separator: "\n").map { try decoder.decode(CapturedAPDU.self, from: Data($0.utf8)) }
            .filter { $0.apci == "I" }
    }
}

/// What the other tool says about an APDU.
private struct CapturedAPDU: Decodable {
    struct Object: Decodable {
        let ioa: UInt32?
    }

    let frame: Int
    let apci: String?
    let typeid: UInt8?
    let sq: Int?
    let numix: Int?
    let cot: UInt8?
    let neg: Int?
    let test: Int?
    let oa: UInt8?
    let ca: UInt16?
    let objects: [Object]?
    let raw: String?
}

@Suite("Captures", .enabled(if: Captures.folder != nil, "no folder shared/captures beside the repository"))
struct CapturesTests {
    @Test(
        "recorded ASDUs decode to what another tool says of them, and are written back as they came",
        arguments: Captures.files)
    func decodes(file: String) throws {
        var checked = 0
        for apdu in try Captures.information(in: file) {
            guard let raw = apdu.raw, let type = apdu.typeid.map(TypeIdentification.init(rawValue:)), type.isDefined
            else { continue }
            let place = Comment(rawValue: "frame \(apdu.frame)")
            var buffer = ByteBuffer(bytes: octets(raw).dropFirst(6))
            let octets = buffer.hexadecimalText
            let asdu = try ASDU(decoding: &buffer)
            var mirror = ByteBuffer()
            asdu.encode(into: &mirror)
            #expect(mirror.hexadecimalText == octets, place)
            let identifier = asdu.identifier
            #expect(identifier.typeIdentification == type, place)
            #expect(identifier.isSequence == (apdu.sq == 1), place)
            #expect(identifier.count == apdu.numix, place)
            #expect(identifier.cause.rawValue == apdu.cot, place)
            #expect(identifier.isNegative == (apdu.neg == 1), place)
            #expect(identifier.isTest == (apdu.test == 1), place)
            #expect(identifier.originatorAddress == apdu.oa, place)
            #expect(identifier.commonAddress.rawValue == apdu.ca, place)
            let addresses = apdu.objects?.compactMap(\.ioa) ?? []
            #expect(asdu.objects.map(\.address.rawValue) == addresses, place)
            checked += 1
        }
        #expect(checked > 0, "no ASDU in \(file)")
    }

    @Test("there are captures to check")
    func presence() {
        #expect(!Captures.files.isEmpty)
    }
}
