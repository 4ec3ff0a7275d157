import NIOConcurrencyHelpers
import NIOCore

/// The place in the input stream, for the reader that moves it and for those who wait for it to get somewhere.
/// It survives connections.
final class InputPlace: Sendable {
    /// How a wait for the reader has ended.
    enum Outcome {
        /// Everything has been delivered.
        case reached
        /// What comes next waits for documents.
        case waitsForDocuments
        case takesLong
    }

    private struct Waiter {
        let number: Int
        let id: StreamID
        let promise: EventLoopPromise<Outcome>
    }

    private struct State {
        var place: StreamPlace?
        /// The stream that the reader is busy with.
        var readStream: String?
        var readerID: Int?
        var reader: CheckedContinuation<Void, Never>?
        /// The reader, while it waits for documents.
        var documents: CheckedContinuation<Void, Never>?
        var waiters: [Waiter] = []
        var lastNumber = 0

        /// Takes those who wait for nothing any more.
        mutating func satisfied() -> [Waiter] {
            guard let position = place?.id, !waiters.isEmpty else { return [] }
            let satisfied = waiters.filter { $0.id <= position }
            waiters.removeAll { $0.id <= position }
            return satisfied
        }
    }

    private let state = NIOLockedValueBox(State())

    /// The stream that is to be read; nil if none is yet.
    var stream: String? { state.withLockedValue { $0.place?.name } }

    /// Whether it is known how many entries there had been at the place.
    var isCounted: Bool { state.withLockedValue { $0.place?.added != nil } }

    /// The place as it is now.
    var current: StreamPlace? { state.withLockedValue { $0.place } }

    /// Reads another stream from now on.
    func begin(_ place: StreamPlace) {
        let (readers, satisfied) = state.withLockedValue { state in
            let readers = [state.reader, state.documents]
            (state.place, state.reader, state.documents) = (place, nil, nil)
            return (readers, state.satisfied())
        }
        for reader in readers { reader?.resume() }
        for waiter in satisfied { waiter.promise.succeed(.reached) }
    }

    // MARK: The reader's side

    /// What is to be read next, when there is something; nil if the task was cancelled.
    func next() async -> (stream: String, after: StreamID)? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGo = state.withLockedValue { state in
                    guard state.place == nil, !Task.isCancelled else { return true }
                    state.reader = continuation
                    return false
                }
                if mayGo { continuation.resume() }
            }
        } onCancel: {
            let reader = state.withLockedValue { state in
                let reader = state.reader
                state.reader = nil
                return reader
            }
            reader?.resume()
        }
        guard !Task.isCancelled else { return nil }
        return state.withLockedValue { state in
            state.readStream = state.place?.name
            return state.place.map { ($0.name, $0.id) }
        }
    }

    /// Changes the place, unless the reader was sent to another stream meanwhile.
    @discardableResult
    func update<Result>(_ stream: String, _ change: (inout StreamPlace) -> Result) -> Result? {
        let (result, satisfied) = state.withLockedValue { state -> (Result?, [Waiter]) in
            guard var place = state.place, place.name == stream else { return (nil, []) }
            // Held once only, so that what it remembers is changed and not copied.
            state.place = nil
            let result = change(&place)
            state.place = place
            return (result, state.satisfied())
        }
        for waiter in satisfied { waiter.promise.succeed(.reached) }
        return result
    }

    /// Waits for `documentsHandedOn`, unless nothing is awaited any more, another stream is to be read, or the task is
    /// cancelled.
    func waitForDocuments(of stream: String, areAwaited: () -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiters = state.withLockedValue { state -> [Waiter]? in
                    guard areAwaited(), state.place?.name == stream, !Task.isCancelled else { return nil }
                    state.documents = continuation
                    defer { state.waiters = [] }
                    return state.waiters
                }
                guard let waiters else { return continuation.resume() }
                for waiter in waiters { waiter.promise.succeed(.waitsForDocuments) }
            }
        } onCancel: {
            documentsHandedOn()
        }
    }

    /// The reader has begun or ended.
    ///
    /// - Parameter id: its connection, as the server numbers it; nil if it doesn't say or has ended.
    func reader(is id: Int?) {
        state.withLockedValue { ($0.readStream, $0.readerID) = (nil, id) }
    }

    /// The reader's connection, as the server numbers it.
    var readerID: Int? { state.withLockedValue { $0.readerID } }

    /// True while the reader is busy with another stream than the one that is to be read.
    var isReadingAnother: Bool {
        state.withLockedValue { $0.readStream != nil && $0.readStream != $0.place?.name }
    }

    // MARK: The others' side

    /// Documents are in force that the reader may have waited for.
    func documentsHandedOn() {
        let reader = state.withLockedValue { state in
            defer { state.documents = nil }
            return state.documents
        }
        reader?.resume()
    }

    /// Returns when everything up to `id` has been delivered, when the reader waits for documents, or after `patience`.
    func wait(for id: StreamID, patience: TimeAmount, on eventLoop: any EventLoop) async -> Outcome {
        let promise = eventLoop.makePromise(of: Outcome.self)
        let (outcome, number) = state.withLockedValue { state -> (Outcome?, Int) in
            if let position = state.place?.id, position >= id { return (.reached, 0) }
            if state.documents != nil { return (.waitsForDocuments, 0) }
            state.lastNumber += 1
            state.waiters.append(Waiter(number: state.lastNumber, id: id, promise: promise))
            return (nil, state.lastNumber)
        }
        if let outcome {
            promise.succeed(outcome)
            return outcome
        }
        let timeout = eventLoop.scheduleTask(in: patience) { self.giveUp(number) }
        let reached = try? await promise.futureResult.get()
        timeout.cancel()
        return reached ?? .takesLong
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLockedValue { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.promise.succeed(.takesLong)
    }
}
