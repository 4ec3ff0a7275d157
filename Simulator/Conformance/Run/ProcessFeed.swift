/// A way to change the points behind the station under test: writes to its data store, say.
package protocol ProcessFeed: Sendable {
    /// Writes all updates in their order; the station has to send each as an event.
    func write(_ updates: [FeedUpdate]) async throws
}

/// A new value of a point.
package struct FeedUpdate: Hashable, Sendable {
    /// A value as a data store has it.
    package enum Value: Hashable, Sendable {
        case bool(Bool)
        case integer(Int)
        case number(Double)
    }

    package var commonAddress: Int
    package var objectAddress: Int
    package var value: Value
    /// Abbreviations: `IV`, `NT`, ...
    package var quality: [String] = []
    /// Cause of transmission; 3 if nil.
    package var cause: Int?
    /// Milliseconds since 1970 UTC; the time of reception if nil.
    package var timestamp: Int64?
    /// Step positions: the position is moving.
    package var isTransient = false

    package init(
        _ point: ProfilePoint, _ value: Value, quality: [String] = [], cause: Int? = nil, timestamp: Int64? = nil,
        isTransient: Bool = false
    ) {
        commonAddress = point.commonAddress
        objectAddress = point.objectAddress
        self.value = value
        self.quality = quality
        self.cause = cause
        self.timestamp = timestamp
        self.isTransient = isTransient
    }
}
