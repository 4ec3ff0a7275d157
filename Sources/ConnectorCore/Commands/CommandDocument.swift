import IEC104Model
import IEC104Station
import NIOCore

/// A command as the process reads it: an entry of the output stream.
struct CommandDocument {
    let order: CommandOrder
    /// Distinguishes the commands of all runs of the connector.
    let id: String
    /// When it was taken, in milliseconds since 1970 UTC.
    let milliseconds: Int64
    /// The moment of the time tag; nil for commands without.
    let timeTag: Int64?
    /// Says how to undo what the mapping does to values: the process reads its own units.
    let point: MappedPoint?

    /// The JSON of the field `data`.
    var json: ByteBuffer {
        var text = JSONText()
        text.object { object in
            object.field("id", id)
            object.field("casdu", order.address.commonAddress.rawValue)
            object.field("ioa", order.address.informationObjectAddress.rawValue)
            object.field("type", order.type.rawValue)
            writeValue(&object)
            object.field("qualifier", order.qualifier)
            object.field("select", false)
            object.field("cot", order.cause.rawValue)
            object.field("originator", order.originatorAddress)
            object.field("timestamp", ISO8601.text(milliseconds))
            object.field("client", order.client)
            if let timeTag { object.field("timeTag", ISO8601.text(timeTag)) }
        }
        return text.octets
    }

    private func writeValue(_ object: inout JSONText) {
        switch order.value {
        case .single(let isOn): object.field("value", isOn != isInverted)
        case .double(let isOn): object.field("value", isOn != isInverted ? 2 : 1)
        case .step(let isHigher): object.field("value", isHigher ? 2 : 1)
        case .normalized(let value): object.field("value", unscaled(value.value))
        case .scaled(let value):
            if isScaled { object.field("value", unscaled(Double(value))) } else { object.field("value", value) }
        case .shortFloat(let value):
            // The shortest text that reads back as the same float, bit for bit.
            if isScaled { object.field("value", unscaled(Double(value))) } else { object.field("value", value) }
        case .bitstring(let bits): object.field("value", bits)
        }
    }

    private var isInverted: Bool { point?.invert ?? false }
    private var isScaled: Bool { point.map { $0.scale != 1 || $0.offset != 0 } ?? false }

    private func unscaled(_ value: Double) -> Double {
        guard let point, isScaled else { return value }
        return (value - point.offset) / point.scale
    }
}
