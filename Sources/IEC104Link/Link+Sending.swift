import NIOCore

extension Link {
    /// The control field of the next I frame, which acknowledges everything received so far. Only to be called while
    /// `canSendInformation` holds; nil otherwise.
    package mutating func sendInformation(now: NIODeadline) -> APCI? {
        guard canSendInformation else { return nil }
        let frame = APCI.information(send: sendState, receive: receiveState)
        sendState = sendState.advanced(by: 1)
        sentTimes.append(now)
        acknowledged()
        return frame
    }

    /// The acknowledgement to send now because w frames wait for it, as N(R) of an S frame; nil if there is no need.
    package mutating func acknowledgementDue() -> SequenceNumber? {
        receivedUnacknowledged >= parameters.w ? takeAcknowledgement() : nil
    }

    /// The acknowledgement of everything received, due or not; nil if there is nothing to acknowledge.
    package mutating func takeAcknowledgement() -> SequenceNumber? {
        guard receivedUnacknowledged > 0 else { return nil }
        acknowledged()
        return receiveState
    }

    /// N(R) as the other end has it last.
    package var lastAcknowledgement: SequenceNumber { receiveState.advanced(by: -receivedUnacknowledged) }

    /// The acknowledgement of everything received, even if the link takes that for acknowledged: somebody may have kept
    /// an S frame from being sent.
    package mutating func acknowledgementOfAll() -> SequenceNumber {
        acknowledged()
        return receiveState
    }

    private mutating func acknowledged() {
        receivedUnacknowledged = 0
        deadlines.t2 = nil
    }

    /// The controlling station wants data transfer: true if STARTDT act is to be sent.
    package mutating func startDataTransfer(now: NIODeadline) -> Bool {
        guard role == .controlling, state == .stopped else { return false }
        state = .pendingStarted
        deadlines.transfer = now + parameters.t1
        return true
    }

    /// What the controlling station sends to stop data transfer.
    package enum StopAction: Hashable, Sendable {
        /// Data transfer isn't started.
        case none
        /// Acknowledge what was received, if that is given, then send STOPDT act.
        case stop(acknowledge: SequenceNumber?)
    }

    /// The controlling station wants no more data.
    package mutating func stopDataTransfer(now: NIODeadline) -> StopAction {
        guard role == .controlling, state == .started else { return .none }
        state = sentUnacknowledged == 0 ? .pendingStopped : .pendingUnconfirmedStopped
        deadlines.transfer = now + parameters.t1
        return .stop(acknowledge: takeAcknowledgement())
    }

    /// The line is to be tested now: true if TESTFR act is to be sent, false while one is unanswered.
    ///
    /// - Parameter timeout: how long the confirmation may take; t1 unless a shorter time is given.
    package mutating func test(timeout: TimeAmount? = nil, now: NIODeadline) -> Bool {
        let deadline = now + min(timeout ?? parameters.t1, parameters.t1)
        guard let running = deadlines.testFrame else {
            deadlines.testFrame = deadline
            return true
        }
        deadlines.testFrame = min(running, deadline)
        return false
    }
}
