import ArgumentParser

/// k, w and timers of a link, with the standard's defaults.
struct LinkParameterOptions: ParsableArguments {
    @Option(help: "I frames that a station may send without acknowledgement, 1...32767.")
    var k = 12

    @Option(help: "I frames after which an acknowledgement is due, 1...32767, at most k.")
    var w = 8

    @Option(help: "Time-out of an acknowledgement or confirmation, 1...255 s.")
    var t1 = 15

    @Option(help: "Longest delay of an acknowledgement, 1...255 s, below t1.")
    var t2 = 10

    @Option(help: "Silence after which the line is tested, 1...172800 s.")
    var t3 = 20

    func validate() throws {
        for (name, value, range) in [
            ("k", k, 1...32_767), ("w", w, 1...32_767), ("t1", t1, 1...255), ("t2", t2, 1...255),
            ("t3", t3, 1...172_800),
        ] where !range.contains(value) {
            throw ValidationError("--\(name) is \(value), but must be in \(range.lowerBound)...\(range.upperBound)")
        }
        guard t2 < t1 else { throw ValidationError("--t2 (\(t2)) must be below --t1 (\(t1))") }
        guard w <= k else { throw ValidationError("--w (\(w)) must not be above --k (\(k))") }
    }
}
