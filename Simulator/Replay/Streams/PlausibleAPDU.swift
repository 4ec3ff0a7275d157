import IEC104Link
import IEC104Model
import ControllingStation
import NIOCore

/// Looks for APDUs in octets of which nothing is known.
enum PlausibleAPDU {
    /// What begins at a place.
    enum Finding: Hashable {
        /// An APDU of so many octets that makes sense down to its last one.
        case apdu(Int)
        /// The beginning of one; more octets have to come.
        case incomplete
        /// Something else.
        case none
    }

    /// Judges what begins `offset` octets into the readable ones.
    static func at(_ offset: Int, of octets: ByteBuffer) -> Finding {
        let index = octets.readerIndex + offset
        guard let start = octets.getInteger(at: index, as: UInt8.self) else { return .incomplete }
        guard start == APCI.startOctet else { return .none }
        guard let length = octets.getInteger(at: index + 1, as: UInt8.self).map(Int.init) else { return .incomplete }
        guard (APCI.minimumLength...APCI.maximumLength).contains(length) else { return .none }
        guard let field = octets.getInteger(at: index + 2, endianness: .little, as: UInt32.self) else {
            return .incomplete
        }
        guard let apci = try? APCI(controlField: field, length: length) else { return .none }
        guard let asdu = octets.getSlice(at: index + APCI.encodedSize, length: length - APCI.minimumLength) else {
            return .incomplete
        }
        if case .information = apci, case .failure = ASDUReading(asdu).content { return .none }
        return .apdu(length + 2)
    }
}
