/// Octets that do not make an ASDU of IEC 60870-5-104.
package enum MalformedASDU: Error, Hashable, Sendable, CustomStringConvertible {
    /// Fewer octets than the data unit identifier, or than the number of objects in the VSQ needs.
    case tooShort(type: TypeIdentification?, expected: Int, actual: Int)
    /// Octets are left over behind the last information object.
    case tooLong(type: TypeIdentification, expected: Int, actual: Int)
    /// The variable structure qualifier announces no object.
    case noObjects(TypeIdentification)
    /// SQ = 1 in a type that has no sequence of elements.
    case sequenceNotAllowed(TypeIdentification)
    /// The addresses of a sequence count up beyond 16 777 215.
    case addressOverflow(TypeIdentification)
    /// A type identification that the companion standards do not define.
    case undefinedType(TypeIdentification)

    package var description: String {
        switch self {
        case .tooShort(let type, let expected, let actual):
            "\(type.map { "\($0): " } ?? "")\(expected) octets needed, \(actual) there"
        case .tooLong(let type, let expected, let actual):
            "\(type): \(actual) octets where the objects need \(expected)"
        case .noObjects(let type): "\(type): number of objects is 0"
        case .sequenceNotAllowed(let type): "\(type): SQ=1 is not defined for this type"
        case .addressOverflow(let type): "\(type): the sequence runs past address 16777215"
        case .undefinedType(let type): "type \(type.rawValue) is not defined"
        }
    }
}
