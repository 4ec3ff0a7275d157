import NIOCore
import TestSupport
import Testing

@testable import IEC104Model

/// The octets of an ASDU as the standard lays them out, and what they mean, written down by hand.
struct GoldenASDU: Sendable, CustomTestStringConvertible {
    /// Which case it is, in words.
    let name: String
    /// All octets of the ASDU.
    let hex: String
    /// What they mean; nil if the objects make no ASDU.
    let asdu: ASDU?

    /// - Parameter objects: addresses and elements; in a sequence the addresses are written down too.
    init(
        _ name: String, _ hex: String, cause: CauseOfTransmission = .spontaneous, commonAddress: CommonAddress = 1,
        originatorAddress: UInt8 = 0, isNegative: Bool = false, isTest: Bool = false, isSequence: Bool = false,
        _ objects: [(InformationObjectAddress, InformationElement)]
    ) {
        self.name = name
        self.hex = hex
        var asdu = ASDU(
            objects.map { InformationObject(address: $0, element: $1) }, cause: cause, commonAddress: commonAddress,
            isNegative: isNegative, isTest: isTest, originatorAddress: originatorAddress)
        asdu?.identifier.isSequence = isSequence
        self.asdu = asdu
    }

    var testDescription: String { name }

    /// The type identification on the wire.
    var type: TypeIdentification { TypeIdentification(rawValue: octets(hex).first ?? 0) }

    /// Octets to value and value to octets.
    func holdsBothWays(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let asdu = try #require(asdu, sourceLocation: sourceLocation)
        var buffer = ByteBuffer(hexadecimal: hex)
        let decoded = try ASDU(decoding: &buffer)
        #expect(decoded == asdu, sourceLocation: sourceLocation)
        #expect(buffer.readableBytes == 0, sourceLocation: sourceLocation)
        #expect(asdu.hexadecimalText == hex, sourceLocation: sourceLocation)
        #expect(decoded.hexadecimalText == hex, sourceLocation: sourceLocation)
        #expect(asdu.identifier.typeIdentification == type, sourceLocation: sourceLocation)
    }
}

extension ASDU {
    /// The octets of the ASDU.
    var hexadecimalText: String {
        var buffer = ByteBuffer()
        encode(into: &buffer)
        return buffer.hexadecimalText
    }
}

extension GoldenASDU {
    /// Every example there is.
    static let all: [GoldenASDU] =
        SinglePointGoldenTests.examples + DoublePointGoldenTests.examples + StepAndBitstringGoldenTests.examples
        + MeasuredValueGoldenTests.examples + CounterGoldenTests.examples + ProtectionGoldenTests.examples
        + CommandGoldenTests.examples + SystemGoldenTests.examples + ParameterGoldenTests.examples
        + FileGoldenTests.examples

    /// For each type its first example with one object that is no sequence.
    static let onePerType: [GoldenASDU] = {
        var seen: Set<UInt8> = []
        return all.filter { example in
            let octets = octets(example.hex)
            return octets[1] == 1 && seen.insert(octets[0]).inserted
        }
    }()
}

extension CP24Time2a {
    /// 59.999 s of minute 59, `5F EA 3B`.
    static let golden = CP24Time2a(milliseconds: 59_999, minuteOctet: 59)
}

extension CP56Time2a {
    /// Sunday, 29 March 2026, 01:59:59.999, `5F EA 3B 01 FD 03 1A`.
    static let golden = CP56Time2a(rawValue: 0x1A_03_FD_01_3B_EA_5F)
    /// Monday, 15 June 2026, 12:30:01.000, `E8 03 1E 0C 2F 06 1A`.
    static let clock = CP56Time2a(rawValue: 0x1A_06_2F_0C_1E_03_E8)
}
