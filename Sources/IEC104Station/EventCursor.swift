/// A session's place in the event log: before the entry `entry` of the chunk `chunk`.
struct EventCursor: Hashable {
    var chunk: UInt64
    var entry: Int
    /// Events before this place, counted from the start of the station.
    var event: UInt64
}
