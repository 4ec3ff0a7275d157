import DataStore
import IEC104Model
import Presentation

/// One update of a point: what a producer writes, and what has to come out at the other end.
package struct PlantUpdate: Hashable, Sendable {
    /// The point.
    package let address: PointAddress
    /// The type it is sent with.
    package let type: TypeIdentification
    /// Value, quality and time tag.
    package let information: ProcessInformation
    /// Why it is sent.
    package let cause: CauseOfTransmission
    /// When it was so, in milliseconds since 1970 UTC.
    package let time: Int64
    /// A measurement as it is written, before it becomes a short floating point number.
    let written: Double?

    init(_ point: PlantPoint, at time: Int64) {
        address = point.address
        type = point.type
        cause = point.cause
        self.time = time
        written = point.written
        information = ProcessInformation(
            value: point.value, quality: point.quality,
            time: point.type.hasTimeTag ? CP56Time2a(millisecondsSince1970: time) : nil)
    }

    /// The key of the point in the process image.
    var key: String {
        PointKey(
            commonAddress: address.commonAddress.rawValue, objectAddress: address.informationObjectAddress.rawValue
        ).description
    }

    /// The data point document for the process image, whose key says which point it is.
    var imageDocument: String {
        var object = JSONObject()
        add(to: &object)
        return object.line
    }

    /// The data point document for the stream.
    var streamDocument: String {
        var object = JSONObject()
        object.add("casdu", .integer(Int64(address.commonAddress.rawValue)))
        object.add("ioa", .integer(Int64(address.informationObjectAddress.rawValue)))
        add(to: &object)
        return object.line
    }

    private func add(to object: inout JSONObject) {
        object.add("type", .integer(Int64(type.rawValue)))
        object.add("value", value)
        if case .stepPosition(_, let isMoving) = information.value, isMoving { object.add("transient", .bool(true)) }
        object.add("quality", information.quality.abbreviations)
        object.add("cot", .integer(Int64(cause.rawValue)))
        object.add("timestamp", .text(Instant.iso8601(millisecondsSince1970: time)))
    }

    private var value: Scalar {
        switch information.value {
        case .singlePoint(let isOn): .bool(isOn)
        case .doublePoint(let state): .text("\(state)")
        case .stepPosition(let position, _): .integer(Int64(position))
        case .bitstring(let bits): .integer(Int64(bits))
        case .normalized(let value): .number(value.value)
        case .scaled(let value): .integer(Int64(value))
        case .shortFloat(let value): .number(written ?? Double(value))
        case .integratedTotals(let reading): .integer(Int64(reading.value))
        case .packedSinglePoints(let points): .integer(Int64(points.status))
        }
    }
}
