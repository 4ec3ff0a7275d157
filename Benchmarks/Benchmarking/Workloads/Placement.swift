/// Where masters and station run.
///
/// On one machine that decides much: to wake a thread on another processor takes longer than all the station does for an
/// APDU, to wake it on its own takes next to nothing. Left to the system, the floor and the connector are put in different
/// places, so that with one master both are measured in the same ones as well. Redis and whoever writes the events stay
/// where the system puts them.
struct Placement {
    /// Nil if it is the system's.
    let name: String?
    /// The processors of the masters' thread.
    let masters: [Int]
    /// The processors of the floor's thread, and of all those of the connector.
    let station: [Int]

    /// The system's choice, then all on one processor, then the masters on one and the station on another, if there are two.
    static func all() throws -> [Placement] {
        let processors = try Processors.available()
        let pairs = [
            ("on one processor", processors.prefix(1)), ("on two processors", processors.dropFirst().prefix(1)),
        ]
        return [try system()]
            + pairs.filter { !$1.isEmpty }.map {
                Placement(name: $0, masters: Array(processors.prefix(1)), station: Array($1))
            }
    }

    /// What the system chooses.
    static func system() throws -> Placement {
        let processors = try Processors.available()
        return Placement(name: nil, masters: processors, station: processors)
    }

    /// Those that are measured with so many masters.
    static func all(with masters: Int) throws -> [Placement] {
        masters == 1 ? try all() : [try system()]
    }

    /// Puts both stations there. The masters' fleets have to be told themselves.
    func apply(to floor: FloorServer, _ bench: ConnectorBench) throws {
        floor.order(.bind(to: station))
        try Processors.bind(process: bench.connector.pid, to: station)
    }

    /// What findings with so many masters are called.
    func title(_ what: String, masters: Int) -> String {
        "\(what), \(masters) master\(masters == 1 ? "" : "s")\(name.map { ", " + $0 } ?? "")"
    }
}
