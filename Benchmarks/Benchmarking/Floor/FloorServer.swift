import CEvents
import Foundation
import Synchronization
import TestBench

/// The floor: a controlled station on one thread that knows nothing but octets encoded beforehand and the window. No
/// station can be faster over the same sockets in the same way.
final class FloorServer: Sendable {
    /// What its thread is told to do.
    enum Order {
        /// Sends a script to all masters as fast as they take it.
        case replay(FloorScript)
        /// Sends one APDU of a script more to all masters every `interval` nanoseconds from `start` on.
        case tick(FloorScript, start: UInt64, interval: UInt64)
        /// Sends one APDU of a script more to all masters for every entry that comes to the input stream of a store.
        case relay(FloorScript, from: StreamRelay)
        /// Goes on on some processors alone.
        case bind(to: [Int])
        case stop
    }

    let host: String
    private let orders = Mutex<[Order]>([])
    private let wake: Int32
    private let finished = DispatchSemaphore(value: 0)

    /// Listens, and answers interrogations with so many points.
    init(host: String = LoopbackAddress.next(), points: Int) throws {
        self.host = host
        wake = eventfd(0, Int32(EFD_CLOEXEC))
        let listener = try Socket.listen(on: host, port: 2404)
        let answer = FloorScript.interrogation(points: points)
        Thread.detachNewThread { [self] in
            Clock.sharpenThread()
            do {
                try FloorLoop(listener, answer: answer, wake: wake).run(takingOrders: takeOrders)
            } catch {
                FileHandle.standardError.write(Data("floor: \(error)\n".utf8))
            }
            finished.signal()
        }
    }

    func order(_ order: Order) {
        orders.withLock { $0.append(order) }
        eventfd_write(wake, 1)
    }

    private func takeOrders() -> [Order] {
        var value: eventfd_t = 0
        eventfd_read(wake, &value)
        return orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }

    /// Ends the thread and its connections.
    func stop() {
        order(.stop)
        finished.wait()
        close(wake)
    }
}
