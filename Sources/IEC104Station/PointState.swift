import IEC104Model

/// A point as the image holds it: definition and current value side by side, without references.
struct PointState {
    struct Flags: OptionSet {
        let rawValue: UInt16
        /// The slot holds a point; clear in a slot that waits to be used again.
        static let served = Flags(rawValue: 1 << 0)
        /// A value has been received.
        static let known = Flags(rawValue: 1 << 1)
        /// `timestamp` comes from the source.
        static let sourceTimestamp = Flags(rawValue: 1 << 2)
        /// The value came as state, not as event.
        static let fromState = Flags(rawValue: 1 << 3)
        /// The source holds a state of the point, so that its removal means something.
        static let hasState = Flags(rawValue: 1 << 4)
        /// The source is out of reach: NT is shown besides the value's own quality.
        static let sourceLost = Flags(rawValue: 1 << 5)
        /// A value sent as state waits for the same one to come as event.
        static let awaitsTwin = Flags(rawValue: 1 << 6)
        /// The point has a deadband.
        static let deadband = Flags(rawValue: 1 << 7)
        /// It is a counter, which counter interrogations ask for and others don't.
        static let counter = Flags(rawValue: 1 << 8)
    }

    var address: PointAddress
    var type: TypeIdentification
    /// `type` without its time tag, as interrogation answers carry it.
    var interrogationType: TypeIdentification
    var groups: InterrogationGroups
    var flags: Flags
    var counterGroup: UInt8
    var cause: CauseOfTransmission
    var information: ProcessInformation
    var timestamp: Int64

    init(_ definition: PointDefinition) {
        address = definition.address
        type = definition.type
        interrogationType = definition.type.withoutTimeTag
        groups = definition.groups
        counterGroup = definition.counterGroup
        flags = definition.deadband == nil ? .served : [.served, .deadband]
        if interrogationType == .M_IT_NA_1 { flags.insert(.counter) }
        cause = .spontaneous
        information = ProcessInformation(value: .initial(for: definition.type), quality: [.invalid, .notTopical])
        timestamp = 0
    }

    /// Takes over a changed definition. The value survives where the type stays within its family.
    mutating func redefine(_ definition: PointDefinition) {
        let fresh = PointState(definition)
        guard fresh.interrogationType == interrogationType else {
            self = fresh
            return
        }
        type = fresh.type
        groups = fresh.groups
        counterGroup = fresh.counterGroup
        flags.formSymmetricDifference(flags.symmetricDifference(fresh.flags).intersection(.deadband))
    }

    /// Takes a value over.
    mutating func take(_ update: PointUpdate) {
        information = update.information
        cause = update.cause
        timestamp = update.timestamp
        flags.remove([.fromState, .sourceLost, .sourceTimestamp])
        flags.formUnion(update.hasSourceTimestamp ? [.known, .sourceTimestamp] : .known)
    }

    /// True if a state says nothing that the point doesn't show already. A state without a time of its own is a new one
    /// only if something else in it is.
    func isUnchanged(by update: PointUpdate) -> Bool {
        guard information.value == update.information.value, information.quality == update.information.quality,
            cause == update.cause
        else { return false }
        guard update.hasSourceTimestamp else { return true }
        return flags.contains(.sourceTimestamp) && timestamp == update.timestamp
    }

    /// True if what the point shows was sent as a dated state whose event hasn't come.
    var awaitsOwnEvent: Bool { flags.isSuperset(of: [.awaitsTwin, .fromState, .sourceTimestamp]) }

    /// True if the source dated both, and the point's value is the later one.
    func isNewer(than update: PointUpdate) -> Bool {
        flags.contains(.sourceTimestamp) && update.hasSourceTimestamp && timestamp > update.timestamp
    }

    /// What goes on the wire now, other than as an event.
    var current: ProcessInformation {
        var current = information
        if flags.contains(.sourceLost) { current.quality.insert(.notTopical) }
        if case .packedSinglePoints(var points) = current.value {
            // A change is reported once, by its event.
            points.changeDetected = 0
            current.value = .packedSinglePoints(points)
        }
        return current
    }
}

extension ProcessValue {
    /// The value that stands in for one never received: zero, off or intermediate.
    static func initial(for type: TypeIdentification) -> ProcessValue {
        switch type.withoutTimeTag {
        case .M_SP_NA_1: .singlePoint(false)
        case .M_DP_NA_1: .doublePoint(.intermediate)
        case .M_ST_NA_1: .stepPosition(0, transient: false)
        case .M_BO_NA_1: .bitstring(0)
        case .M_ME_NA_1, .M_ME_ND_1: .normalized(NormalizedValue(rawValue: 0))
        case .M_ME_NB_1: .scaled(0)
        case .M_IT_NA_1: .integratedTotals(BinaryCounterReading(value: 0))
        case .M_PS_NA_1: .packedSinglePoints(StatusChangeDetection(status: 0, changeDetected: 0))
        default: .shortFloat(0)
        }
    }
}
