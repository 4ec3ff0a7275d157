import CEvents
import Glibc

/// What the thread of the floor does: waits for its sockets, its timer and its orders.
final class FloorLoop {
    private enum Token {
        static let listener = 0
        static let orders = 1
        static let timer = 2
        static let relay = 3
        /// Connections count up from here.
        static let firstConnection = 4
    }

    private let poller: Poller
    private let listener: Socket
    private let answer: FloorScript
    private let timer: Int32
    private var connections: [Int: FloorConnection] = [:]
    private var nextToken = Token.firstConnection
    private var relay: StreamRelay?
    /// How many APDUs of the script the timer or the relay has released, and how many there are.
    private var released = 0
    private var scriptLength = 0
    private var isStopped = false

    /// - Parameters:
    ///   - answer: what interrogations are answered with.
    ///   - wake: can be read when there are orders.
    init(_ listener: Socket, answer: FloorScript, wake: Int32) throws {
        self.listener = listener
        self.answer = answer
        poller = try Poller()
        timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC))
        try poller.add(listener.descriptor, as: Token.listener)
        try poller.add(wake, as: Token.orders)
        try poller.add(timer, as: Token.timer)
    }

    deinit {
        close(timer)
    }

    func run(takingOrders takeOrders: () -> [FloorServer.Order]) throws {
        while !isStopped {
            try poller.wait(milliseconds: 1000) { token in
                switch token {
                case Token.listener: try accept()
                case Token.orders: for order in takeOrders() { try carryOut(order) }
                case Token.timer: try tick()
                case Token.relay: try passOn()
                default:
                    if try connections[token]?.takeAvailable(answer: answer) == false { connections[token] = nil }
                }
            }
        }
    }

    private func accept() throws {
        let connection = FloorConnection(try listener.accept())
        connections[nextToken] = connection
        try poller.add(connection.socket.descriptor, as: nextToken)
        nextToken += 1
    }

    private func carryOut(_ order: FloorServer.Order) throws {
        switch order {
        case .replay(let script):
            for connection in connections.values { try connection.begin(script, released: script.count) }
        case .tick(let script, let start, let interval):
            (released, scriptLength) = (0, script.count)
            for connection in connections.values { try connection.begin(script, released: 0) }
            setTimer(start: start, interval: interval)
        case .relay(let script, let source):
            for connection in connections.values { try connection.begin(script, released: 0) }
            (released, relay) = (0, source)
            try poller.add(source.socket.descriptor, as: Token.relay)
            try source.ask()
        case .bind(let processors): try Processors.bind(to: processors)
        case .stop: isStopped = true
        }
    }

    private func tick() throws {
        var expired: UInt64 = 0
        guard read(timer, &expired, MemoryLayout<UInt64>.size) == MemoryLayout<UInt64>.size else { return }
        released += Int(expired)
        for connection in connections.values { try connection.release(released) }
        if released >= scriptLength { setTimer(start: 0, interval: 0) }
    }

    private func passOn() throws {
        guard let relay, case let count = try relay.take(), count > 0 else { return }
        released += count
        for connection in connections.values { try connection.release(released) }
        try relay.ask()
    }

    /// Zero for both stops it.
    private func setTimer(start: UInt64, interval: UInt64) {
        func time(_ nanoseconds: UInt64) -> timespec {
            timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        }
        var setting = itimerspec(it_interval: time(interval), it_value: time(start))
        timerfd_settime(timer, timer_absolute, &setting, nil)
    }
}
