import IEC104Link
import NIOCore

/// Cuts what one end has sent into APDUs, and finds the next one where that has become impossible.
///
/// While it knows where an APDU begins, everything that begins there counts, right or wrong. Where it doesn't (a capture
/// from the middle, octets lost, a wrong start or length octet), it goes on at the next APDU that makes sense down to
/// its last octet. Holds at most one APDU that isn't complete.
package struct APDUSplitter {
    package enum Output: Hashable, Sendable {
        /// All octets of an APDU, and its control field.
        case apdu(ByteBuffer, APCI)
        /// Octets that begin where an APDU has to begin, but make none.
        case malformed(ByteBuffer, MalformedAPDU)
        /// Octets that were passed over to find an APDU.
        case skipped(ByteBuffer)
    }

    /// True while the place where the next APDU begins is known.
    private var isSynchronized: Bool
    private var octets = ByteBuffer()
    /// Octets at the beginning of `octets` in which no APDU begins.
    private var searched = 0
    /// The most octets of `skipped` in one piece.
    private static let skipLimit = 1024

    /// - Parameter isSynchronized: true if the first octet to come is the first of the connection.
    package init(isSynchronized: Bool) {
        self.isSynchronized = isSynchronized
    }

    /// Takes the next octets.
    package mutating func receive(_ next: ByteBuffer, into outputs: inout [Output]) {
        octets.writeImmutableBuffer(next)
        while isSynchronized ? split(into: &outputs) : search(into: &outputs) {}
        if octets.readableBytes == 0 { octets.clear() } else { octets.discardReadBytes() }
    }

    /// Octets are missing here, or the stream ends: what was begun stays incomplete.
    package mutating func interrupt(into outputs: inout [Output]) {
        // What looked like the beginning of an APDU wasn't one: there may be whole ones behind it.
        if !isSynchronized { while isSynchronized ? split(into: &outputs) : search(isLast: true, into: &outputs) {} }
        if octets.readableBytes > 0 { outputs.append(.skipped(octets)) }
        octets = ByteBuffer()
        searched = 0
        isSynchronized = false
    }

    /// Takes one APDU off the beginning; false if that needs more octets.
    private mutating func split(into outputs: inout [Output]) -> Bool {
        let index = octets.readerIndex
        guard let start = octets.getInteger(at: index, as: UInt8.self) else { return false }
        guard start == APCI.startOctet else { return lose(.startOctet(start), showing: 1, into: &outputs) }
        guard let length = octets.getInteger(at: index + 1, as: UInt8.self).map(Int.init) else { return false }
        guard (APCI.minimumLength...APCI.maximumLength).contains(length) else {
            return lose(.length(length), showing: 2, into: &outputs)
        }
        guard let apdu = octets.readSlice(length: length + 2),
            let field = apdu.getInteger(at: apdu.readerIndex + 2, endianness: .little, as: UInt32.self)
        else { return false }
        // The octets stay valid when the buffer is used again: NIO copies it then.
        do throws(MalformedAPDU) {
            outputs.append(.apdu(apdu, try APCI(controlField: field, length: length)))
        } catch {
            outputs.append(.malformed(apdu, error))
        }
        return true
    }

    /// The place where the next APDU begins is no longer known.
    private mutating func lose(_ fault: MalformedAPDU, showing count: Int, into outputs: inout [Output]) -> Bool {
        isSynchronized = false
        let shown = octets.getSlice(at: octets.readerIndex, length: count)
        outputs.append(.malformed(shown ?? ByteBuffer(), fault))
        searched = 1
        return true
    }

    /// Looks for an APDU; false if that needs more octets.
    ///
    /// - Parameter isLast: true if no more octets will come.
    private mutating func search(isLast: Bool = false, into outputs: inout [Output]) -> Bool {
        while searched < octets.readableBytes {
            switch PlausibleAPDU.at(searched, of: octets) {
            case .apdu:
                skip(into: &outputs)
                isSynchronized = true
                return true
            case .incomplete where !isLast:
                return false
            case .incomplete, .none:
                searched += 1
                if searched >= Self.skipLimit { skip(into: &outputs) }
            }
        }
        return false
    }

    private mutating func skip(into outputs: inout [Output]) {
        if searched > 0, let skipped = octets.readSlice(length: searched) { outputs.append(.skipped(skipped)) }
        searched = 0
    }
}
