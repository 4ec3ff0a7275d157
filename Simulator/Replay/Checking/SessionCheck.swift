import IEC104Link

/// All checks of one connection.
struct SessionCheck {
    private var control: AcknowledgementCheck
    private var monitor: AcknowledgementCheck
    private var transfer: TransferCheck
    private var activations: ActivationCheck
    private var hasEnded = false

    init(_ stream: TrafficStream, _ parameters: CheckParameters) {
        let isFromBeginning = stream.isFromBeginning
        control = AcknowledgementCheck(direction: .control, isFromBeginning: isFromBeginning, parameters)
        monitor = AcknowledgementCheck(direction: .monitor, isFromBeginning: isFromBeginning, parameters)
        transfer = TransferCheck(isFromBeginning: isFromBeginning, parameters)
        activations = ActivationCheck(parameters)
    }

    /// Takes the next event of the connection, and tells what is wrong with it.
    mutating func take(_ event: TrafficEvent) -> [Finding] {
        var sink = FindingSink(stream: event.stream)
        // What is missing was missing before this event: the time until then can't be judged either.
        if event.isInterruption { interrupted(event.direction) }
        if !hasEnded { passed(to: event.time, into: &sink) }
        switch event.content {
        case .apdu(let octets, let apci):
            transfer.noted(event.direction, event.mark)
            switch apci {
            case .information(let send, let receive):
                transfer.received(apci, event.direction, event.mark, into: &sink)
                sent(send, event, into: &sink)
                acknowledged(receive, event, into: &sink)
                let unit = DecodedUnit(apdu: octets)
                ASDUCheck.check(unit, event.direction, event.mark, into: &sink)
                activations.received(unit, event.direction, event.mark)
            case .supervisory(let receive):
                transfer.received(apci, event.direction, event.mark, into: &sink)
                acknowledged(receive, event, into: &sink)
            case .unnumbered(let function):
                transfer.received(function, event.direction, event.mark, into: &sink)
                if function == .stopDataTransferConfirmation {
                    control.forgetOpen()
                    monitor.forgetOpen()
                }
            }
        case .malformed(_, let fault):
            sink.add(.malformedAPDU, event.direction, event.mark, "\(fault)")
            interrupted(event.direction)
        case .missing, .skipped, .unseen, .late: break
        case .ended:
            activations.finish(at: event.time, into: &sink)
            activations.forget()
            hasEnded = true
        case .finished:
            activations.finish(at: event.time, into: &sink)
        }
        return sink.findings
    }

    private mutating func sent(_ number: SequenceNumber, _ event: TrafficEvent, into sink: inout FindingSink) {
        switch event.direction {
        case .control: control.sent(number, event.mark, into: &sink)
        case .monitor: monitor.sent(number, event.mark, into: &sink)
        }
    }

    private mutating func acknowledged(_ number: SequenceNumber, _ event: TrafficEvent, into sink: inout FindingSink) {
        switch event.direction {
        case .control: monitor.acknowledged(number, event.mark, into: &sink)
        case .monitor: control.acknowledged(number, event.mark, into: &sink)
        }
    }

    private mutating func passed(to now: CaptureTime, into sink: inout FindingSink) {
        control.passed(to: now, into: &sink)
        monitor.passed(to: now, into: &sink)
        transfer.passed(to: now, into: &sink)
        activations.passed(to: now, into: &sink)
    }

    /// Frames of a direction may be missing: its numbers are learnt anew, and what they would have acknowledged or
    /// answered isn't judged.
    private mutating func interrupted(_ direction: Direction) {
        switch direction {
        case .control:
            control.forget()
            monitor.forgetOpen()
        case .monitor:
            monitor.forget()
            control.forgetOpen()
        }
        transfer.forget()
        activations.forget()
    }
}

extension TrafficEvent {
    /// True if frames of its direction may be missing before it.
    fileprivate var isInterruption: Bool {
        switch content {
        case .missing, .skipped, .unseen: true
        default: false
        }
    }
}
