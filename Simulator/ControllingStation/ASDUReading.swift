import IEC104Model
import NIOCore

/// What the octets of an ASDU mean, read as tolerantly as their meaning is clear.
package struct ASDUReading: Sendable {
    /// What the octets mean, or why they mean nothing.
    package let content: Result<ASDU, MalformedASDU>
    /// What is wrong with an ASDU whose meaning is clear nevertheless; nil if nothing is.
    package let deviation: MalformedASDU?

    /// Reads octets from the type identification on.
    package init(_ octets: ByteBuffer) {
        var buffer = octets
        do throws(MalformedASDU) {
            content = .success(try ASDU(decoding: &buffer))
            deviation = nil
        } catch {
            let asdu = Self.undefinedSequence(octets, error)
            content = asdu.map { .success($0) } ?? .failure(error)
            deviation = asdu == nil ? nil : error
        }
    }

    /// Reads SQ = 1 in types with time tag, for which it isn't defined: widespread stations send it.
    private static func undefinedSequence(_ octets: ByteBuffer, _ fault: MalformedASDU) -> ASDU? {
        var octets = octets
        guard case .sequenceNotAllowed(let type) = fault, let size = ProcessInformation.elementSize(of: type),
            var identifier = try? DataUnitIdentifier(decoding: &octets),
            let first = try? InformationObjectAddress(decoding: &octets)
        else { return nil }
        var expanded = ByteBuffer()
        identifier.isSequence = false
        identifier.encode(into: &expanded)
        for index in 0..<identifier.count {
            guard let address = first.advanced(by: index), var element = octets.readSlice(length: size) else {
                return nil
            }
            address.encode(into: &expanded)
            expanded.writeBuffer(&element)
        }
        guard octets.readableBytes == 0, var asdu = try? ASDU(decoding: &expanded) else { return nil }
        asdu.identifier.isSequence = true
        return asdu
    }
}
