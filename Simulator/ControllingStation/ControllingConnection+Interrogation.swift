import IEC104Model
import NIOCore

extension ControllingConnection {
    /// Sends an interrogation command (C_IC_NA_1) and waits for the whole answer.
    ///
    /// Whether a broadcast is answered follows rules of its own: see `InterrogationRecord`.
    ///
    /// - Parameters:
    ///   - commonAddress: the station; 65535 asks all that the other end has.
    ///   - qualifier: 20 for everything, 21...36 for a group.
    ///   - originatorAddress: 0 if that isn't used.
    ///   - timeout: how long the answer may take as a whole.
    ///   - settleTime: how long a broadcast that seems to be answered waits for a further common address.
    /// - Throws: `InterrogationFailure`, `ConnectionFault.notStarted`, `CancellationError`.
    package func interrogate(
        commonAddress: CommonAddress = .broadcast, qualifier: QualifierOfInterrogation = .station,
        originatorAddress: UInt8 = 0, timeout: TimeAmount = .seconds(60), settleTime: TimeAmount = .seconds(1)
    ) async throws -> InterrogationAnswer {
        try await interrogate(.process(qualifier), commonAddress, originatorAddress, timeout, settleTime)
    }

    /// Sends a counter interrogation command (C_CI_NA_1) and waits for the whole answer, as `interrogate` does.
    ///
    /// - Parameter qualifier: QCC; 5 reads all counters, 1...4 those of a group.
    /// - Throws: `InterrogationFailure`, `ConnectionFault.notStarted`, `CancellationError`.
    package func interrogateCounters(
        commonAddress: CommonAddress = .broadcast,
        qualifier: QualifierOfCounterInterrogation = QualifierOfCounterInterrogation(rawValue: 5),
        originatorAddress: UInt8 = 0, timeout: TimeAmount = .seconds(60), settleTime: TimeAmount = .seconds(1)
    ) async throws -> InterrogationAnswer {
        try await interrogate(.counters(qualifier), commonAddress, originatorAddress, timeout, settleTime)
    }

    private func interrogate(
        _ request: InterrogationRequest, _ commonAddress: CommonAddress, _ originatorAddress: UInt8,
        _ timeout: TimeAmount, _ settleTime: TimeAmount
    ) async throws -> InterrogationAnswer {
        let command = ASDU(
            request.object, cause: .activation, commonAddress: commonAddress, originatorAddress: originatorAddress)
        let outcome = try await exchange(
            InterrogationRecord(request, commonAddress: commonAddress, settleTime: settleTime),
            request: command, timeout: timeout)
        var answer = outcome.record.answer
        answer.duration = outcome.duration
        if let reason = failure(outcome, timeout) { throw InterrogationFailure(reason: reason, answer: answer) }
        return answer
    }

    private func failure(
        _ outcome: Exchange<InterrogationRecord>.Outcome, _ timeout: TimeAmount
    ) -> InterrogationFailure.Reason? {
        let record = outcome.record
        switch outcome.end {
        case .closed(let reason): return .closed(reason)
        case .timedOut: return .timedOut(timeout, open: record.open.sorted())
        case .done:
            if record.isTooLong { return .tooLong(asdus: record.answer.asdus.count) }
            guard record.isRefused, let cause = record.refusal else { return nil }
            return cause.isUnknown ? .unknown(cause) : .refused
        }
    }
}
