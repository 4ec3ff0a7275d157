import NIOCore

@testable import IEC104Link

/// Both ends of a connection driven against each other in memory: frames are under way until they are delivered or
/// dropped, and time passes only when the test says so.
final class TwoLinks {
    let controlled: LinkEnd
    let controlling: LinkEnd
    private(set) var towardsControlled: [APCI] = []
    private(set) var towardsControlling: [APCI] = []
    /// All frames that the controlled station has sent.
    private(set) var sentByControlled: [APCI] = []

    init(_ parameters: LinkParameters = .fast) {
        controlled = LinkEnd(.controlled, parameters)
        controlling = LinkEnd(.controlling, parameters)
    }

    /// Two ends with data transfer started.
    static func started(_ parameters: LinkParameters = .fast) -> TwoLinks {
        let links = TwoLinks(parameters)
        links.start()
        links.deliver()
        return links
    }

    var faults: [LinkFault] { [controlled.fault, controlling.fault].compactMap { $0 } }

    var isSilent: Bool { towardsControlled.isEmpty && towardsControlling.isEmpty }

    // MARK: What the users ask for

    func start() { towardsControlled += controlling.startDataTransfer() }
    func stop() { towardsControlled += controlling.stopDataTransfer() }
    func offerByControlled(_ count: Int) { sendByControlled(controlled.offer(count)) }
    func offerByControlling(_ count: Int) { towardsControlled += controlling.offer(count) }

    private func sendByControlled(_ frames: [APCI]) {
        sentByControlled += frames
        towardsControlling += frames
    }

    // MARK: The line

    func deliverToControlled() {
        guard !towardsControlled.isEmpty else { return }
        sendByControlled(controlled.receive(towardsControlled.removeFirst()))
    }

    func deliverToControlling() {
        guard !towardsControlling.isEmpty else { return }
        towardsControlled += controlling.receive(towardsControlling.removeFirst())
    }

    /// Delivers everything until both ends are silent.
    func deliver() {
        while !isSilent {
            deliverToControlled()
            deliverToControlling()
        }
    }

    /// Loses the frame that would arrive next.
    func dropTowardsControlled() { if !towardsControlled.isEmpty { towardsControlled.removeFirst() } }
    func dropTowardsControlling() { if !towardsControlling.isEmpty { towardsControlling.removeFirst() } }

    /// Lets time go by. Frames are delivered the moment they are sent, or stay under way.
    func advance(by time: TimeAmount, delivering: Bool = true) {
        let target = controlled.now + time
        if delivering { deliver() }
        while controlled.now < target {
            let deadlines = [controlled, controlling].filter { $0.fault == nil }.compactMap(\.link.nextDeadline)
            let next = min(max(deadlines.min() ?? target, controlled.now + .nanoseconds(1)), target)
            let step = next - controlled.now
            sendByControlled(controlled.advance(by: step))
            towardsControlled += controlling.advance(by: step)
            if delivering { deliver() }
        }
    }
}
