/// What other connectors write, encoded for `StoreFeed`.
enum StoreTraffic {
    /// The stream that updates come on.
    static let inputStream = "process:updates"
    /// The stream that the floor relays, and the connector doesn't read.
    static let relayedStream = "bench:relayed"

    /// A document as other connectors write it.
    private static func document(_ object: Int, value: Int, milliseconds: Int) -> String {
        let seconds = milliseconds / 1000
        return #"{"casdu":1,"ioa":\#(object),"type":36,"value":\#(value).0,"quality":[],"cot":3,"timestamp":"#
            + #""2026-01-15T\#(two(10 + seconds / 3600 % 12)):\#(two(seconds / 60 % 60)):\#(two(seconds % 60))."#
            + #"\#(three(milliseconds % 1000))Z"}"#
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func three(_ number: Int) -> String { (number < 100 ? "0" : "") + two(number) }

    /// `XADD` of a numbered event.
    static func event(_ number: Int, points: Int, stream: String) -> [UInt8] {
        StoreFeed.encoded([
            "XADD", stream, "MAXLEN", "~", "200000", "*", "data",
            document(1 + number % points, value: number, milliseconds: number),
        ])
    }

    /// `SET` of image keys 1...`points`, all with the value that `value` gives.
    static func image(_ objects: Range<Int>, milliseconds: Int = 0, value: (Int) -> Int) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(objects.count * 200)
        for object in objects {
            octets += StoreFeed.encoded([
                "SET", "process:image:casdu:1:ioa:\(object)",
                document(object, value: value(object), milliseconds: milliseconds),
            ])
        }
        return octets
    }

    /// A mapping with objects 1...`points`.
    static func mapping(points: Int) -> String {
        #"{"points":["# + (1...points).map { #"{"casdu":1,"ioa":\#($0),"type":36}"# }.joined(separator: ",") + "]}"
    }
}
