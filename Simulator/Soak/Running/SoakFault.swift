import Foundation
import TestBench

/// Something that goes wrong, or is changed, in the middle of a run.
package enum SoakFault: Hashable, Sendable, CustomStringConvertible {
    /// The store is killed and started again after a while. It has written everything to its file that it has acknowledged.
    case storeKilled(for: Duration)
    /// The store stands still: its connections stay, nothing is answered.
    case storeStalled(for: Duration)
    /// The server closes a connection of the connector, which makes all of them anew.
    case storeConnectionCut
    /// The connector is killed and started again after a while.
    case connectorKilled(for: Duration)
    /// A master reads nothing for a while.
    case masterStalled(for: Duration)
    /// The mapping gets other points besides those that are balanced.
    case mappingChanged(sparePoints: Int)
    /// The connections end, and new ones have another window.
    case parametersChanged(k: Int)

    /// Each kind once, in a random order.
    ///
    /// - Parameter severity: 1 for the longest times, less for shorter ones.
    static func round(_ severity: Double, using random: inout SeededGenerator) -> [SoakFault] {
        func time(_ range: ClosedRange<Double>) -> Duration {
            .milliseconds(Int(1000 * severity * Double.random(in: range, using: &random)))
        }
        // The stall is noticed after 10 s, and the grace time of 30 s isn't reached.
        let faults: [SoakFault] = [
            .storeKilled(for: time(0...5)), .storeStalled(for: time(1...14)), .storeConnectionCut,
            .connectorKilled(for: time(0...3)),
            .masterStalled(for: time(1...25)), .mappingChanged(sparePoints: Int.random(in: 0...2000, using: &random)),
            .parametersChanged(k: Int.random(in: 12...40, using: &random)),
        ]
        return faults.shuffled(using: &random)
    }

    /// Its kind, for counting.
    package var kind: String {
        switch self {
        case .storeKilled: "store killed"
        case .storeStalled: "store stalled"
        case .storeConnectionCut: "store connection cut"
        case .connectorKilled: "connector killed"
        case .masterStalled: "master stalled"
        case .mappingChanged: "mapping changed"
        case .parametersChanged: "link parameters changed"
        }
    }

    package var description: String {
        switch self {
        case .storeKilled(let time), .storeStalled(let time), .connectorKilled(let time), .masterStalled(let time):
            "\(kind) for \((time / .milliseconds(100)).rounded() / 10) s"
        case .storeConnectionCut: kind
        case .mappingChanged(let points): "\(kind): \(points) spare points"
        case .parametersChanged(let k): "\(kind): k = \(k)"
        }
    }
}
