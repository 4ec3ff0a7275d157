import IEC104Model
import IEC104Station
import NIOCore

/// A command as the process reads it: an entry of the output stream.
struct CommandDocument {
    let order: CommandOrder
    /// When it was taken, in milliseconds since 1970 UTC by the host's clock.
    let milliseconds: Int64

    /// The JSON of the field `data`.
    var json: ByteBuffer {
        var text = JSONText()
        text.object { object in
            object.field("id", order.id)
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
            if let timeTag = order.timeTag { object.field("timeTag", ISO8601.text(timeTag)) }
        }
        return text.octets
    }

    private func writeValue(_ object: inout JSONText) {
        switch order.value {
        case .single(let isOn): object.field("value", isOn != conversion.isInverted)
        case .double(let isOn): object.field("value", isOn != conversion.isInverted ? 2 : 1)
        case .step(let isHigher): object.field("value", isHigher ? 2 : 1)
        case .normalized(let value): object.field("value", conversion.processValue(value.value))
        case .scaled(let value) where !conversion.isScaling: object.field("value", value)
        // The shortest text that reads back as the same float, bit for bit.
        case .shortFloat(let value) where !conversion.isScaling: object.field("value", value)
        case .scaled(let value): object.field("value", conversion.processValue(Double(value)))
        case .shortFloat(let value): object.field("value", conversion.processValue(Double(value)))
        case .bitstring(let bits): object.field("value", bits)
        }
    }

    private var conversion: ValueConversion { order.conversion }
}
