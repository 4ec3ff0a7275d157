import DataStore
import IEC104Model
import Presentation

/// Writes recorded values as producers do: each to the image and to the stream.
///
/// The image holds the newest value of a point by its time; what is older goes to the stream only.
package struct PointWriter: Sendable {
    /// The input stream of a connector that is configured with no other.
    package static let defaultStream = "process:updates"

    private let stream: String
    private let streamLength: String
    private var latest: [PointAddress: Int64] = [:]

    /// - Parameter streamLength: entries that the stream keeps at least.
    package init(stream: String = defaultStream, streamLength: Int = 1_000_000) {
        self.stream = stream
        self.streamLength = String(streamLength)
    }

    /// The commands that write an object as an event, with the cause it was recorded with.
    package mutating func event(_ object: RecordedObject) -> [RedisCommand] {
        commands(object, timestamp: object.timestamp, cause: object.cause)
    }

    /// The command that makes an object the state of its point. An answer without time tag is written without time: the
    /// capture tells when it was asked for, not since when it is so. Nil if its time tag makes it older than the value before.
    package mutating func state(_ object: RecordedObject) -> [RedisCommand]? {
        guard isNews(object) else { return nil }
        let timestamp = object.type.hasTimeTag ? object.timestamp : nil
        return commands(object, timestamp: timestamp, cause: .spontaneous, isEvent: false)
    }

    /// The same, and sent as a spontaneous event as well, so that its arrival can be seen. An answer without time tag
    /// follows right after the value before: points are dated always or never, or else an echo can't be told from news.
    package mutating func announcedState(_ object: RecordedObject) -> [RedisCommand]? {
        guard isNews(object) else { return nil }
        let timestamp = object.type.hasTimeTag ? object.timestamp : (latest[object.address] ?? 0) + 1
        return commands(object, timestamp: timestamp, cause: .spontaneous)
    }

    private func isNews(_ object: RecordedObject) -> Bool {
        guard object.type.hasTimeTag, let latest = latest[object.address] else { return true }
        return object.timestamp >= latest
    }

    /// - Parameter timestamp: nil for a value without time, after which any time counts as newer.
    private mutating func commands(
        _ object: RecordedObject, timestamp: Int64?, cause: CauseOfTransmission, isEvent: Bool = true
    ) -> [RedisCommand] {
        let document = Self.document(object, timestamp: timestamp, cause: cause)
        var commands: [RedisCommand] = []
        let isNewest = timestamp.map { $0 >= latest[object.address] ?? $0 } ?? true
        if isNewest {
            latest[object.address] = timestamp
            let key = PointKey(
                commonAddress: object.address.commonAddress.rawValue,
                objectAddress: object.address.informationObjectAddress.rawValue)
            commands.append(["SET", key.description, document])
        }
        if isEvent { commands.append(["XADD", stream, "MAXLEN", "~", streamLength, "*", "data", document]) }
        return commands
    }

    /// The data point document.
    static func document(_ object: RecordedObject, timestamp: Int64?, cause: CauseOfTransmission) -> String {
        var json = JSONObject()
        json.add("casdu", .integer(Int64(object.address.commonAddress.rawValue)))
        json.add("ioa", .integer(Int64(object.address.informationObjectAddress.rawValue)))
        json.add("type", .integer(Int64(object.type.rawValue)))
        json.add("value", value(object.information.value))
        if case .stepPosition(_, let isMoving) = object.information.value, isMoving {
            json.add("transient", .bool(true))
        }
        json.add("quality", .integer(Int64(qualityOctet(object.information))))
        json.add("cot", .integer(Int64(cause.rawValue)))
        if let timestamp { json.add("timestamp", .integer(timestamp)) }
        return json.line
    }

    /// The octet that stands behind the value on the wire; of a counter, that of its notation.
    private static func qualityOctet(_ information: ProcessInformation) -> UInt8 {
        if case .integratedTotals(let reading) = information.value { return reading.notation }
        return information.quality.rawValue
    }

    private static func value(_ value: ProcessValue) -> Scalar {
        switch value {
        case .singlePoint(let isOn): .bool(isOn)
        case .doublePoint(let state): .integer(Int64(state.rawValue))
        case .stepPosition(let position, _): .integer(Int64(position))
        case .bitstring(let bits): .integer(Int64(bits))
        case .normalized(let value): .number(value.value)
        case .scaled(let value): .integer(Int64(value))
        case .shortFloat(let value): .number(Double(value))
        case .integratedTotals(let reading): .integer(Int64(reading.value))
        case .packedSinglePoints(let points):
            .integer(Int64(points.status) | Int64(points.changeDetected) << 16)
        }
    }
}
