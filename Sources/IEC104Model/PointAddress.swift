/// Common address and information object address: what tells one data point from all others.
package struct PointAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The station.
    package var commonAddress: CommonAddress
    /// The object in it.
    package var informationObjectAddress: InformationObjectAddress

    package init(commonAddress: CommonAddress, informationObjectAddress: InformationObjectAddress) {
        self.commonAddress = commonAddress
        self.informationObjectAddress = informationObjectAddress
    }

    /// `commonAddress:informationObjectAddress`, both decimal.
    package var description: String { "\(commonAddress):\(informationObjectAddress)" }

    /// By common address, then by object.
    package static func < (left: PointAddress, right: PointAddress) -> Bool {
        left.combined < right.combined
    }

    /// Both addresses in one comparison.
    package static func == (left: PointAddress, right: PointAddress) -> Bool {
        left.combined == right.combined
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(combined)
    }

    var combined: UInt64 {
        UInt64(commonAddress.rawValue) << 32 | UInt64(informationObjectAddress.rawValue)
    }
}
