import Presentation

/// The first word of a line.
enum ShellVerb: String, CaseIterable, Sendable {
    case startdt, stopdt, testfr, gi, ci, read, clock, cmd, raw, asdu, wait, show, status, connect, disconnect, help,
        quit

    /// What else may be written for it.
    private static let others: [String: ShellVerb] = ["exit": .quit, "?": .help, "command": .cmd, "interrogate": .gi]

    /// - Throws: `ShellFault` that names the nearest one.
    init(word: String) throws(ShellFault) {
        let word = word.lowercased()
        guard let verb = Self(rawValue: word) ?? Self.others[word] else {
            let hint = NearestWord.hint(for: word, among: Self.allCases.map(\.rawValue))
            throw ShellFault("unknown command \"\(word)\"\(hint)")
        }
        self = verb
    }

    /// The form of the line.
    var usage: String {
        switch self {
        case .gi: "gi [GROUP] [ca=N]"
        case .ci: "ci [GROUP] [read|freeze|freeze-reset|reset] [ca=N]"
        case .read: "read CA:IOA"
        case .clock: "clock [ca=N]"
        case .cmd: "cmd TYPE CA:IOA VALUE [select|execute|cancel|sbo] [q=N] [oa=N] [test]"
        case .raw: "raw OCTETS"
        case .asdu: "asdu OCTETS"
        case .wait: "wait SECONDS"
        case .show: "show values|frames|octets|nothing"
        case .help: "help [COMMAND]"
        default: rawValue
        }
    }

    /// What it does, in a few words.
    var summary: String {
        switch self {
        case .startdt: "start data transfer"
        case .stopdt: "stop data transfer"
        case .testfr: "test the line"
        case .gi: "interrogate the station or a group"
        case .ci: "interrogate or freeze counters"
        case .read: "read a point"
        case .clock: "synchronize the clock"
        case .cmd: "command an object"
        case .raw: "send octets as they are"
        case .asdu: "send octets as the ASDU of an I frame"
        case .wait: "only show what arrives, for a while"
        case .show: "choose what is shown of the traffic"
        case .status: "tell the state of the connection"
        case .connect: "connect again"
        case .disconnect: "end the connection, without STOPDT"
        case .help: "explain the commands"
        case .quit: "end"
        }
    }

    /// What there is to know about it; a line each.
    var details: [String] {
        switch self {
        case .startdt: ["Sends STARTDT act; its confirmation has to come within t1.", "A new connection is stopped."]
        case .stopdt: ["Sends STOPDT act; its confirmation has to come within t1."]
        case .testfr: ["Sends TESTFR act; its confirmation has to come within t1."]
        case .gi:
            [
                "C_IC_NA_1 to all common addresses (65535), or to one: the whole answer has to come.",
                "GROUP is 1...16.", "gi            gi 3            gi ca=1            gi 3 ca=1",
            ]
        case .ci:
            [
                "C_CI_NA_1 to all common addresses (65535), or to one. GROUP is 1...4.",
                "Read waits for the whole answer, the others for the confirmation.",
                "ci            ci 2 freeze            ci freeze-reset ca=1",
            ]
        case .read: ["C_RD_NA_1: the point has to come with cause 5.", "read 1:1001"]
        case .clock:
            ["C_CS_NA_1 with the time of this machine in UTC, to be confirmed.", "clock            clock ca=1"]
        case .cmd:
            [
                "Types 45...51, and 58...64 with the time of sending; a number or a name such as C_SC_NA_1.",
                "Executes, unless it says select, cancel, or sbo: select, then execute.",
                "A single, double or step command has to be confirmed and terminated, others to be confirmed.",
                "VALUE: on, off; higher, lower; a number; 0x... for bitstrings. q: QU or QL. oa: originator address.",
                "cmd 45 1:5 on            cmd C_SE_NC_1 1:7 -12.5 oa=3            cmd 46 1:6 off sbo",
            ]
        case .raw:
            [
                "Hexadecimal. The link of this end knows nothing of it: it counts no number and starts no timer.",
                "show frames shows what comes of it.", "raw 68 04 43 00 00 00",
            ]
        case .asdu:
            [
                "Hexadecimal, at most 249 octets. N(S) and N(R) are put before it.",
                "asdu 64 01 06 00 01 00 00 00 00 14",
            ]
        case .wait: ["wait 2.5"]
        case .show:
            [
                "values: the information objects that arrive. frames: the APDUs of both directions.",
                "octets: the same in hexadecimal as well. nothing: only what commands tell.",
            ]
        case .connect: ["To the same station, with data transfer stopped."]
        case .status, .disconnect, .help, .quit: []
        }
    }

    /// Explains one command, or lists all.
    static func help(_ word: String?) throws(ShellFault) -> String {
        if let word {
            let verb = try ShellVerb(word: word)
            return (["\(verb.usage): \(verb.summary)"] + verb.details.map { "  " + $0 }).joined(separator: "\n")
        }
        let width = allCases.map(\.rawValue.count).max() ?? 0
        return allCases.map { verb in
            verb.rawValue + String(repeating: " ", count: width - verb.rawValue.count + 2) + verb.summary
        }.joined(separator: "\n") + "\nhelp COMMAND tells more. CA:IOA is common address and object address, 1:1001."
    }
}
