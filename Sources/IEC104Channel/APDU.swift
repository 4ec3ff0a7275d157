import IEC104Link
import NIOCore

/// Application protocol data unit: a control field and, in I format, an ASDU.
package struct APDU: Hashable, Sendable {
    /// The control field.
    package let apci: APCI
    /// All octets from the start octet on.
    package let octets: ByteBuffer

    /// The octets behind the control field; empty in S and U format.
    package var asdu: ByteBuffer {
        octets.getSlice(
            at: octets.readerIndex + APCI.encodedSize, length: max(0, octets.readableBytes - APCI.encodedSize))
            ?? ByteBuffer()
    }
}
