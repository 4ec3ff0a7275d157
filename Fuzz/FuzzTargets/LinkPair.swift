import IEC104Link
import NIOCore

/// Parameters of both ends, then steps. Nothing is lost on the line but with the whole connection, and no frame is
/// under way for longer than the timers allow: then no end may ever find a fault, and everything sent arrives.
func fuzzPair(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let (controlled, controlling) = (LinkParameters(&input), LinkParameters(&input))
    var line = LinkLine(controlled: controlled, controlling: controlling)
    var steps = 400
    while !input.isAtEnd, steps > 0 {
        steps -= 1
        switch input.choice(10) {
        case 0: line.act(on: .controlled) { $0.backlog += Int(input.octet()) }
        case 1: line.act(on: .controlling) { $0.backlog += Int(input.octet()) }
        case 2: line.act(on: .controlling) { $0.startDataTransfer() }
        case 3: line.act(on: .controlling) { $0.stopDataTransfer() }
        case 4: line.act(on: .controlling) { $0.test() }
        case 5: line.act(on: .controlled) { $0.test() }
        case 6: line.delay = Int64(input.octet())
        case 7: line.advance(by: .milliseconds(Int64(input.octet())))
        case 8: line.advance(by: .milliseconds(Int64(input.word())))
        default:
            guard input.octet() & 3 == 3 else { break }
            line = LinkLine(controlled: controlled, controlling: controlling)
        }
    }
    line.settle()
}

/// A connection between two links.
private struct LinkLine {
    private struct Frame {
        let apci: APCI
        let arrival: NIODeadline
    }

    private var controlled: LinkDriver
    private var controlling: LinkDriver
    private var towardsControlled: CircularBuffer<Frame> = []
    private var towardsControlling: CircularBuffer<Frame> = []
    private var now = NIODeadline.uptimeNanoseconds(0)
    /// The longest that a frame may be under way. A STOPDT con may have to wait for the frame under way before its
    /// STOPDT act arrives, for t2 and for the acknowledgement: four ways.
    private let longestDelay: Int64
    /// How long the next frames are under way, in parts of 255 of the longest delay.
    var delay: Int64 = 0

    init(controlled: LinkParameters, controlling: LinkParameters) {
        self.controlled = LinkDriver(.controlled, controlled, now: now)
        self.controlling = LinkDriver(.controlling, controlling, now: now)
        let slack = min(controlled.t1, controlling.t1) - max(controlled.t2, controlling.t2)
        longestDelay = max(0, slack.nanoseconds / 4 - 1)
    }

    /// True if both ends acknowledge in time for each other, which is not so for every pair of parameters.
    private var isCompatible: Bool { longestDelay > 0 }

    mutating func act(on role: LinkRole, _ body: (inout LinkDriver) -> Void) {
        switch role {
        case .controlled: body(&controlled)
        case .controlling: body(&controlling)
        }
        controlled.pull()
        controlling.pull()
        send()
        deliver()
    }

    private mutating func send() {
        let arrival = now + .nanoseconds(longestDelay * delay / 255)
        for apci in controlled.takeOutput() { Self.put(apci, arrival, &towardsControlling) }
        for apci in controlling.takeOutput() { Self.put(apci, arrival, &towardsControlled) }
    }

    /// Nothing overtakes what is under way.
    private static func put(_ apci: APCI, _ arrival: NIODeadline, _ line: inout CircularBuffer<Frame>) {
        line.append(Frame(apci: apci, arrival: max(arrival, line.last?.arrival ?? arrival)))
    }

    private mutating func deliver() {
        var isSilent = false
        while !isSilent {
            isSilent = true
            while let frame = towardsControlled.first, frame.arrival <= now {
                towardsControlled.removeFirst()
                controlled.receive(frame.apci)
                isSilent = false
            }
            while let frame = towardsControlling.first, frame.arrival <= now {
                towardsControlling.removeFirst()
                controlling.receive(frame.apci)
                isSilent = false
            }
            send()
        }
        check()
    }

    private func check() {
        guard isCompatible else { return }
        if let fault = controlled.fault { violated("the controlled station finds a fault: \(fault)") }
        if let fault = controlling.fault { violated("the controlling station finds a fault: \(fault)") }
        require(controlling.delivered <= controlled.sent, "more arrives than was sent by the controlled station")
        require(controlled.delivered <= controlling.sent, "more arrives than was sent by the controlling station")
    }

    mutating func advance(by time: TimeAmount) {
        let target = now + time
        while now < target {
            var next = target
            for driver in [controlled, controlling] where driver.fault == nil {
                next = min(next, driver.link.nextDeadline ?? next)
            }
            for line in [towardsControlled, towardsControlling] { next = min(next, line.first?.arrival ?? next) }
            now = max(next, now)
            controlled.advance(to: now)
            controlling.advance(to: now)
            send()
            deliver()
        }
    }

    /// After some quiet time all that was sent has arrived and is acknowledged.
    mutating func settle() {
        delay = 0
        controlled.backlog = 0
        controlling.backlog = 0
        advance(by: .seconds(60))
        guard isCompatible else { return }
        require(controlling.delivered == controlled.sent, "I frames of the controlled station are lost")
        require(controlled.delivered == controlling.sent, "I frames of the controlling station are lost")
        require(controlled.link.sentUnacknowledged == 0, "I frames of the controlled station stay unacknowledged")
        require(controlling.link.sentUnacknowledged == 0, "I frames of the controlling station stay unacknowledged")
        require(controlled.link.state == controlling.link.state, "one end is started, the other isn't")
    }
}
