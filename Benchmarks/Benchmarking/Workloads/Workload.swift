/// What is measured, by the letter that the command line takes.
package enum Workload: String, CaseIterable, Sendable {
    case interrogation = "a"
    case events = "b"
    case latency = "c"
    case image = "d"
    case startUp = "e"
    case memory = "f"
    case idle = "g"
    case connecting = "h"
    case micro = "m"

    /// For the help.
    package var purpose: String {
        switch self {
        case .interrogation: "interrogation of 1 000 to 1 000 000 points, by 1, 10 and 100 masters"
        case .events: "stream events as fast as Redis takes them, to 1, 10 and 100 masters"
        case .latency: "latency at 1 000 events/s, with 1 and 100 masters"
        case .image: "updates of image keys per second"
        case .startUp: "start with 100 000 points until the first interrogation is answered"
        case .memory: "memory of a point, from 10 000 to 1 000 000 of them, and of an idle master"
        case .idle: "processor time at idle with 100 masters"
        case .connecting: "connect and STARTDT per second"
        case .micro: "the parts by themselves: codec, framing, documents, events"
        }
    }

    /// Measures.
    ///
    /// - Throws: `BenchError` if anything goes wrong or an event is lost: a fast answer that isn't right counts nothing.
    package func run(_ run: BenchRun) async throws -> [Finding] {
        switch self {
        case .interrogation: try await InterrogationWorkload.run(run)
        case .events: try await EventWorkload.run(run)
        case .latency: try await LatencyWorkload.run(run)
        case .image: try await ImageWorkload.run(run)
        case .startUp: try await StartUpWorkload.run(run)
        case .memory: try await MemoryWorkload.run(run)
        case .idle: try await IdleWorkload.run(run)
        case .connecting: try await ConnectingWorkload.run(run)
        case .micro: MicroWorkload.run(run)
        }
    }
}
