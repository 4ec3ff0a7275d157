/// Why an ASDU is sent: bits 1...6 of the first octet of the cause of transmission (IEC 60870-5-101, 7.2.3).
package struct CauseOfTransmission: RawRepresentable, Hashable, Sendable {
    /// 0...63; the bits P/N and test of the octet are not part of it.
    package let rawValue: UInt8

    /// Takes the lower six bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue & 0x3F
    }

    /// Written out because the one that `RawRepresentable` brings isn't specialised across modules.
    @inlinable
    package static func == (left: CauseOfTransmission, right: CauseOfTransmission) -> Bool {
        left.rawValue == right.rawValue
    }

    package static let periodic = CauseOfTransmission(rawValue: 1)
    package static let background = CauseOfTransmission(rawValue: 2)
    package static let spontaneous = CauseOfTransmission(rawValue: 3)
    package static let initialized = CauseOfTransmission(rawValue: 4)
    package static let request = CauseOfTransmission(rawValue: 5)
    package static let activation = CauseOfTransmission(rawValue: 6)
    package static let activationConfirmation = CauseOfTransmission(rawValue: 7)
    package static let deactivation = CauseOfTransmission(rawValue: 8)
    package static let deactivationConfirmation = CauseOfTransmission(rawValue: 9)
    package static let activationTermination = CauseOfTransmission(rawValue: 10)
    package static let returnInformationRemote = CauseOfTransmission(rawValue: 11)
    package static let returnInformationLocal = CauseOfTransmission(rawValue: 12)
    package static let fileTransfer = CauseOfTransmission(rawValue: 13)
    package static let interrogatedByStation = CauseOfTransmission(rawValue: 20)
    package static let requestedByGeneralCounter = CauseOfTransmission(rawValue: 37)
    package static let unknownType = CauseOfTransmission(rawValue: 44)
    package static let unknownCause = CauseOfTransmission(rawValue: 45)
    package static let unknownCommonAddress = CauseOfTransmission(rawValue: 46)
    package static let unknownInformationObjectAddress = CauseOfTransmission(rawValue: 47)

    /// 21...36 for the groups 1...16; other numbers are brought into that range.
    package static func interrogatedByGroup(_ group: Int) -> CauseOfTransmission {
        CauseOfTransmission(rawValue: UInt8(20 + min(max(group, 1), 16)))
    }

    /// 38...41 for the counter groups 1...4; other numbers are brought into that range.
    package static func requestedByCounterGroup(_ group: Int) -> CauseOfTransmission {
        CauseOfTransmission(rawValue: UInt8(37 + min(max(group, 1), 4)))
    }
}

extension CauseOfTransmission: CustomStringConvertible {
    private static let names: [(UInt8, String)] =
        [
            (1, "periodic"), (2, "background"), (3, "spontaneous"), (4, "initialized"), (5, "request"),
            (6, "activation"), (7, "activation-confirmation"), (8, "deactivation"), (9, "deactivation-confirmation"),
            (10, "activation-termination"), (11, "return-information-remote"), (12, "return-information-local"),
            (13, "file-transfer"), (20, "interrogated-by-station"),
        ] + (1...16).map { (UInt8(20 + $0), "interrogated-by-group-\($0)") }
        + [(37, "requested-by-general-counter")] + (1...4).map { (UInt8(37 + $0), "requested-by-counter-group-\($0)") }
        + [
            (44, "unknown-type"), (45, "unknown-cause"), (46, "unknown-common-address"),
            (47, "unknown-information-object-address"),
        ]
    private static let namesByNumber = Dictionary(uniqueKeysWithValues: names)
    private static let numbersByName = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })

    /// Lower-case words joined by hyphens, `"spontaneous"`; nil for numbers without a meaning.
    package var name: String? { Self.namesByNumber[rawValue] }

    /// Nil for a name that doesn't exist.
    package init?(name: String) {
        guard let number = Self.numbersByName[name.lowercased()] else { return nil }
        self.init(rawValue: number)
    }

    package var description: String { name ?? "cause \(rawValue)" }
}
