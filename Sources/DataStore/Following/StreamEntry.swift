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
    package let fields: [Field]

    package init(id: StreamID, fields: [Field]) {
        self.id = id
        self.fields = fields
    }

    /// Reads one element of an `XREAD` or `XRANGE` reply; nil if it isn't one.
    init?(_ value: RESPValue) {
        guard let parts = value.elements, parts.count == 2, let id = parts[0].string.flatMap({ StreamID($0) }),
            let flat = parts[1].elements
        else { return nil }
        var fields: [Field] = []
        fields.reserveCapacity(flat.count / 2)
        for index in stride(from: 0, to: flat.count - 1, by: 2) {
            guard let name = flat[index].string, let value = flat[index + 1].octets else { return nil }
            fields.append(Field(name: name, value: value))
        }
        self.init(id: id, fields: fields)
    }
}
