import IEC104Model
import NIOCore

/// An answer that waits for the window: an ASDU, or one for each of several common addresses.
///
/// A broadcast to a station with thousands of common addresses takes one place among the answers, not thousands.
struct PendingAnswer {
    private let octets: ByteBuffer
    private var commonAddresses: ArraySlice<CommonAddress>

    /// An ASDU that goes out as it is.
    init(_ asdu: ByteBuffer) {
        octets = asdu
        commonAddresses = []
    }

    /// An ASDU that goes out once for each of these common addresses. At least one.
    init(_ asdu: ByteBuffer, for commonAddresses: [CommonAddress]) {
        octets = asdu
        self.commonAddresses = commonAddresses[...]
    }

    /// Appends the next ASDU.
    ///
    /// - Returns: true if it was the last one.
    mutating func writeNext(into buffer: inout ByteBuffer) -> Bool {
        let start = buffer.writerIndex
        buffer.writeImmutableBuffer(octets)
        if let commonAddress = commonAddresses.popFirst() {
            buffer.setInteger(commonAddress.rawValue, at: start + 4, endianness: .little)
        }
        return commonAddresses.isEmpty
    }
}
