import Replay

/// What is to be seen in a capture.
struct CaptureContents {
    /// Type identifications and causes of transmission, of either direction.
    var types: Set<UInt8> = []
    var causes: Set<UInt8> = []
    /// What `check` finds.
    var rules: Set<Rule> = []

    /// What each of the repository's own is there to show, so that none loses it when it is recorded anew.
    static let promised: [String: CaptureContents] = {
        let events: Set<UInt8> = [30, 31, 32, 33, 34, 35, 36, 37]
        let states: Set<UInt8> = [1, 3, 5, 7, 9, 11, 13]
        let interrogation: Set<UInt8> = [6, 7, 10, 20]
        func family(_ types: Set<UInt8>, causes: Set<UInt8>) -> CaptureContents {
            CaptureContents(types: types, causes: causes.union([3, types.contains(15) ? 37 : 20]))
        }
        return [
            // Interrogations of the station and of groups 1...16, of counters and of their groups 1...4, a read.
            "simulator-connector": CaptureContents(
                types: events.union(states).union([15, 45, 70, 100, 101, 102]),
                causes: Set(20...41).union([3, 4, 5, 6, 7, 10])),
            "c104-connector": CaptureContents(
                types: events.union(states).union([70, 100]), causes: interrogation.union([3, 4])),
            "simulator-c104": CaptureContents(types: [1, 3, 5, 9, 11, 13, 45, 100], causes: interrogation),
            "conformance": CaptureContents(
                types: [100, 101, 102, 103, 107, 110, 128, 200], causes: [5, 44, 45, 46, 47],
                rules: [
                    .malformedAPDU, .malformedASDU, .sendNumber, .receiveNumber, .wrongState, .wrongDirection,
                    .illegalType, .illegalCause,
                ]),
            "busy-hour": CaptureContents(types: [1, 13, 30, 31, 35, 36], causes: interrogation.union([3])),
            "commands": CaptureContents(
                types: Set(45...51).union(58...64).union([30, 36]), causes: [3, 6, 7, 10, 11, 47]),
            "type-single-point": family([1, 30], causes: [2, 5, 11, 12]),
            "type-double-point": family([3, 31], causes: [2, 5, 11, 12]),
            "type-step-position": family([5, 32], causes: [2, 5, 11, 12]),
            "type-bitstring": family([7, 33], causes: [2, 5]),
            "type-normalized": family([9, 21, 34], causes: [1, 2, 5]),
            "type-scaled": family([11, 35], causes: [1, 2, 5]),
            "type-short-float": family([13, 36], causes: [1, 2, 5]),
            "type-counter": family([15, 37], causes: []),
            "type-packed-single-points": family([20], causes: [2, 5, 11, 12]),
        ]
    }()

    /// What is in a capture.
    static func read(_ path: String) throws -> CaptureContents {
        var contents = CaptureContents()
        var feed = try CaptureFeed(path: path)
        var check = CaptureCheck(CheckParameters())
        while let item = feed.next() {
            guard case .traffic(let events) = item else { continue }
            for event in events {
                contents.rules.formUnion(check.take(event).map(\.rule))
                guard case .apdu(let octets, .information) = event.content,
                    let identifier = DecodedUnit(apdu: octets).identifier
                else { continue }
                contents.types.insert(identifier.typeIdentification.rawValue)
                contents.causes.insert(identifier.cause.rawValue)
            }
        }
        return contents
    }
}
