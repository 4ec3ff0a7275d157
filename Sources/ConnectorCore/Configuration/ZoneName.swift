import Foundation

/// Tells the names of the IANA time zone database from what else the system takes for one.
enum ZoneName {
    /// The database's names without a slash. Other short words mean offsets (`GMT+1`) or have several meanings (`BST`).
    private static let plain: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GB-Eire", "GMT", "GMT+0", "GMT-0",
        "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya",
        "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK",
        "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
    ]

    static func isKnown(_ name: String) -> Bool {
        (name.contains("/") || plain.contains(name)) && TimeZone(identifier: name) != nil
    }
}
