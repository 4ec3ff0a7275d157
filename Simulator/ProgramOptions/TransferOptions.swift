import ArgumentParser

/// k, w, t1, t2 and t3, which both ends of a link have, with the standard's defaults.
package struct TransferOptions: ParsableArguments {
    @Option(help: "Time-out of an acknowledgement or confirmation, 1...255 s.")
    package var t1 = 15

    @Option(help: "Longest delay of an acknowledgement, 1...255 s, below t1.")
    package var t2 = 10

    @Option(help: "Silence after which the line is tested, 1...172800 s.")
    package var t3 = 20

    @Option(help: "I frames sent without acknowledgement at most, 1...32767.")
    package var k = 12

    @Option(help: "I frames received until an acknowledgement is sent, 1...32767, at most k.")
    package var w = 8

    package init() {}

    package func validate() throws {
        for (name, value, range) in [
            ("t1", t1, 1...255), ("t2", t2, 1...255), ("t3", t3, 1...172_800), ("k", k, 1...32_767),
            ("w", w, 1...32_767),
        ] where !range.contains(value) {
            throw ValidationError("--\(name) is \(value), but must be in \(range.lowerBound)...\(range.upperBound)")
        }
        guard t2 < t1 else { throw ValidationError("--t2 (\(t2)) must be below --t1 (\(t1))") }
        guard w <= k else { throw ValidationError("--w (\(w)) must not be above --k (\(k))") }
    }
}
