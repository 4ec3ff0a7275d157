import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

/// A text as the store hands it over.
func document(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

extension PointAddress {
    init(_ commonAddress: UInt16, _ informationObjectAddress: UInt32) {
        self.init(
            commonAddress: CommonAddress(rawValue: commonAddress),
            informationObjectAddress: InformationObjectAddress(rawValue: informationObjectAddress) ?? .irrelevant)
    }
}

extension [DocumentFault] {
    /// `error points[3].type` and the like, in the order of the faults.
    var places: [String] { map { "\($0.severity) \($0.path)" } }

    /// The messages under a path.
    func messages(at path: String) -> [String] { filter { $0.path == path }.map(\.message) }
}

extension ByteBuffer {
    /// The readable octets as pairs of hexadecimal digits with blanks between them.
    var hexadecimalText: String {
        readableBytesView.map { octet in
            let text = String(octet, radix: 16, uppercase: true)
            return text.count == 1 ? "0" + text : text
        }.joined(separator: " ")
    }
}

/// SplitMix64: the same seed gives the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
