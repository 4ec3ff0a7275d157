import IEC104Model
import NIOCore

/// A piece of the event log: encoded ASDUs one after the other, and where each begins.
///
/// A reference, so that reading a chunk while the log owns it never copies its octets.
final class EventLogChunk {
    /// One ASDU.
    struct Entry {
        /// Events appended to the log before this ASDU.
        let firstEvent: UInt64
        let offset: UInt32
        var length: UInt16
        var objects: UInt8
    }

    let number: UInt64
    private(set) var octets: ByteBuffer
    private(set) var entries: ContiguousArray<Entry> = []

    init(number: UInt64, size: Int) {
        self.number = number
        octets = ByteBufferAllocator().buffer(capacity: size)
    }

    /// Adds one information object, to the newest ASDU if `joining`, otherwise to a new one with `header`.
    func append(
        _ information: ProcessInformation, as type: TypeIdentification, at address: InformationObjectAddress,
        joining: Bool, header: OpenASDU.Header, event: UInt64
    ) -> Bool {
        let start = octets.writerIndex
        if !joining {
            header.identifier.encode(into: &octets)
        }
        let length = octets.writeWithUnsafeMutableBytes(minimumWritableBytes: OctetWriter.largestObject) { room in
            var writer = OctetWriter(room)
            writer.write(address)
            return writer.write(information, as: type, isTimeTagged: type.hasTimeTag) ? writer.count : 0
        }
        guard length > 0 else {
            octets.moveWriterIndex(to: start)
            return false
        }
        if joining, let last = entries.indices.last {
            entries[last].length += UInt16(octets.writerIndex - start)
            entries[last].objects += 1
            octets.setInteger(entries[last].objects, at: Int(entries[last].offset) + 1)
        } else {
            entries.append(
                Entry(firstEvent: event, offset: UInt32(start), length: UInt16(octets.writerIndex - start), objects: 1))
        }
        return true
    }

    /// Copies an ASDU to the end of `buffer`.
    func copy(_ entry: Entry, to buffer: inout ByteBuffer) {
        octets.withUnsafeReadableBytes { readable in
            let start = Int(entry.offset)
            _ = buffer.writeBytes(UnsafeRawBufferPointer(rebasing: readable[start..<(start + Int(entry.length))]))
        }
    }
}
