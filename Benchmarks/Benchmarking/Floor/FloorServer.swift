import CEvents
import Foundation
import Glibc
import Synchronization
import TestBench

/// The floor: a controlled station on one thread that knows nothing but octets encoded beforehand and the window. No
/// station can be faster over the same sockets in the same way.
package final class FloorServer: Sendable {
    private enum Order {
        case replay(FloorScript)
        /// One APDU more for everybody every `interval` nanoseconds from `start` on.
        case tick(FloorScript, start: UInt64, interval: UInt64)
        case stop
    }

    package let host: String
    private let orders = Mutex<[Order]>([])
    private let wake: Int32
    private let finished = DispatchSemaphore(value: 0)

    /// Listens, and answers interrogations with so many points.
    package init(host: String = LoopbackAddress.next(), points: Int) throws {
        self.host = host
        wake = eventfd(0, Int32(EFD_CLOEXEC))
        let listener = try Socket.listen(on: host, port: 2404)
        let answer = FloorScript.interrogation(points: points)
        Thread.detachNewThread { [self] in
            Clock.sharpenThread()
            do {
                try serve(listener, answer)
            } catch {
                FileHandle.standardError.write(Data("floor: \(error)\n".utf8))
            }
            finished.signal()
        }
    }

    /// Sends a script to all masters as fast as they take it.
    func replay(_ script: FloorScript) { order(.replay(script)) }

    /// Sends an APDU of a script to all masters every `interval` nanoseconds, beginning at `start`.
    func tick(_ script: FloorScript, start: UInt64, interval: UInt64) {
        order(.tick(script, start: start, interval: interval))
    }

    /// Ends the thread and its connections.
    package func stop() {
        order(.stop)
        finished.wait()
        close(wake)
    }

    private func order(_ order: Order) {
        orders.withLock { $0.append(order) }
        eventfd_write(wake, 1)
    }

    private func serve(_ listener: Socket, _ answer: FloorScript) throws {
        let poller = try Poller()
        let timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC))
        defer { close(timer) }
        try poller.add(listener.descriptor, as: 0)
        try poller.add(wake, as: 1)
        try poller.add(timer, as: 2)
        var connections: [Int: FloorConnection] = [:]
        var nextToken = 3
        var released = 0
        var isStopped = false
        while !isStopped {
            try poller.wait(milliseconds: 1000) { token in
                switch token {
                case 0:
                    let connection = FloorConnection(try listener.accept())
                    connections[nextToken] = connection
                    try poller.add(connection.socket.descriptor, as: nextToken)
                    nextToken += 1
                case 1:
                    var value: eventfd_t = 0
                    eventfd_read(wake, &value)
                    let taken = orders.withLock { orders in
                        defer { orders = [] }
                        return orders
                    }
                    for order in taken {
                        switch order {
                        case .replay(let script):
                            for connection in connections.values { try connection.begin(script, released: .max) }
                        case .tick(let script, let start, let interval):
                            released = 0
                            for connection in connections.values { try connection.begin(script, released: 0) }
                            Self.set(timer, start: start, interval: interval)
                        case .stop: isStopped = true
                        }
                    }
                case 2:
                    var expired: UInt64 = 0
                    guard read(timer, &expired, 8) == 8 else { break }
                    released += Int(expired)
                    for connection in connections.values { try connection.release(released) }
                default:
                    if try connections[token]?.takeAvailable(answer: answer) == false { connections[token] = nil }
                }
            }
        }
    }

    private static func set(_ timer: Int32, start: UInt64, interval: UInt64) {
        func time(_ nanoseconds: UInt64) -> timespec {
            timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        }
        var setting = itimerspec(it_interval: time(interval), it_value: time(start))
        timerfd_settime(timer, 1 /* TFD_TIMER_ABSTIME */, &setting, nil)
    }
}
