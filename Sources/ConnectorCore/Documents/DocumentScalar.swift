import IEC104Model

/// A field of a data point document before it is known what it means.
struct DocumentScalar {
    private enum Content {
        case bool(Bool)
        case number(Double)
        case text(String)
        /// A text that is a time, in milliseconds since 1970.
        case time(Int64)
        case list([String])
        case object
        case null
    }

    private let field: DocumentField
    private let content: Content

    /// Reads the value of a JSON field.
    init(_ scanner: inout JSONScanner, of field: DocumentField) throws(JSONFault) {
        self.field = field
        switch try scanner.kind() {
        case .bool: content = .bool(try scanner.bool())
        case .number: content = .number(Self.bounded(try scanner.number()))
        case .string: content = try Self.text(&scanner, of: field)
        case .null:
            try scanner.null()
            content = .null
        case .array:
            var texts: [String] = []
            try scanner.array { scanner throws(JSONFault) in
                if try scanner.kind() == .string {
                    texts.append(try scanner.string())
                } else {
                    try scanner.skip()
                    texts.append("?")
                }
            }
            content = .list(texts)
        case .object:
            try scanner.skip()
            content = .object
        }
    }

    /// A time is read where it stands: nearly every document has one.
    private static func text(
        _ scanner: inout JSONScanner, of field: DocumentField
    ) throws(JSONFault) -> Content {
        if field == .timestamp {
            var ahead = scanner
            if let octets = ahead.plainString(), let time = ISO8601.milliseconds(octets) {
                scanner = ahead
                return .time(time)
            }
        }
        return .text(try scanner.string())
    }

    /// A number too large to be held is still a number, and out of every range; it isn't infinite.
    private static func bounded(_ number: Double) -> Double {
        min(max(number, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }

    /// Reads the text of a hash field, in which numbers and lists are written out.
    init(text: String, of field: DocumentField) {
        self.field = field
        let trimmed = text.trimmingWhitespace()
        if field == .quality, Double(trimmed) == nil {
            let separators: Set<Character> = [",", "|", ";", "+", "[", "]", "\""]
            content = .list(trimmed.split { separators.contains($0) || $0.isWhitespace }.map(String.init))
        } else if trimmed == "true" || trimmed == "false" {
            content = .bool(trimmed == "true")
        } else if let number = Double(trimmed), number.isFinite || trimmed.utf8.contains(where: Self.isDigit) {
            content = .number(Self.bounded(number))
        } else {
            content = .text(String(trimmed))
        }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet }

    private func fault(_ expected: String) -> PointDocumentFault {
        let shown =
            switch content {
            case .bool(let bool): "\(bool)"
            case .number(let number): "\(number)"
            case .text(let text): "\"\(text.prefix(60))\""
            case .time(let time): "\"\(ISO8601.text(time))\""
            case .list(let list): "[\(list.joined(separator: ", ").prefix(60))]"
            case .object: "an object"
            case .null: "null"
            }
        return PointDocumentFault(field.rawValue, "\(expected) is expected, not \(shown)")
    }

    func value() throws(PointDocumentFault) -> PointDocument.Value {
        switch content {
        case .bool(let bool): return .bool(bool)
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .time, .list, .object, .null: throw fault("a value")
        }
    }

    /// A name of anything; nil for none. Not a fault, whatever it is: data points of other connectors may have it too.
    var identifier: String? {
        switch content {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .null: nil
        case .bool, .time, .list, .object: ""
        }
    }

    func integer(_ range: ClosedRange<Int>) throws(PointDocumentFault) -> Int {
        guard case .number(let number) = content, let integer = Int(exactly: number), range ~= integer else {
            throw fault("a whole number \(range.lowerBound)...\(range.upperBound)")
        }
        return integer
    }

    func bool() throws(PointDocumentFault) -> Bool {
        switch content {
        case .bool(let bool): return bool
        case .number(0): return false
        case .number(1): return true
        default: throw fault("true or false")
        }
    }

    func type() throws(PointDocumentFault) -> TypeIdentification {
        switch content {
        case .number(let number):
            if let octet = UInt8(exactly: number), TypeIdentification(rawValue: octet).isDefined {
                return TypeIdentification(rawValue: octet)
            }
        case .text(let text):
            if let type = TypeIdentification(mnemonic: text) { return type }
        default: break
        }
        throw fault("a type number or a standard name")
    }

    func quality() throws(PointDocumentFault) -> QualityDescriptor {
        switch content {
        case .number(let number):
            guard let octet = UInt8(exactly: number) else { throw fault("a quality octet 0...255") }
            return QualityDescriptor(rawValue: octet).intersection(.defined)
        case .list(let names):
            var quality = QualityDescriptor.good
            for name in names {
                guard let bit = QualityDescriptor(abbreviation: name) else {
                    throw fault("a list of IV, NT, SB, BL, OV, EI")
                }
                quality.insert(bit)
            }
            return quality
        case .null: return .good
        default: throw fault("a list of IV, NT, SB, BL, OV, EI, or the octet")
        }
    }

    /// The value if it is a number 0...255.
    var octet: UInt8? {
        if case .number(let number) = content { UInt8(exactly: number) } else { nil }
    }

    func cause() throws(PointDocumentFault) -> CauseOfTransmission {
        switch content {
        case .number(let number):
            if let octet = UInt8(exactly: number), 1...47 ~= octet { return CauseOfTransmission(rawValue: octet) }
        case .text(let text):
            if let cause = CauseOfTransmission(name: text) { return cause }
        case .null: return .spontaneous
        default: break
        }
        throw fault("a cause of transmission 1...47 or its name")
    }

    func timestamp() throws(PointDocumentFault) -> Int64? {
        switch content {
        case .number(let number):
            let milliseconds = number.rounded(.down)
            if let milliseconds = Int64(exactly: milliseconds), ISO8601.range ~= milliseconds { return milliseconds }
        case .text(let text):
            if let milliseconds = ISO8601.milliseconds(text) { return milliseconds }
        case .time(let milliseconds): return milliseconds
        case .null: return nil
        default: break
        }
        throw fault("an ISO 8601 time with zone, or milliseconds since 1970,")
    }
}

extension QualityDescriptor {
    /// The bits that have a meaning; reserved ones have to be 0 on the wire.
    fileprivate static let defined: QualityDescriptor = [
        .overflow, .elapsedTimeInvalid, .blocked, .substituted, .notTopical, .invalid,
    ]
}

extension String {
    fileprivate func trimmingWhitespace() -> Substring {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
