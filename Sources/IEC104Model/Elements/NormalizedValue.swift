import NIOCore

/// NVA: normalized value, a fraction of two octets with sign (IEC 60870-5-101, 7.2.6.6).
package struct NormalizedValue: InformationElementPart {
    package static var encodedSize: Int { 2 }
    /// The largest value, 1 - 2^-15.
    package static let maximum = 1 - 1.0 / 32768

    /// The value times 32 768.
    package let rawValue: Int16

    package init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// The nearest value that can be represented; what lies outside -1...1 - 2^-15 is brought to the limit, NaN to 0.
    package init(clamping value: Double) {
        let scaled = value.isNaN ? 0 : (value * 32768).rounded()
        rawValue = Int16(min(max(scaled, -32768), 32767))
    }

    /// -1...1 - 2^-15.
    package var value: Double { Double(rawValue) / 32768 }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        rawValue = try buffer.decode(Int16.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(rawValue, endianness: .little)
    }
}
