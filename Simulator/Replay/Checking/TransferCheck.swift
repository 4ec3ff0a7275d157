import IEC104Link

/// STARTDT, STOPDT and TESTFR, and which frames may pass between them.
struct TransferCheck {
    private enum State: String {
        case unknown
        case stopped
        case starting = "stopped, STARTDT act not confirmed yet"
        case started
        case stopping = "started, STOPDT act not confirmed yet"
    }

    private let parameters: CheckParameters
    private var state: State
    /// What waits for its confirmation: STARTDT or STOPDT act, TESTFR act of each direction.
    private var waiting: [Direction: [UFunction: FrameMark]] = [:]
    /// The last frame of each direction, while the silence after it hasn't been told.
    private var latest: [Direction: FrameMark] = [:]

    init(isFromBeginning: Bool, _ parameters: CheckParameters) {
        self.parameters = parameters
        state = isFromBeginning ? .stopped : .unknown
    }

    /// A U frame.
    mutating func received(
        _ function: UFunction, _ direction: Direction, _ mark: FrameMark, into sink: inout FindingSink
    ) {
        switch function {
        case .startDataTransferActivation, .stopDataTransferActivation:
            guard direction == .control else {
                return sink.add(.wrongDirection, direction, mark, "\(function.name) from the controlled station")
            }
            waiting[.control, default: [:]][function] = mark
            if function == .startDataTransferActivation {
                if state == .stopped { state = .starting }
            } else if state == .started {
                state = .stopping
            }
        case .startDataTransferConfirmation, .stopDataTransferConfirmation:
            guard direction == .monitor else {
                return sink.add(.wrongDirection, direction, mark, "\(function.name) from the controlling station")
            }
            let isStart = function == .startDataTransferConfirmation
            let activation = isStart ? UFunction.startDataTransferActivation : .stopDataTransferActivation
            if waiting[.control]?.removeValue(forKey: activation) == nil, state != .unknown {
                sink.add(.wrongState, direction, mark, "\(function.name) without \(activation.name)")
            }
            state = isStart ? .started : .stopped
        case .testFrameActivation:
            // The silence of the other direction has been answered.
            latest[direction.other] = nil
            if waiting[direction]?[function] == nil { waiting[direction, default: [:]][function] = mark }
        case .testFrameConfirmation:
            waiting[direction.other]?[.testFrameActivation] = nil
        }
    }

    /// An I or S frame.
    mutating func received(
        _ apci: APCI, _ direction: Direction, _ mark: FrameMark, into sink: inout FindingSink
    ) {
        let isAllowed: Bool
        switch (state, direction, apci) {
        case (.unknown, _, _), (.started, _, _): isAllowed = true
        case (.stopping, .monitor, _): isAllowed = true
        case (.stopping, .control, .supervisory): isAllowed = true
        default: isAllowed = false
        }
        if !isAllowed { sink.add(.wrongState, direction, mark, "\(apci) while data transfer is \(state.rawValue)") }
    }

    /// Any frame.
    mutating func noted(_ direction: Direction, _ mark: FrameMark) {
        latest[direction] = mark
    }

    /// Time has passed, and the connection goes on.
    mutating func passed(to now: CaptureTime, into sink: inout FindingSink) {
        for (direction, functions) in waiting {
            for (function, mark) in functions where mark.age(now) > parameters.t1 + CheckParameters.grace {
                waiting[direction]?[function] = nil
                sink.add(
                    .unconfirmed, direction, mark,
                    "\(function.name) not confirmed within t1 (\(AcknowledgementCheck.seconds(parameters.t1)))")
            }
        }
        for (direction, mark) in latest where mark.age(now) > parameters.t3 + CheckParameters.grace {
            latest[direction] = nil
            sink.add(
                .silenceT3, direction.other, mark,
                "no TESTFR act although nothing was received after this frame for longer than t3 "
                    + "(\(AcknowledgementCheck.seconds(parameters.t3)))")
        }
    }

    /// Frames may be missing in the capture.
    mutating func forget() {
        state = .unknown
        waiting = [:]
        latest = [:]
    }
}
