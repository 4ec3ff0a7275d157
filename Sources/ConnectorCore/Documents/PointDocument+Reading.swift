import DataStore
import IEC104Model
import NIOCore

extension PointDocument {
    /// Reads a JSON document without building a tree. Fields that nobody knows are passed over.
    package init(json text: ByteBuffer) throws(PointDocumentFault) {
        let result = text.withUnsafeReadableBytes { octets -> Result<PointDocument, PointDocumentFault> in
            var document = PointDocument()
            var scanner = JSONScanner(octets)
            var fieldFault: PointDocumentFault?
            do throws(JSONFault) {
                guard try scanner.kind() == .object else {
                    return .failure(PointDocumentFault("", "an object is expected"))
                }
                try scanner.object(keys: { scanner throws(JSONFault) in try scanner.documentField() }) {
                    (scanner, field, _) throws(JSONFault) in
                    guard let field else { return try scanner.skip() }
                    let scalar = try DocumentScalar(&scanner, of: field)
                    guard fieldFault == nil else { return }
                    do throws(PointDocumentFault) {
                        try document.set(field, scalar)
                    } catch {
                        fieldFault = error
                    }
                }
                try scanner.finish()
            } catch {
                return .failure(PointDocumentFault("", "not JSON: \(error.message) (octet \(error.offset))"))
            }
            return fieldFault.map { .failure($0) } ?? .success(document)
        }
        self = try result.get()
    }

    /// Reads the fields of a hash or a stream entry. A field `data` holds a JSON document, unless the fields are a
    /// document themselves.
    package init(fields: [StreamEntry.Field]) throws(PointDocumentFault) {
        if let data = fields.first(where: { $0.name == "data" }), !fields.contains(where: { $0.name == "value" }) {
            self = try PointDocument(json: data.value)
            return
        }
        self.init()
        for field in fields {
            guard let known = DocumentField(rawValue: field.name) else { continue }
            try set(known, DocumentScalar(text: String(buffer: field.value), of: known))
        }
    }

    private mutating func set(_ field: DocumentField, _ scalar: DocumentScalar) throws(PointDocumentFault) {
        switch field {
        case .value: value = try scalar.value()
        case .type: type = try scalar.type()
        case .casdu: commonAddress = CommonAddress(rawValue: UInt16(try scalar.integer(0...65_535)))
        case .ioa: objectAddress = InformationObjectAddress(rawValue: UInt32(try scalar.integer(0...16_777_215)))
        case .quality:
            quality = try scalar.quality()
            qualityOctet = scalar.octet
        case .cot: cause = try scalar.cause()
        case .timestamp: timestamp = try scalar.timestamp()
        case .transient: isTransient = try scalar.bool()
        case .negative: isNegative = try scalar.bool()
        case .id: commandID = scalar.identifier
        }
    }
}

extension JSONScanner {
    /// Reads the name of a member; nil for one that has no meaning in a document.
    fileprivate mutating func documentField() throws(JSONFault) -> DocumentField? {
        if let octets = plainString() { return DocumentField(octets: octets) }
        return DocumentField(rawValue: try string())
    }
}
