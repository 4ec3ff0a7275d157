import IEC104Model
import NIOCore
import TestSupport

@testable import ConnectorCore

/// 2026-01-15T10:30:00.123Z, a Thursday: 7B 00 1E 0A 8F 01 1A on the wire.
let moment: Int64 = 1_768_473_000_123

/// What a JSON document with this value and these further fields says for a point of a type.
func convert(
    _ value: String, _ type: TypeIdentification, fields: String = "",
    _ adjust: (inout PointConverter) -> Void = { _ in }
) throws(PointDocumentFault) -> ProcessInformation {
    var converter = PointConverter(type: type)
    adjust(&converter)
    let json = try PointDocument(json: document("{\"value\":\(value)\(fields.isEmpty ? "" : "," + fields)}"))
    let time = CP56Time2a(
        millisecondsSince1970: json.timestamp ?? moment, isSubstituted: json.timestamp == nil)
    return try converter.information(of: json, time: time)
}

/// The octets of the element on the wire.
func wire(
    _ value: String, _ type: TypeIdentification, fields: String = "",
    _ adjust: (inout PointConverter) -> Void = { _ in }
) throws -> String {
    var buffer = ByteBuffer()
    guard try convert(value, type, fields: fields, adjust).encode(as: type, into: &buffer) else {
        return "no such value"
    }
    return buffer.hexadecimalText
}

/// True if the document can't be used.
func isRefused(_ value: String, _ type: TypeIdentification, fields: String = "") -> Bool {
    do throws(PointDocumentFault) {
        _ = try convert(value, type, fields: fields)
        return false
    } catch {
        return true
    }
}
