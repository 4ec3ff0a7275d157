import IEC104Channel
import NIOCore

/// What a request is waiting for: judges ASDU by ASDU how far the answer has come. A value without I/O or clock.
package protocol ExchangeRecord: Sendable {
    /// Takes the next ASDU of the connection, whatever it is, and tells how things stand now.
    mutating func take(_ asdu: ReceivedASDU) -> ExchangeProgress
}

/// How far the answer to a request has come.
package enum ExchangeProgress: Hashable, Sendable {
    /// More is due.
    case waiting
    /// Everything has come if nothing that counts follows within this time.
    case doneAfterSilence(TimeAmount)
    /// The ASDU doesn't belong to the answer; the silence goes on.
    case unrelated
    /// Everything has come.
    case done
}

/// How an exchange ended.
enum ExchangeEnd: Hashable, Sendable {
    case done
    case timedOut
    case closed(LinkCloseReason)
}

/// An exchange under way. Confined to the event loop of the connection.
protocol ExchangeParticipant: AnyObject {
    func received(_ asdu: ReceivedASDU)
    func closed(_ reason: LinkCloseReason)
}

/// Keeps the times of one request and its answer.
final class Exchange<Record: ExchangeRecord>: ExchangeParticipant {
    struct Outcome: Sendable {
        let record: Record
        let end: ExchangeEnd
        /// From the request to the end; the silence that tells a complete answer isn't part of it.
        let duration: TimeAmount
    }

    private var record: Record
    private let eventLoop: any EventLoop
    private let start: NIODeadline
    private let promise: EventLoopPromise<Outcome>
    private var limit: Scheduled<Void>?
    private var silence: Scheduled<Void>?
    private var isOver = false

    /// - Parameter promise: told how it ended; if it is failed from outside, `stop` has to be called.
    init(_ record: Record, timeout: TimeAmount, eventLoop: any EventLoop, promise: EventLoopPromise<Outcome>) {
        self.record = record
        self.eventLoop = eventLoop
        self.promise = promise
        start = eventLoop.now
        limit = eventLoop.assumeIsolated().scheduleTask(in: timeout) { [weak self] in self?.end(.timedOut) }
    }

    func received(_ asdu: ReceivedASDU) {
        guard !isOver else { return }
        switch record.take(asdu) {
        case .unrelated: break
        case .waiting:
            silence?.cancel()
            silence = nil
        case .doneAfterSilence(let time):
            silence?.cancel()
            let now = eventLoop.now
            silence = eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.end(.done, at: now) }
        case .done: end(.done)
        }
    }

    func closed(_ reason: LinkCloseReason) {
        end(.closed(reason))
    }

    /// Nobody waits any more.
    func stop() {
        isOver = true
        limit?.cancel()
        silence?.cancel()
    }

    private func end(_ end: ExchangeEnd, at time: NIODeadline? = nil) {
        guard !isOver else { return }
        stop()
        promise.succeed(Outcome(record: record, end: end, duration: (time ?? eventLoop.now) - start))
    }
}
