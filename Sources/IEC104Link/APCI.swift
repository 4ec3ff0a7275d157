/// The control field of an APDU: four octets that tell its format (IEC 60870-5-104, 5.1).
///
/// | format | octet 1 | octet 2 | octet 3 | octet 4 |
/// |---|---|---|---|---|
/// | I | N(S) low, bit 1 = 0 | N(S) high | N(R) low, bit 1 = 0 | N(R) high |
/// | S | `01` | `00` | N(R) low, bit 1 = 0 | N(R) high |
/// | U | one function bit, bits 1 and 2 set | `00` | `00` | `00` |
package enum APCI: Hashable, Sendable {
    /// Numbered information transfer; an ASDU follows.
    case information(send: SequenceNumber, receive: SequenceNumber)
    /// Numbered supervision.
    case supervisory(receive: SequenceNumber)
    /// Unnumbered control.
    case unnumbered(UFunction)

    /// First octet of every APDU.
    package static let startOctet: UInt8 = 0x68
    /// Start octet, length and control field.
    package static let encodedSize = 6
    /// Octets of the control field: the smallest value of the length octet.
    package static let minimumLength = 4
    /// The largest value of the length octet.
    package static let maximumLength = 253

    /// Reads a control field.
    ///
    /// - Parameters:
    ///   - controlField: octet 1 in the lowest eight bits, octet 4 in the highest.
    ///   - length: the length octet of the APDU, 4...253.
    package init(controlField: UInt32, length: Int) throws(MalformedAPDU) {
        let receive = SequenceNumber(Int(controlField >> 17))
        switch controlField & 3 {
        case 0, 2:
            guard controlField & 1 << 16 == 0 else { throw .reservedBits(controlField) }
            guard length > Self.minimumLength else { throw .informationWithoutASDU }
            self = .information(send: SequenceNumber(Int(controlField >> 1)), receive: receive)
        case 1:
            guard length == Self.minimumLength else { throw .length(length) }
            guard controlField & 0x1_FFFF == 1 else { throw .reservedBits(controlField) }
            self = .supervisory(receive: receive)
        default:
            guard length == Self.minimumLength else { throw .length(length) }
            guard controlField >> 8 == 0, let function = UFunction(rawValue: UInt8(controlField & 0xFF)) else {
                throw .undefinedFunction(controlField)
            }
            self = .unnumbered(function)
        }
    }

    /// Octet 1 in the lowest eight bits, octet 4 in the highest.
    package var controlField: UInt32 {
        switch self {
        case .information(let send, let receive): UInt32(send.rawValue) << 1 | UInt32(receive.rawValue) << 17
        case .supervisory(let receive): 1 | UInt32(receive.rawValue) << 17
        case .unnumbered(let function): UInt32(function.rawValue)
        }
    }
}

extension APCI: CustomStringConvertible {
    package var description: String {
        switch self {
        case .information(let send, let receive): "I(\(send),\(receive))"
        case .supervisory(let receive): "S(\(receive))"
        case .unnumbered(let function): function.name
        }
    }
}
