import Synchronization
import TestBench

/// Loopback addresses to connect from, used in turn: the station under test sees many hosts, and the addresses that
/// servers of the bench listen on are left alone.
package final class SourceAddresses: Sendable {
    private static let count = 200
    private let addresses: [String]
    private let taken = Atomic<Int>(0)

    package init() {
        addresses = (0..<Self.count).map { _ in LoopbackAddress.next() }
    }

    package func next() -> String {
        addresses[taken.wrappingAdd(1, ordering: .relaxed).oldValue % addresses.count]
    }
}
