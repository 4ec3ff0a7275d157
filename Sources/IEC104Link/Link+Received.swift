import NIOCore

extension Link {
    /// What a received frame asks for.
    package enum ReceivedAction: Hashable, Sendable {
        /// Nothing more than what the link noted for itself; the window may have opened.
        case none
        /// Hand the ASDU of the frame to the user, then ask for `acknowledgementDue`.
        case deliver
        /// Send this confirmation.
        case confirm(UFunction)
        /// Send STARTDT con; data transfer has started.
        case confirmStart
        /// Acknowledge what was received, if that is given, then send STOPDT con; data transfer has stopped.
        case confirmStop(acknowledge: SequenceNumber?)
        /// Acknowledge what was received, if that is given; STOPDT con follows when the last I frame is acknowledged.
        case stopping(acknowledge: SequenceNumber?)
        /// STARTDT con has come: data transfer has started.
        case started
        /// STOPDT con has come: data transfer has stopped.
        case stopped
        /// TESTFR con has come.
        case testConfirmed
        /// Close the connection.
        case close(LinkFault)
    }

    /// A frame has come. Its N(R) is judged before anything else, so that a frame with a wrong one is never executed.
    package mutating func received(_ frame: APCI, now: NIODeadline) -> ReceivedAction {
        deadlines.t3 = now + parameters.t3
        switch frame {
        case .information(let send, let receive): return received(send: send, receive: receive, now: now)
        case .supervisory(let receive): return received(receive: receive)
        case .unnumbered(let function): return received(function, now: now)
        }
    }

    private mutating func received(
        send: SequenceNumber, receive: SequenceNumber, now: NIODeadline
    ) -> ReceivedAction {
        // A controlling station still takes what was under way when it sent STOPDT act.
        let isAllowed =
            switch (state, role) {
            case (.started, _): true
            case (.pendingUnconfirmedStopped, .controlling), (.pendingStopped, .controlling): true
            default: false
            }
        guard isAllowed else { return .close(.frameInWrongState(.information(send: send, receive: receive), state)) }
        if let fault = acknowledge(receive) { return .close(fault) }
        guard send == receiveState else { return .close(.sendSequence(expected: receiveState, received: send)) }
        receiveState = receiveState.advanced(by: 1)
        receivedUnacknowledged += 1
        if receivedUnacknowledged == 1 { deadlines.t2 = now + parameters.t2 }
        // Only a controlling station gets here in that state.
        if state == .pendingUnconfirmedStopped, sentUnacknowledged == 0 { state = .pendingStopped }
        return .deliver
    }

    private mutating func received(receive: SequenceNumber) -> ReceivedAction {
        guard state == .started || state == .pendingUnconfirmedStopped || state == .pendingStopped else {
            return .close(.frameInWrongState(.supervisory(receive: receive), state))
        }
        if let fault = acknowledge(receive) { return .close(fault) }
        guard state == .pendingUnconfirmedStopped, sentUnacknowledged == 0 else { return .none }
        switch role {
        case .controlled:
            state = .stopped
            return .confirmStop(acknowledge: takeAcknowledgement())
        case .controlling:
            state = .pendingStopped
            return .none
        }
    }

    /// Takes N(R): everything before it is acknowledged.
    private mutating func acknowledge(_ receive: SequenceNumber) -> LinkFault? {
        let acknowledged = receive.distance(from: oldestUnacknowledged)
        guard acknowledged <= sentUnacknowledged else {
            return .receiveSequence(oldest: oldestUnacknowledged, next: sendState, received: receive)
        }
        oldestUnacknowledged = receive
        sentTimes.removeFirst(acknowledged)
        return nil
    }

    private mutating func received(_ function: UFunction, now: NIODeadline) -> ReceivedAction {
        switch (function, role) {
        case (.testFrameActivation, _):
            return .confirm(.testFrameConfirmation)
        case (.testFrameConfirmation, _):
            guard deadlines.testFrame != nil else { return .none }
            deadlines.testFrame = nil
            return .testConfirmed
        case (.startDataTransferActivation, .controlled):
            return startRequested()
        case (.stopDataTransferActivation, .controlled):
            return stopRequested()
        case (.startDataTransferConfirmation, .controlling):
            guard state == .pendingStarted else { return .none }
            deadlines.transfer = nil
            state = .started
            if receivedUnacknowledged > 0 { deadlines.t2 = now + parameters.t2 }
            return .started
        case (.stopDataTransferConfirmation, .controlling):
            guard state == .pendingStopped || state == .pendingUnconfirmedStopped else { return .none }
            deadlines.transfer = nil
            // A stopped station takes no S frame; what isn't acknowledged yet waits for the next start.
            deadlines.t2 = nil
            state = .stopped
            return .stopped
        case (.startDataTransferActivation, .controlling), (.stopDataTransferActivation, .controlling):
            return .close(.frameInWrongState(.unnumbered(function), state))
        case (.startDataTransferConfirmation, .controlled), (.stopDataTransferConfirmation, .controlled):
            return .none
        }
    }

    /// In the pending unconfirmed stopped state a STARTDT act takes the stop back: numbers go on where they were.
    private mutating func startRequested() -> ReceivedAction {
        let wasStarted = state == .started
        state = .started
        return wasStarted ? .confirm(.startDataTransferConfirmation) : .confirmStart
    }

    private mutating func stopRequested() -> ReceivedAction {
        guard state == .started else {
            return state == .stopped ? .confirm(.stopDataTransferConfirmation) : .none
        }
        guard sentUnacknowledged == 0 else {
            state = .pendingUnconfirmedStopped
            return .stopping(acknowledge: takeAcknowledgement())
        }
        state = .stopped
        return .confirmStop(acknowledge: takeAcknowledgement())
    }
}
