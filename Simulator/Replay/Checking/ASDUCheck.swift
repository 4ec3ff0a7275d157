import IEC104Model

/// What can be said of an ASDU without knowing the others.
enum ASDUCheck {
    static func check(_ unit: DecodedUnit, _ direction: Direction, _ mark: FrameMark, into sink: inout FindingSink) {
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
}
