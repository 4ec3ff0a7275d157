import NIOCore

extension Link {
    /// When `deadlineReached` has to be called at the latest.
    package var nextDeadline: NIODeadline? {
        let supervised = earlier(acknowledgementDeadline, earlier(deadlines.testFrame, deadlines.transfer))
        return earlier(supervised, earlier(deadlines.t2, deadlines.t3))
    }

    private func earlier(_ one: NIODeadline?, _ other: NIODeadline?) -> NIODeadline? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    /// t1 of the oldest I frame that isn't acknowledged.
    private var acknowledgementDeadline: NIODeadline? { sentTimes.oldest.map { $0 + parameters.t1 } }

    /// What a timer asks for.
    package enum DeadlineAction: Hashable, Sendable {
        /// No timer has run out.
        case none
        /// t2: send an S frame with this N(R).
        case acknowledge(SequenceNumber)
        /// t3: send TESTFR act.
        case test
        /// t1: close the connection.
        case close(LinkFault)
    }

    /// Tells what is due. To be called again until it answers `none`: several timers may have run out.
    package mutating func deadlineReached(_ now: NIODeadline) -> DeadlineAction {
        if let deadline = acknowledgementDeadline, deadline <= now { return .close(.unacknowledged) }
        if let deadline = deadlines.testFrame, deadline <= now { return .close(.unconfirmed(.testFrameActivation)) }
        if let deadline = deadlines.transfer, deadline <= now {
            return .close(
                .unconfirmed(state == .pendingStarted ? .startDataTransferActivation : .stopDataTransferActivation))
        }
        if let deadline = deadlines.t2, deadline <= now, let acknowledgement = takeAcknowledgement() {
            return .acknowledge(acknowledgement)
        }
        if let deadline = deadlines.t3, deadline <= now {
            // Received frames start t3 again; until then, the unanswered TESTFR act has t1.
            deadlines.t3 = nil
            return test(now: now) ? .test : .none
        }
        return .none
    }
}
