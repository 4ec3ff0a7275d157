import DataStore

/// Configuration and mapping of a soak run.
struct SoakDocuments: Sendable {
    /// The connector's id.
    static let id = "soak"
    /// The stream of updates, the connector's default.
    static let stream = "process:updates"
    /// Where points are mapped that come and go; nothing is ever written to them.
    private static let spareBase = 9000

    /// The address that the connector listens on.
    let host: String
    /// Points that come and go with the changes of the mapping.
    var sparePoints = 0
    /// The window of the controlled station.
    var k = 12

    /// Where they are written.
    let keys = StoreKeys(id: id)

    /// Short timers, so that stalls of a few seconds show.
    var configuration: String {
        """
        { "name": "Soak", "network": { "host": "\(host)", "maxConnections": 20 },
          "protocol": { "t1": 10, "t2": 3, "t3": 6, "k": \(k), "w": 8 } }
        """
    }

    var mapping: String {
        let spare = (0..<sparePoints).map { UInt32(Self.spareBase + $0) }
        let points = (SoakPoint.all.map(\.objectAddress) + spare).map {
            #"{ "casdu": \#(SoakPoint.commonAddress), "ioa": \#($0), "type": 33 }"#
        }
        return "{ \"points\": [\n\(points.joined(separator: ",\n"))\n] }"
    }
}
