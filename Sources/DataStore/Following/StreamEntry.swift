import NIOCore

/// An entry of the input stream.
package struct StreamEntry: Hashable, Sendable {
    /// A field of an entry.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: ByteBuffer

        package init(name: String, value: ByteBuffer) {
            self.name = name
            self.value = value
        }
    }

    package let id: StreamID
    /// The fields, without those that are too long to be read.
    package let fields: [Field]
    /// Why the entry can't be used although it was there; nil if it can.
    package let fault: String?

    package init(id: StreamID, fields: [Field], fault: String? = nil) {
        self.id = id
        self.fields = fields
        self.fault = fault
    }
}

/// The entries of an `XREAD` reply, as far as there was room for them.
struct StreamEntries {
    private(set) var values: [StreamEntry] = []
    /// False if there was no room for the last ones.
    private(set) var isWhole = true

    /// - Throws: `StoreError` for a refusal, or for what is no such reply.
    init(_ reply: RESPValue) throws(StoreError) {
        guard let streams = try reply.orThrow().elements else { return }
        for element in streams.first?.elements?.last?.elements ?? [] {
            guard let parts = element.elements, parts.count == 2,
                let id = parts[0].octets.flatMap({ StreamID(octets: $0.readableBytesView) })
            else { throw .unexpectedReply("an entry without an id") }
            let (entry, isWhole) = Self.entry(id, parts[1].elements ?? [])
            // There was no room for it behind others: it comes with the next reading. One that is alone and finds none
            // never will.
            if !isWhole, !values.isEmpty {
                self.isWhole = false
                return
            }
            values.append(entry)
        }
    }

    private static func entry(_ id: StreamID, _ flat: [RESPValue]) -> (StreamEntry, isWhole: Bool) {
        var fields: [StreamEntry.Field] = []
        fields.reserveCapacity(flat.count / 2)
        var fault: String?
        var isWhole = true
        for index in stride(from: 0, to: flat.count - 1, by: 2) {
            if let name = flat[index].string, let value = flat[index + 1].octets {
                fields.append(StreamEntry.Field(name: name, value: value))
                continue
            }
            for case .error(let error) in [flat[index], flat[index + 1]] {
                if error.isWithoutRoom { isWhole = false }
                fault = "the entry is too long: \(flat[index].string ?? "a name") has \(error.message)"
            }
        }
        return (StreamEntry(id: id, fields: fields, fault: fault), isWhole)
    }
}
