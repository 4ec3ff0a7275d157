import NIOCore

/// The common address of ASDUs: the station, or part of a station, that an ASDU belongs to. Two octets, low one first
/// (IEC 60870-5-101, 7.2.4; fixed to two octets by IEC 60870-5-104).
package struct CommonAddress: RawRepresentable, Hashable, Comparable, Sendable {
    /// 1...65534; 0 is not used, 65535 is the broadcast address.
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// All stations: allowed for C_IC, C_CI, C_CS and C_RP in control direction only.
    package static let broadcast = CommonAddress(rawValue: 65535)

    /// Written out because the one that `RawRepresentable` brings isn't specialised across modules.
    @inlinable
    package static func == (left: CommonAddress, right: CommonAddress) -> Bool {
        left.rawValue == right.rawValue
    }

    package static func < (left: CommonAddress, right: CommonAddress) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension CommonAddress: ExpressibleByIntegerLiteral, CustomStringConvertible {
    package init(integerLiteral value: UInt16) {
        self.init(rawValue: value)
    }

    package var description: String { String(rawValue) }
}
