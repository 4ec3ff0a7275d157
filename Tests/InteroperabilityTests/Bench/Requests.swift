import TestSupport

/// Requests as ASDUs.
enum Requests {
    static func interrogation(_ commonAddress: String = "01 00", qualifier: String = "14") -> String {
        "64 01 06 00 \(commonAddress) 00 00 00 \(qualifier)"
    }

    static func counters(_ qualifier: String, _ commonAddress: String = "01 00") -> String {
        "65 01 06 00 \(commonAddress) 00 00 00 \(qualifier)"
    }

    static func read(_ objectAddress: String, _ commonAddress: String = "01 00") -> String {
        "66 01 05 00 \(commonAddress) \(objectAddress)"
    }

    static func clock(_ time: String, _ commonAddress: String = "01 00") -> String {
        "67 01 06 00 \(commonAddress) 00 00 00 \(time)"
    }

    static func reset(_ qualifier: String) -> String { "69 01 06 00 01 00 00 00 00 \(qualifier)" }

    /// The test command that the catalogue of cases uses.
    static let test = "6B 01 06 00 01 00 00 00 00 34 12 E8 03 1E 0C 2F 06 1A"

    /// The same with another cause octet: `07` for its confirmation.
    static func answer(_ request: String, _ cause: String) -> String {
        String(request.prefix(6)) + cause + String(request.dropFirst(8))
    }
}
