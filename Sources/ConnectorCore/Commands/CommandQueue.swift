import IEC104Model
import IEC104Station
import NIOConcurrencyHelpers
import NIOCore

/// Commands on their way from the station to the store, each with the mapping of its point.
final class CommandQueue: Sendable {
    struct Element: Sendable {
        let order: CommandOrder
        /// After this the command must not be carried out any more.
        let deadline: NIODeadline
        /// The point as it was mapped when the command was taken.
        let point: MappedPoint?
    }

    /// Commands that wait to be written; one more is refused. A point has one at a time.
    static let capacity = 1024

    let elements: AsyncStream<Element>
    private let continuation: AsyncStream<Element>.Continuation
    private let points = NIOLockedValueBox<[PointAddress: MappedPoint]>([:])

    init() {
        (elements, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    /// The mapping in force; nil for none.
    func use(_ mapping: PointMapping?) {
        let commands = mapping?.points.filter(\.type.isCommand) ?? []
        let points = Dictionary(commands.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
        self.points.withLockedValue { $0 = points }
    }

    /// Takes a command from the station.
    ///
    /// - Returns: false if too many wait.
    func put(_ order: CommandOrder, until deadline: NIODeadline) -> Bool {
        let point = points.withLockedValue { $0[order.address] }
        if case .enqueued = continuation.yield(Element(order: order, deadline: deadline, point: point)) { return true }
        return false
    }
}
