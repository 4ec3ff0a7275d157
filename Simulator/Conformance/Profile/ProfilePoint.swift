import IEC104Model

/// A monitored point of the station under test.
package struct ProfilePoint: Hashable, Sendable {
    package var commonAddress: Int
    package var objectAddress: Int
    /// The type of live updates.
    package var type: TypeIdentification
    /// Interrogation groups 1...16.
    package var groups: [Int] = []
    /// Counter group 1...4; nil for none.
    package var counterGroup: Int?
    /// Seconds between cyclic transmissions; nil for none.
    package var periodic: Int?
    /// Seconds between background scans; nil for none.
    package var background: Int?
    /// Changes up to this aren't sent; nil sends all.
    package var deadband: Double?

    package init(
        _ commonAddress: Int, _ objectAddress: Int, _ type: TypeIdentification, periodic: Int? = nil,
        background: Int? = nil, deadband: Double? = nil
    ) {
        self.commonAddress = commonAddress
        self.objectAddress = objectAddress
        self.type = type
        self.periodic = periodic
        self.background = background
        self.deadband = deadband
    }

    /// True for integrated totals, which no interrogation reports.
    package var isCounter: Bool { type.withoutTimeTag == .M_IT_NA_1 }

    /// True for a point without behaviour of its own: it is sent only when it changes.
    package var isPlain: Bool { periodic == nil && background == nil && deadband == nil }

    package var address: PointAddress {
        PointAddress(
            commonAddress: CommonAddress(rawValue: UInt16(clamping: commonAddress)),
            informationObjectAddress: InformationObjectAddress(rawValue: UInt32(clamping: objectAddress))
                ?? .irrelevant)
    }
}

/// A command point of the station under test.
package struct ProfileCommand: Hashable, Sendable {
    /// How it has to be operated.
    package enum Operation: String, CaseIterable, Sendable {
        case direct, select
    }

    package var commonAddress: Int
    package var objectAddress: Int
    /// 45...51.
    package var type: TypeIdentification
    package var operation: Operation = .direct
    /// Always refused.
    package var isRefused = false
    /// The process behind the station confirms it, which the bench plays where it can.
    package var isConfirmedByProcess = false
    /// Confirmed, but what it does always fails.
    package var fails = false
    /// Seconds until the termination of a slow output.
    package var duration: Double?
    /// The object address of the return information; nil for none.
    package var returns: Int?
    /// The largest value taken; nil for no limit.
    package var maximum: Double?

    package init(_ commonAddress: Int, _ objectAddress: Int, _ type: TypeIdentification) {
        self.commonAddress = commonAddress
        self.objectAddress = objectAddress
        self.type = type
    }

    /// True for a command that the station itself takes and carries out at once, whatever its value.
    package var isPlain: Bool { !isRefused && !fails && !isConfirmedByProcess && duration == nil && maximum == nil }
}
