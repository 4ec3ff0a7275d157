import IEC104Link
import NIOCore

/// A link and what a channel's handler does for it, in virtual time. Watches over what the link may and may not do,
/// with a count of its own instead of the link's.
struct LinkDriver {
    private(set) var link: Link
    private(set) var now: NIODeadline
    /// Why the link has ended the connection.
    private(set) var fault: LinkFault?
    /// I frames handed to the user.
    private(set) var delivered = 0
    /// ASDUs that wait to be sent.
    var backlog = 0
    /// Frames for the peer that nobody has taken yet.
    private(set) var output: [APCI] = []

    /// I frames sent.
    private(set) var sent = 0
    private var acknowledged = 0
    private var sentTimes: [NIODeadline] = []
    private var awaitsStart = false
    private var awaitsStop = false
    private var awaitsTest = false
    private var stopRequested = false

    private var role: LinkRole { link.role }
    private var parameters: LinkParameters { link.parameters }

    init(_ role: LinkRole, _ parameters: LinkParameters, now: NIODeadline) {
        link = Link(role: role, parameters: parameters, now: now)
        self.now = now
    }

    /// The frames for the peer since the last call.
    mutating func takeOutput() -> [APCI] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    /// The number that the peer's next I frame has to have.
    var expected: SequenceNumber { SequenceNumber(delivered) }
    /// The N(R) that acknowledges everything but the newest `count` I frames.
    func acknowledgement(leaving count: Int) -> SequenceNumber { SequenceNumber(sent - count) }

    /// What must hold between two steps.
    func check() {
        let unacknowledged = link.sentUnacknowledged
        require((0...parameters.k).contains(unacknowledged), "\(unacknowledged) I frames, k is \(parameters.k)")
        guard fault == nil else { return }
        require(unacknowledged == sent - acknowledged, "\(unacknowledged) I frames instead of \(sent - acknowledged)")
        require(
            link.receivedUnacknowledged < parameters.w, "\(link.receivedUnacknowledged) I frames wait, w is reached")
        guard let next = link.nextDeadline else { violated("a link without a timer") }
        require(next > now, "a deadline lies in the past")
    }

    // MARK: What happens to the link

    mutating func receive(_ frame: APCI) {
        guard fault == nil else { return }
        let state = link.state
        let action = link.received(frame, now: now)
        if case .close(let fault) = action {
            judge(fault, of: frame)
            self.fault = fault
            return
        }
        takeAcknowledgement(of: frame)
        act(on: action, of: frame, in: state)
        pull()
        check()
    }

    /// A frame that was taken must have had an N(R) inside the window.
    private mutating func takeAcknowledgement(of frame: APCI) {
        let receive: SequenceNumber
        switch frame {
        case .information(let send, let number):
            require(send == expected, "N(S) \(send) is taken instead of \(expected)")
            receive = number
        case .supervisory(let number): receive = number
        case .unnumbered: return
        }
        let count = receive.distance(from: SequenceNumber(acknowledged))
        require(acknowledged + count <= sent, "N(R) \(receive) acknowledges what was never sent")
        acknowledged += count
        sentTimes.removeFirst(count)
    }

    private mutating func act(on action: Link.ReceivedAction, of frame: APCI, in state: LinkState) {
        switch (action, frame) {
        case (.none, .information): violated("an I frame is swallowed")
        case (.none, .unnumbered(.testFrameActivation)): violated("TESTFR act without confirmation")
        case (.none, .unnumbered(.startDataTransferActivation)): violated("STARTDT act without confirmation")
        case (.none, _): break
        case (.deliver, .information):
            require(mayReceive(in: state), "an I frame is delivered while \(state)")
            delivered += 1
            if link.receivedUnacknowledged >= parameters.w { pull() }
            acknowledge(link.acknowledgementDue())
        case (.confirm(.testFrameConfirmation), .unnumbered(.testFrameActivation)):
            output.append(.unnumbered(.testFrameConfirmation))
        case (.confirm(.startDataTransferConfirmation), .unnumbered(.startDataTransferActivation)):
            require(role == .controlled && state == .started, "STARTDT con while \(state)")
            output.append(.unnumbered(.startDataTransferConfirmation))
        case (.confirmStart, .unnumbered(.startDataTransferActivation)):
            require(role == .controlled && link.state == .started, "STARTDT con by a \(role) station")
            stopRequested = false
            output.append(.unnumbered(.startDataTransferConfirmation))
        case (.confirm(.stopDataTransferConfirmation), .unnumbered(.stopDataTransferActivation)):
            require(role == .controlled && link.state == .stopped, "STOPDT con while \(link.state)")
            output.append(.unnumbered(.stopDataTransferConfirmation))
        case (.confirmStop(let number), _):
            if case .unnumbered(.stopDataTransferActivation) = frame { stopRequested = true }
            require(role == .controlled && stopRequested, "STOPDT con that nobody asked for")
            require(link.sentUnacknowledged == 0, "STOPDT con before the last acknowledgement")
            stopRequested = false
            acknowledge(number)
            output.append(.unnumbered(.stopDataTransferConfirmation))
        case (.stopping(let number), .unnumbered(.stopDataTransferActivation)):
            require(role == .controlled, "STOPDT act to a controlling station")
            stopRequested = true
            acknowledge(number)
        case (.started, .unnumbered(.startDataTransferConfirmation)):
            require(awaitsStart, "started without STARTDT act")
            awaitsStart = false
        case (.stopped, .unnumbered(.stopDataTransferConfirmation)):
            require(awaitsStop, "stopped without STOPDT act")
            awaitsStop = false
        case (.testConfirmed, .unnumbered(.testFrameConfirmation)):
            require(awaitsTest, "a test is confirmed that never was")
            awaitsTest = false
        default: violated("\(frame) while \(state) is answered by \(action)")
        }
    }

    private func mayReceive(in state: LinkState) -> Bool {
        switch state {
        case .started: true
        case .pendingStopped, .pendingUnconfirmedStopped: role == .controlling
        case .stopped, .pendingStarted: false
        }
    }

    /// A frame that was refused must have deserved it.
    private func judge(_ fault: LinkFault, of frame: APCI) {
        switch (fault, frame) {
        case (.sendSequence, .information(let send, _)):
            require(send != expected, "N(S) \(send) is refused")
        case (.receiveSequence, .information(_, let receive)), (.receiveSequence, .supervisory(let receive)):
            let count = receive.distance(from: SequenceNumber(acknowledged))
            require(acknowledged + count > sent, "N(R) \(receive) is refused")
        case (.frameInWrongState(_, let state), .information): require(!mayReceive(in: state), "\(fault)")
        case (.frameInWrongState(_, let state), .supervisory):
            require(state == .stopped || state == .pendingStarted, "\(fault)")
        case (.frameInWrongState, .unnumbered(.startDataTransferActivation)),
            (.frameInWrongState, .unnumbered(.stopDataTransferActivation)):
            require(role == .controlling, "\(fault)")
        default: violated("\(frame) leads to \(fault)")
        }
    }

    private mutating func acknowledge(_ number: SequenceNumber?) {
        guard let number else { return }
        require(number == expected, "N(R) \(number) is sent instead of \(expected)")
        output.append(.supervisory(receive: number))
    }

    // MARK: Time

    /// Time goes by, and every timer is served when it runs out.
    mutating func advance(to target: NIODeadline) {
        var turns = 0
        while fault == nil, let next = link.nextDeadline, next <= target {
            now = max(now, next)
            serveTimers()
            turns += 1
            require(turns < 100_000, "timers without end")
        }
        now = max(now, target)
    }

    /// Time goes by unnoticed: timers are served late.
    mutating func oversleep(to target: NIODeadline) {
        now = max(now, target)
        serveTimers()
    }

    private mutating func serveTimers() {
        var turns = 0
        while fault == nil {
            turns += 1
            require(turns < 10, "timers that never are done")
            switch link.deadlineReached(now) {
            case .none:
                if let oldest = sentTimes.first {
                    require(oldest + parameters.t1 > now, "t1 of an I frame is forgotten")
                }
                pull()
                return check()
            case .acknowledge(let number): acknowledge(number)
            case .test:
                require(!awaitsTest, "TESTFR act while one waits for its confirmation")
                awaitsTest = true
                output.append(.unnumbered(.testFrameActivation))
            case .close(let fault):
                judge(timeout: fault)
                self.fault = fault
            }
        }
    }

    private func judge(timeout fault: LinkFault) {
        let isDeserved =
            switch fault {
            case .unacknowledged: sentTimes.first.map { $0 + parameters.t1 <= now } ?? false
            case .unconfirmed(.testFrameActivation): awaitsTest
            case .unconfirmed(.startDataTransferActivation): awaitsStart
            case .unconfirmed(.stopDataTransferActivation): awaitsStop
            default: false
            }
        require(isDeserved, "\(fault)")
    }

    // MARK: What the user asks for

    /// Sends what waits, as far as the window lets it.
    mutating func pull() {
        while fault == nil, backlog > 0 {
            let canSend = link.canSendInformation
            guard let frame = link.sendInformation(now: now) else {
                return require(!canSend, "no I frame though one may be sent")
            }
            require(canSend && link.state == .started, "an I frame while \(link.state)")
            let numbers = APCI.information(send: SequenceNumber(sent), receive: expected)
            require(frame == numbers, "\(frame) instead of \(numbers)")
            sent += 1
            sentTimes.append(now)
            backlog -= 1
            output.append(frame)
        }
    }

    mutating func startDataTransfer() {
        guard fault == nil, link.startDataTransfer(now: now) else { return }
        require(role == .controlling && !awaitsStart, "STARTDT act by a \(role) station")
        awaitsStart = true
        output.append(.unnumbered(.startDataTransferActivation))
    }

    mutating func stopDataTransfer() {
        guard fault == nil, case .stop(let number) = link.stopDataTransfer(now: now) else { return }
        require(role == .controlling && !awaitsStop, "STOPDT act by a \(role) station")
        awaitsStop = true
        acknowledge(number)
        output.append(.unnumbered(.stopDataTransferActivation))
    }

    mutating func test(timeout: TimeAmount? = nil) {
        guard fault == nil else { return }
        let sends = link.test(timeout: timeout, now: now)
        require(sends != awaitsTest, "two TESTFR act under way, or none")
        awaitsTest = true
        if sends { output.append(.unnumbered(.testFrameActivation)) }
    }

    /// An acknowledgement before its time.
    mutating func acknowledgeNow() {
        guard fault == nil, link.state == .started else { return }
        acknowledge(link.takeAcknowledgement())
    }
}
