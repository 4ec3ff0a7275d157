import IEC104Station
import NIOCore

/// Commands on their way from the station to the store, in their order.
final class CommandQueue: Sendable {
    struct Element: Sendable {
        let order: CommandOrder
        /// After this the command must not be carried out any more.
        let deadline: NIODeadline
        /// When it was taken.
        let time: NIODeadline
        /// The same, in milliseconds since 1970 UTC by the host's clock.
        let milliseconds: Int64
    }

    /// Commands that wait to be written; one more is refused.
    static let capacity = 1024

    let elements: AsyncStream<Element>
    private let continuation: AsyncStream<Element>.Continuation

    init() {
        (elements, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    /// Takes a command from the station.
    ///
    /// - Returns: false if too many wait.
    func put(_ order: CommandOrder, until deadline: NIODeadline) -> Bool {
        let element = Element(
            order: order, deadline: deadline, time: .now(), milliseconds: StationClock.now())
        if case .enqueued = continuation.yield(element) { return true }
        return false
    }
}
