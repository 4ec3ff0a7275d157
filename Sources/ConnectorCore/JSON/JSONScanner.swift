/// Reads JSON (RFC 8259) value by value from octets, without building anything for what the caller skips.
///
/// Strict: no trailing commas, no comments, no leading zeros, no octets behind the value. Nesting is limited to
/// `maximumDepth`, so that no text can exhaust the stack.
package struct JSONScanner {
    /// Objects and arrays inside each other at most.
    package static let maximumDepth = 64

    /// What a value is, told by its first octet.
    enum Kind {
        case object, array, string, number, bool, null
    }

    private let octets: UnsafeRawBufferPointer
    private(set) var offset = 0

    /// `octets` must stay valid while the scanner is used.
    init(_ octets: UnsafeRawBufferPointer) {
        self.octets = octets
    }

    func fault(_ message: String, at offset: Int? = nil) -> JSONFault {
        JSONFault(offset: offset ?? self.offset, message: message)
    }

    private var current: UInt8? { offset < octets.count ? octets[offset] : nil }

    mutating func skipSpace() {
        while let octet = current, octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09 { offset += 1 }
    }

    /// The kind of the value that comes next.
    mutating func kind() throws(JSONFault) -> Kind {
        skipSpace()
        guard let current else { throw fault("a value is missing at the end") }
        switch current {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw fault("a value must not begin with \(shown(offset))")
        }
    }

    /// Consumes `octet` if it comes next.
    mutating func consume(_ octet: UInt8) -> Bool {
        skipSpace()
        guard current == octet else { return false }
        offset += 1
        return true
    }

    /// Goes through an object; `body` has to read or skip each value.
    mutating func object(_ body: (inout JSONScanner, String, Int) throws(JSONFault) -> Void) throws(JSONFault) {
        try object(keys: { scanner throws(JSONFault) in try scanner.string() }, body)
    }

    /// Goes through an object whose names `key` reads; `body` has to read or skip each value.
    mutating func object<Key>(
        keys key: (inout JSONScanner) throws(JSONFault) -> Key,
        _ body: (inout JSONScanner, Key, Int) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        try expect("{")
        if consume(UInt8(ascii: "}")) { return }
        repeat {
            skipSpace()
            let keyOffset = offset
            guard current == UInt8(ascii: "\"") else {
                throw fault("a name in quotes is expected, not \(shown(offset))")
            }
            let key = try key(&self)
            try expect(":")
            try body(&self, key, keyOffset)
        } while consume(UInt8(ascii: ","))
        try expect("}")
    }

    /// Goes through an array; `body` has to read or skip each element.
    mutating func array(_ body: (inout JSONScanner) throws(JSONFault) -> Void) throws(JSONFault) {
        try expect("[")
        if consume(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while consume(UInt8(ascii: ","))
        try expect("]")
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONFault) {
        guard consume(UInt8(ascii: character)) else {
            throw fault("\"\(character)\" is expected, not \(shown(offset))")
        }
    }

    mutating func bool() throws(JSONFault) -> Bool {
        if literal("true") { return true }
        if literal("false") { return false }
        throw fault("true or false is expected")
    }

    mutating func null() throws(JSONFault) {
        guard literal("null") else { throw fault("null is expected") }
    }

    private mutating func literal(_ word: StaticString) -> Bool {
        skipSpace()
        let length = word.utf8CodeUnitCount
        guard offset + length <= octets.count else { return false }
        for index in 0..<length where octets[offset + index] != word.utf8Start[index] { return false }
        offset += length
        return true
    }

    /// The octets of a string that has neither escapes nor anything but ASCII; nil, with nothing consumed, for another.
    mutating func plainString() -> UnsafeRawBufferPointer? {
        skipSpace()
        guard current == UInt8(ascii: "\"") else { return nil }
        var end = offset + 1
        while end < octets.count, octets[end] != UInt8(ascii: "\"") {
            guard 0x20..<0x80 ~= octets[end], octets[end] != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        guard end < octets.count else { return nil }
        defer { offset = end + 1 }
        return UnsafeRawBufferPointer(rebasing: octets[(offset + 1)..<end])
    }

    /// Reads a string and resolves its escapes.
    mutating func string() throws(JSONFault) -> String {
        try expect("\"")
        let start = offset
        while let octet = current, octet != UInt8(ascii: "\""), octet != UInt8(ascii: "\\"), octet >= 0x20 {
            offset += 1
        }
        if current == UInt8(ascii: "\"") {
            defer { offset += 1 }
            return try text(octets[start..<offset], at: start)
        }
        offset = start
        return try escapedString()
    }

    private mutating func escapedString() throws(JSONFault) -> String {
        let start = offset
        var text: [UInt8] = []
        while let octet = current {
            offset += 1
            switch octet {
            case UInt8(ascii: "\""): return try self.text(text, at: start)
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20: throw fault("control character in a string", at: offset - 1)
            default: text.append(octet)
            }
        }
        throw fault("a string is not closed", at: start - 1)
    }

    private func text(_ octets: some Collection<UInt8>, at start: Int) throws(JSONFault) -> String {
        guard let text = String(validating: octets, as: UTF8.self) else { throw fault("not UTF-8", at: start) }
        return text
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        guard let octet = current else { throw fault("an escape is not finished") }
        offset += 1
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(octet)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            guard 0xD800...0xDBFF ~= first else {
                guard let scalar = Unicode.Scalar(first) else { throw fault("half of a surrogate pair") }
                return scalar
            }
            guard consumeHere("\\"), consumeHere("u") else { throw fault("half of a surrogate pair") }
            let second = try hexadecimal()
            guard 0xDC00...0xDFFF ~= second,
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw fault("half of a surrogate pair") }
            return scalar
        default: throw fault("unknown escape", at: offset - 1)
        }
    }

    private mutating func consumeHere(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        guard offset + 4 <= octets.count,
            let value = UInt32(String(decoding: octets[offset..<(offset + 4)], as: UTF8.self), radix: 16),
            current != UInt8(ascii: "+"), current != UInt8(ascii: "-")
        else { throw fault("four hexadecimal digits are expected") }
        offset += 4
        return value
    }

    /// Reads a number. Up to 15 digits it is exact by construction, beyond that it is rounded to the nearest.
    mutating func number() throws(JSONFault) -> Double {
        skipSpace()
        let start = offset
        let isNegative = consumeHere("-")
        var digits = 0
        var mantissa: Int64 = 0
        let integerStart = offset
        while let digit = digit() {
            if digits < 18 { mantissa = mantissa * 10 + Int64(digit) }
            digits += 1
        }
        guard offset > integerStart else { throw fault("a digit is expected") }
        if octets[integerStart] == UInt8(ascii: "0"), offset > integerStart + 1 {
            throw fault("a number must not begin with 0", at: integerStart)
        }
        var fraction = 0
        if consumeHere(".") {
            while let digit = digit() {
                if digits < 18 { mantissa = mantissa * 10 + Int64(digit) }
                digits += 1
                fraction += 1
            }
            guard fraction > 0 else { throw fault("a digit is expected behind the point") }
        }
        var hasExponent = false
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            hasExponent = true
            offset += 1
            if !consumeHere("+") { _ = consumeHere("-") }
            guard digit() != nil else { throw fault("a digit is expected in the exponent") }
            while digit() != nil {}
        }
        if !hasExponent, digits <= 15 {
            // Both are exact in a Double, so one division rounds correctly.
            let value = Double(mantissa) / Self.powersOfTen[fraction]
            return isNegative ? -value : value
        }
        guard let value = Double(String(decoding: octets[start..<offset], as: UTF8.self)) else {
            throw fault("not a number", at: start)
        }
        return value
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    private mutating func digit() -> UInt8? {
        guard let octet = current, UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet else { return nil }
        offset += 1
        return octet - UInt8(ascii: "0")
    }

    /// Passes over a value of any kind.
    mutating func skip(depth: Int = 0) throws(JSONFault) {
        guard depth < Self.maximumDepth else { throw fault("nested more than \(Self.maximumDepth) deep") }
        switch try kind() {
        case .object: try object { (scanner, _, _) throws(JSONFault) in try scanner.skip(depth: depth + 1) }
        case .array: try array { scanner throws(JSONFault) in try scanner.skip(depth: depth + 1) }
        case .string: _ = try string()
        case .number: _ = try number()
        case .bool: _ = try bool()
        case .null: try null()
        }
    }

    /// Makes sure that nothing follows.
    mutating func finish() throws(JSONFault) {
        skipSpace()
        guard current == nil else { throw fault("nothing may follow the value, but there is \(shown(offset))") }
    }

    private func shown(_ offset: Int) -> String {
        guard offset < octets.count else { return "the end" }
        let octet = octets[offset]
        return 0x21...0x7E ~= octet ? "\"\(Unicode.Scalar(octet))\"" : "octet \(octet)"
    }
}
