import NIOCore
import Testing

@testable import IEC104Link

/// A link and what a handler does for it, in virtual time: frames go in, the answers come out, nothing sleeps.
final class LinkEnd {
    private(set) var link: Link
    private(set) var now = NIODeadline.uptimeNanoseconds(0)
    /// ASDUs that wait to be sent.
    private(set) var backlog = 0
    /// I frames handed to the user.
    private(set) var delivered = 0
    /// Started, stopped and test confirmed, in order.
    private(set) var reports: [Link.ReceivedAction] = []
    /// Why the link closed the connection.
    private(set) var fault: LinkFault?
    /// Most I frames that ever were unacknowledged.
    private(set) var mostUnacknowledged = 0
    private let defect = LinkDefect.current

    init(_ role: LinkRole, _ parameters: LinkParameters = .fast) {
        link = Link(role: role, parameters: defect?.altered(parameters) ?? parameters, now: now)
        if defect == .needsNoStart { _ = link.received(.startAct, now: now) }
    }

    /// A controlled station whose data transfer is started.
    static func started(_ parameters: LinkParameters = .fast) -> LinkEnd {
        let end = LinkEnd(.controlled, parameters)
        #expect(end.receive(.startAct) == [.startCon])
        return end
    }

    /// A controlling station whose data transfer is started.
    static func controlling(_ parameters: LinkParameters = .fast) -> LinkEnd {
        let end = LinkEnd(.controlling, parameters)
        #expect(end.startDataTransfer() == [.startAct])
        #expect(end.receive(.startCon) == [])
        return end
    }

    // MARK: What happens to the link

    /// These frames come in one read; the answers leave together.
    func receive(_ frames: APCI...) -> [APCI] { receive(frames) }

    func receive(_ frames: [APCI]) -> [APCI] {
        var output: [APCI] = []
        for frame in frames where fault == nil {
            var frame: APCI? = frame
            if let defect, let received = frame { frame = defect.altered(received: received, by: link) }
            guard let frame else { continue }
            switch link.received(frame, now: now) {
            case .none: break
            case .deliver:
                delivered += 1
                if link.receivedUnacknowledged >= link.parameters.w { pull(&output) }
                if let number = link.acknowledgementDue() { output.append(.supervisory(receive: number)) }
            case .confirm(let function): output.append(.unnumbered(function))
            case .confirmStart:
                output.append(.startCon)
                reports.append(.started)
            case .confirmStop(let number):
                if let number { output.append(.supervisory(receive: number)) }
                output.append(.stopCon)
                reports.append(.stopped)
            case .stopping(let number):
                if let number { output.append(.supervisory(receive: number)) }
                if defect == .confirmsStopEarly { output.append(.stopCon) }
            case .started: reports.append(.started)
            case .stopped: reports.append(.stopped)
            case .testConfirmed: reports.append(.testConfirmed)
            case .close(let fault): self.fault = fault
            }
        }
        pull(&output)
        return output
    }

    /// The user has so many more ASDUs to send.
    func offer(_ count: Int = 1) -> [APCI] {
        backlog += count
        var output: [APCI] = []
        pull(&output)
        return output
    }

    /// Time goes by; what the timers bring comes out.
    func advance(by time: TimeAmount) -> [APCI] {
        let target = now + time
        var output: [APCI] = []
        while fault == nil, let next = link.nextDeadline, next <= target {
            now = max(now, next)
            output += deadlineReached()
            guard fault != nil || link.nextDeadline != next else {
                Issue.record("a deadline that doesn't go away")
                break
            }
        }
        now = target
        return output
    }

    private func deadlineReached() -> [APCI] {
        var output: [APCI] = []
        while fault == nil {
            switch link.deadlineReached(now) {
            case .none:
                pull(&output)
                return output
            case .acknowledge(let number): output.append(.supervisory(receive: number))
            case .test: output.append(.testAct)
            case .close(let fault): self.fault = fault
            }
        }
        return output
    }

    private func pull(_ output: inout [APCI]) {
        while fault == nil, backlog > 0, let frame = link.sendInformation(now: now) {
            backlog -= 1
            output.append(defect?.altered(sent: frame) ?? frame)
            mostUnacknowledged = max(mostUnacknowledged, link.sentUnacknowledged)
        }
    }

    // MARK: What the user asks for

    func startDataTransfer() -> [APCI] {
        link.startDataTransfer(now: now) ? [.startAct] : []
    }

    func stopDataTransfer() -> [APCI] {
        switch link.stopDataTransfer(now: now) {
        case .none: []
        case .stop(let number?): [.supervisory(receive: number), .stopAct]
        case .stop(nil): [.stopAct]
        }
    }

    func test(timeout: TimeAmount? = nil) -> [APCI] {
        link.test(timeout: timeout, now: now) ? [.testAct] : []
    }

    /// Sends and confirms I frames until the next one has this number.
    func sendUntil(_ number: Int) {
        while link.sendState != SequenceNumber(number), fault == nil {
            _ = offer()
            _ = receive(.supervisory(receive: link.sendState))
        }
    }

    /// Receives I frames until the next one expected has this number.
    func receiveUntil(_ number: Int) {
        while link.receiveState != SequenceNumber(number), fault == nil {
            _ = receive(.information(send: link.receiveState, receive: link.sendState))
        }
    }
}
