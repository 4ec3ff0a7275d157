import ControllingStation
import IEC104Link
import IEC104Model
import Synchronization

/// What the station has sent in the whole run, for the cases that judge all of it.
package final class Witness: Sendable {
    private struct State {
        var frames = 0
        var dataTransferRequests: [String] = []
        var undecodable: [String] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Frames of the station that were looked at.
    package var frames: Int { state.withLock { $0.frames } }
    /// STARTDT act and STOPDT act of the station, with the case.
    package var dataTransferRequests: [String] { state.withLock { $0.dataTransferRequests } }
    /// ASDUs in monitor direction that can't be decoded with the field sizes of 104, with the case.
    package var undecodable: [String] { state.withLock { $0.undecodable } }

    func look(at result: CaseResult) {
        let id = result.conformanceCase.id
        for entry in result.entries {
            guard case .received(let octets) = entry.event else { continue }
            let frame = ProbeFrame(octets, at: entry.time)
            state.withLock { state in
                state.frames += 1
                if frame.isFunction(.startDataTransferActivation) || frame.isFunction(.stopDataTransferActivation) {
                    state.dataTransferRequests.append("\(id): \(FrameText.of(frame))")
                }
                // What is sent back with 44...47 is as wrong as it came.
                if let type = frame.type, let cause = frame.cause, cause < 44,
                    TypeIdentification(rawValue: type).isProcessInformation || type == 70,
                    frame.received?.asdu == nil
                {
                    state.undecodable.append("\(id): \(FrameText.of(frame))")
                }
            }
        }
    }
}
