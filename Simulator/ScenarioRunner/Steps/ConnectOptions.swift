import IEC104Link
import NIOCore
import StationMonitor

/// How a connection is made.
struct ConnectOptions: Sendable {
    /// The station; nil for the one of the command line.
    var target: HostAndPort?
    /// The address to connect from; the system's choice if nil.
    var localAddress: String?
    /// What differs from the parameters of the command line: `t0`...`t3` in seconds, `k` and `w`.
    var changes: [String: Int] = [:]

    /// The ranges of the parameters.
    static let ranges: KeyValuePairs = [
        "t0": 1...255, "t1": 1...255, "t2": 1...255, "t3": 1...172_800, "k": 1...32_767, "w": 1...32_767,
    ]

    func parameters(_ parameters: LinkParameters) -> LinkParameters {
        var parameters = parameters
        for (name, value) in changes {
            switch name {
            case "t0": parameters.t0 = .seconds(Int64(value))
            case "t1": parameters.t1 = .seconds(Int64(value))
            case "t2": parameters.t2 = .seconds(Int64(value))
            case "t3": parameters.t3 = .seconds(Int64(value))
            case "k": parameters.k = value
            default: parameters.w = value
            }
        }
        return parameters
    }
}
