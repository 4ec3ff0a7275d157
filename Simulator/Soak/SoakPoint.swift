import DataStore

/// A point of a soak run, a bitstring of 32 bits with time tag. Its values are the numbers of its updates.
package struct SoakPoint: Hashable, Sendable {
    /// The ways in which updates reach the connector.
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// The input stream: every update is an event.
        case event
        /// Image key and input stream in one transaction: an event too, which must not come twice.
        case paired
        /// The input stream, without a time. The image key was written once, in the beginning, and must not come back.
        case undated
        /// The image key, a string or a hash: a state. An update may be passed over if the next one follows closely.
        case state
    }

    /// All of them are in this common address.
    package static let commonAddress: UInt16 = 1
    private static let countPerKind = 12
    private static let base: [Kind: UInt32] = [.event: 1000, .paired: 2000, .state: 3000, .undated: 4000]

    /// The points whose updates are balanced.
    package static let all = Kind.allCases.flatMap { kind in
        (0..<UInt32(countPerKind)).map { SoakPoint(kind: kind, objectAddress: base[kind, default: 0] + $0) }
    }

    /// By object address.
    package static let byAddress = Dictionary(uniqueKeysWithValues: all.map { ($0.objectAddress, $0) })

    /// How its updates are written.
    package let kind: Kind
    /// The information object address.
    package let objectAddress: UInt32

    /// The image key.
    var key: String { PointKey(commonAddress: Self.commonAddress, objectAddress: objectAddress).description }
    /// True if the image key is a hash.
    var isHash: Bool { kind == .state && objectAddress % 2 == 1 }
}
