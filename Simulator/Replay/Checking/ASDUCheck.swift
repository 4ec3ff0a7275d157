import IEC104Model

/// What can be said of an ASDU without knowing the others.
enum ASDUCheck {
    static func check(_ unit: DecodedUnit, _ direction: Direction, _ mark: FrameMark, into sink: inout FindingSink) {
        // A request that isn't understood is sent back as it came: what is wrong with it is the other station's.
        guard !isRefusal(unit, direction) else { return }
        if let fault = unit.fault { sink.add(.malformedASDU, direction, mark, "\(fault)") }
        guard let identifier = unit.identifier, identifier.typeIdentification.isDefined else { return }
        let (type, cause) = (identifier.typeIdentification, identifier.cause)
        if CauseTable.isLeftOut(type) {
            return sink.add(.illegalType, direction, mark, "\(type) is not used in IEC 60870-5-104")
        }
        if CauseTable.causes(of: type, direction).isEmpty {
            let sender = direction == .monitor ? "controlled" : "controlling"
            return sink.add(.wrongDirection, direction, mark, "\(type) from the \(sender) station")
        }
        guard !CauseTable.allows(cause, of: type, direction) else { return }
        if direction == .monitor, (30...40).contains(type.rawValue), (20...36).contains(cause.rawValue) {
            sink.add(.timeTagInInterrogation, direction, mark, "\(type) with cause \(cause.rawValue) (\(cause))")
        } else {
            sink.add(.illegalCause, direction, mark, "\(type) with cause \(cause.rawValue) (\(cause))")
        }
    }

    /// True for an ASDU that a controlled station sends back because it knows its type, cause or addresses not.
    private static func isRefusal(_ unit: DecodedUnit, _ direction: Direction) -> Bool {
        guard direction == .monitor, let identifier = unit.identifier else { return false }
        return identifier.isNegative && (44...47).contains(identifier.cause.rawValue)
    }
}
