import Foundation
import Synchronization

/// Addresses of the loopback network, all of which Linux answers without being configured.
///
/// The IEC port range is fixed, so servers that run side by side differ by address instead.
package enum LoopbackAddress {
    /// Addresses of one process; the next one begins where this one ends.
    private static let addressesPerProcess = 1024
    private static let taken = Atomic<Int>(0)

    /// An address that nobody else uses: no other process of this machine that asks here, and no other caller in this
    /// process until about a thousand more have asked. Never in 127.0.0.x.
    package static func next() -> String {
        while true {
            let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
            let processID = Int(ProcessInfo.processInfo.processIdentifier)
            if let address = address(process: processID, number: number) { return address }
        }
    }

    /// Nil where the address would end in 0 or 255, which some programs take for a network or a broadcast.
    static func address(process: Int, number: Int) -> String? {
        // Block 0 would hold 127.0.0.x.
        let block = 1 + process % 16383
        let address = block * addressesPerProcess + number % addressesPerProcess
        let last = address & 0xFF
        guard last != 0, last != 0xFF else { return nil }
        return "127.\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(last)"
    }
}
