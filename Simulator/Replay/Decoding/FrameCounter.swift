/// Numbers the APDUs within each packet.
struct FrameCounter {
    private var places: [Int: (frame: Int, next: Int)] = [:]

    /// How many came before in the same packet of the same connection.
    mutating func index(in frame: Int, of stream: TrafficStream) -> Int {
        var place = places[stream.index] ?? (frame, 0)
        if place.frame != frame { place = (frame, 0) }
        defer { places[stream.index] = (frame, place.next + 1) }
        return place.next
    }

    /// The connection is over.
    mutating func forget(_ stream: TrafficStream) {
        places[stream.index] = nil
    }
}
