import NIOCore
import TestSupport
import Testing

@testable import IEC104Model

@Suite("Malformed ASDUs")
struct MalformedASDUTests {
    /// Octets behind the data unit identifier.
    private func content(_ octets: [UInt8]) -> Int { octets.count - DataUnitIdentifier.encodedSize }

    private func fault(_ octets: [UInt8]) -> MalformedASDU? {
        var buffer = ByteBuffer(bytes: octets)
        do throws(MalformedASDU) {
            _ = try ASDU(decoding: &buffer)
            return nil
        } catch {
            return error
        }
    }

    @Test("DUI-26 one octet too few", arguments: GoldenASDU.onePerType)
    func tooShort(example: GoldenASDU) {
        let octets = octets(example.hex)
        if example.type == .F_SG_NA_1 {
            #expect(fault(octets.dropLast()) == .tooShort(type: .F_SG_NA_1, expected: 8, actual: 7))
        } else {
            let size = content(octets)
            #expect(fault(octets.dropLast()) == .tooShort(type: example.type, expected: size, actual: size - 1))
        }
    }

    @Test("DUI-26 cut anywhere", arguments: GoldenASDU.onePerType)
    func cutAnywhere(example: GoldenASDU) {
        let octets = octets(example.hex)
        for length in 0..<octets.count {
            guard case .tooShort? = fault(Array(octets.prefix(length))) else {
                Issue.record("\(example.name), cut to \(length) octets")
                return
            }
        }
    }

    @Test("DUI-27 one octet too many", arguments: GoldenASDU.onePerType)
    func tooLong(example: GoldenASDU) {
        let octets = octets(example.hex) + [0]
        let size = content(octets)
        #expect(fault(octets) == .tooLong(type: example.type, expected: size - 1, actual: size))
    }

    @Test("DUI-29 no objects, with and without SQ", arguments: GoldenASDU.onePerType, [UInt8(0x00), 0x80])
    func noObjects(example: GoldenASDU, structure: UInt8) {
        var octets = octets(example.hex)
        octets[1] = structure
        #expect(fault(octets) == .noObjects(example.type))
    }

    @Test("DUI-28 more objects announced than there are", arguments: GoldenASDU.onePerType, [UInt8(2), 5, 127])
    func countAboveContent(example: GoldenASDU, count: UInt8) {
        var octets = octets(example.hex)
        octets[1] = count
        if example.type == .F_SG_NA_1 {
            guard case .tooShort? = fault(octets) else {
                Issue.record("count \(count) in \(example.name)")
                return
            }
        } else {
            let size = content(octets)
            #expect(fault(octets) == .tooShort(type: example.type, expected: Int(count) * size, actual: size))
        }
    }

    @Test("DUI-31 SQ=1 is refused where the type has no sequence", arguments: GoldenASDU.onePerType)
    func sequence(example: GoldenASDU) throws {
        var octets = octets(example.hex)
        octets[1] = 0x81
        let sequences: Set<UInt8> = [1, 3, 5, 7, 9, 11, 13, 15, 20, 21, 126]
        #expect(fault(octets) == (sequences.contains(octets[0]) ? nil : .sequenceNotAllowed(example.type)))
    }

    @Test(
        "DUI-37 a sequence ends at the largest address",
        arguments: GoldenASDU.onePerType.filter { $0.type < .M_SP_TB_1 || $0.type == .F_DR_TA_1 })
    func addressOverflow(example: GoldenASDU) throws {
        var octets = octets(example.hex)
        octets.append(contentsOf: octets.dropFirst(9))
        octets[1] = 0x82
        octets.replaceSubrange(6..<9, with: [0xFF, 0xFF, 0xFF])
        let isSequence = InformationElement.layout(of: example.type)?.allowsSequence == true
        #expect(fault(octets) == (isSequence ? .addressOverflow(example.type) : .sequenceNotAllowed(example.type)))
        octets[6] = 0xFE
        #expect(fault(octets) == (isSequence ? nil : .sequenceNotAllowed(example.type)))
    }

    @Test("DUI-01 DUI-02 undefined types, whatever follows")
    func undefinedTypes() {
        for number in UInt8.min...UInt8.max {
            let type = TypeIdentification(rawValue: number)
            guard !type.isDefined else { continue }
            #expect(fault([number, 1, 6, 0, 1, 0, 0xD1, 7, 0, 1]) == .undefinedType(type))
            #expect(fault([number, 0x80, 6, 0, 1, 0]) == .undefinedType(type))
        }
    }

    @Test("an identifier that isn't complete", arguments: 0..<6)
    func identifier(length: Int) {
        let octets = Array(octets("2D 01 06 00 01 00").prefix(length))
        #expect(fault(octets) == .tooShort(type: nil, expected: 6, actual: length))
    }

    @Test("objects of different types, none, or more than 127 make no ASDU")
    func noASDU() {
        let on = InformationObject(address: 1, element: .M_SP_NA_1(.init(information: .init(isOn: true))))
        let read = InformationObject(address: 1, element: .C_RD_NA_1(.init()))
        #expect(ASDU([], cause: .spontaneous, commonAddress: 1) == nil)
        #expect(ASDU([on, read], cause: .spontaneous, commonAddress: 1) == nil)
        #expect(ASDU(Array(repeating: on, count: 128), cause: .spontaneous, commonAddress: 1) == nil)
        #expect(ASDU(Array(repeating: on, count: 127), cause: .spontaneous, commonAddress: 1)?.identifier.count == 127)
    }

    @Test("the text of a fault says what is wrong with which type")
    func descriptions() {
        #expect(
            "\(MalformedASDU.tooShort(type: .C_SC_NA_1, expected: 4, actual: 3))"
                == "C_SC_NA_1 (45): 4 octets needed, 3 there")
        #expect("\(MalformedASDU.tooShort(type: nil, expected: 6, actual: 3))" == "6 octets needed, 3 there")
        #expect("\(MalformedASDU.undefinedType(.init(rawValue: 200)))" == "type 200 is not defined")
    }
}
