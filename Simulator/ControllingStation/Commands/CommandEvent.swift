import IEC104Model

/// Something that happened to a command.
package struct CommandEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// This end has sent the request.
        case sent
        /// Positive confirmation.
        case confirmed
        /// Negative confirmation.
        case refused
        /// Sent back with a cause of 44...47: type, cause, common address or object address mean nothing to the station.
        case unknown
        /// Positive termination: it has been carried out.
        case terminated
        /// Negative termination.
        case failed
        /// A monitored point has changed because of a command (cause 11 or 12), not necessarily of this one.
        case returnInformation = "return-information"
        /// The command came back in a way that answers nothing: a second confirmation, say.
        case unexpected
    }

    package let kind: Kind
    /// What was sent or received.
    package let asdu: ASDU
    /// False for an answer with another value, qualifier, time tag, originator address or test bit than the request has.
    package let isMirrored: Bool
    /// When, in milliseconds since 1970 UTC.
    package let millisecondsSince1970: Int64

    package init(_ kind: Kind, _ asdu: ASDU, isMirrored: Bool = true, at millisecondsSince1970: Int64) {
        self.kind = kind
        self.asdu = asdu
        self.isMirrored = isMirrored
        self.millisecondsSince1970 = millisecondsSince1970
    }
}
