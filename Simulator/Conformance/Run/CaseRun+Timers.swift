import ControllingStation
import IEC104Link
import NIOCore

/// Steps about the timers of an idle connection.
extension CaseRun {
    /// TESTFR act has to come t3 after the last frame that the station has received. What it sends meanwhile is
    /// acknowledged, and the measure begins anew.
    ///
    /// - Throws: `CaseStop.inconclusive` if the station goes on sending.
    @discardableResult
    package func expectTestFrame(_ connection: ProbeConnection) async throws -> ProbeFrame {
        let begin = try await connection.acknowledge()
        var since = begin
        while true {
            switch try await connection.next(until: since + t3 + pace.late + .seconds(1)) {
            case .frame(let frame) where frame.isFunction(.testFrameActivation):
                try connection.check(frame.time - since, t3, "TESTFR act")
                return frame
            case .frame(let frame) where frame.isInformation:
                since = max(since, frame.time)
                try require((since - begin).duration < t3 * 4, "the station never fell silent for t3 = \(t3)")
            case .frame: continue
            case .closed:
                throw CaseStop.failed(expected: "TESTFR act", came: "the end of connection \(connection.label)")
            case .nothing:
                throw CaseStop.failed(expected: "TESTFR act \(t3) after the last frame", came: "none")
            }
        }
    }

    /// A station that hears nothing more has to send TESTFR act after t3, and to close t1 after that, or t1 after the
    /// oldest I frame that nobody acknowledges.
    package func expectGivenUp(_ connection: ProbeConnection) async throws {
        try await connection.holdTestConfirmations()
        try await connection.holdAcknowledgements()
        let last = try await connection.acknowledge()
        let (end, frames) = try await connection.expectClose(within: t3 + t1 + pace.late + .seconds(1))
        let probe = frames.first { $0.isFunction(.testFrameActivation) }
        let oldest = frames.first { $0.isInformation && $0.time >= last }
        if let probe {
            try connection.check(probe.time - last, t3, "TESTFR act")
        } else {
            try check((end - last).duration <= t3 + pace.late, "TESTFR act after \(t3)", came: "none")
        }
        guard let start = [probe, oldest].compactMap({ $0?.time }).min() else {
            throw CaseStop.failed(expected: "TESTFR act after \(t3)", came: "the end of connection \(connection.label)")
        }
        try connection.check(end - start, t1, "the close")
    }
}
