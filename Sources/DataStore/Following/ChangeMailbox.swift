import NIOConcurrencyHelpers

/// Changes that were reported and wait to be read. However many reports come, it holds each key once.
final class ChangeMailbox: Sendable {
    /// What has changed.
    struct Changes: Sendable {
        var keys: Set<PointKey> = []
        /// Configuration or mapping.
        var documents = false
        /// Anything.
        var everything = false
        /// The whole database is gone: FLUSHALL. `documents` and `everything` are true as well.
        var isFlushed = false
        /// Nothing was reported; it is time to look whether there is anything new.
        var isPolled = false

        var isEmpty: Bool { keys.isEmpty && !documents && !everything && !isPolled }

        /// Adds what was taken and couldn't be read yet. Documents that came meanwhile are read first.
        mutating func putBack(_ changes: Changes) {
            keys.formUnion(changes.keys)
            everything = everything || changes.everything
            isFlushed = isFlushed || changes.isFlushed
        }
    }

    private struct State {
        var changes = Changes()
        var waiting: CheckedContinuation<Void, Never>?
        /// Documents are being read and handed on: from the beginning on, and whenever they have changed.
        var areDocumentsExpected = true
    }

    private let state = NIOLockedValueBox(State())

    /// Whether there are documents that haven't been handed on.
    var areDocumentsAwaited: Bool {
        state.withLockedValue { $0.areDocumentsExpected || $0.changes.documents }
    }

    /// Other documents were found without a report.
    func expectDocuments() {
        state.withLockedValue { $0.areDocumentsExpected = true }
    }

    /// All documents that were expected have been handed on.
    func documentsHandedOn() {
        state.withLockedValue { $0.areDocumentsExpected = false }
    }

    /// Notes changes.
    func note(_ update: (inout Changes) -> Void) {
        let waiting = state.withLockedValue { state in
            update(&state.changes)
            let waiting = state.waiting
            state.waiting = nil
            return waiting
        }
        waiting?.resume()
    }

    /// Waits for changes and takes them all. What it takes is empty only if the task was cancelled.
    func take() async -> Changes {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGo = state.withLockedValue { state in
                    guard state.changes.isEmpty, !Task.isCancelled else { return true }
                    state.waiting = continuation
                    return false
                }
                if mayGo { continuation.resume() }
            }
        } onCancel: {
            note { _ in }
        }
        return state.withLockedValue { state in
            let changes = state.changes
            state.changes = Changes()
            if changes.documents { state.areDocumentsExpected = true }
            return changes
        }
    }
}
