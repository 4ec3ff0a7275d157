import ControllingStation
import IEC104Model
import Presentation

extension ShellCommand {
    /// What `ci` does.
    private enum CounterAction: String, CaseIterable {
        case read, freeze, freezeReset = "freeze-reset", reset

        /// FRZ.
        var freeze: UInt8 {
            switch self {
            case .read: 0
            case .freeze: 1
            case .freezeReset: 2
            case .reset: 3
            }
        }
    }

    /// Which steps `cmd` sends.
    private enum StepWord: String, CaseIterable {
        case select, execute, cancel, sbo

        var steps: [CommandStep] {
            switch self {
            case .select: [.select]
            case .execute: [.execute]
            case .cancel: [.cancel]
            case .sbo: [.select, .execute]
            }
        }
    }

    /// Octets of one raw line at most.
    private static let maximumRaw = 4096
    /// Seconds of one wait at most.
    private static let maximumWait = 86_400.0

    /// Reads a line. Nil for one that is empty or a comment (`#`).
    ///
    /// - Throws: `ShellFault` that says what is expected.
    init?(line: String) throws(ShellFault) {
        let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return nil }
        let verb = try ShellVerb(word: first)
        self = try Self.command(verb, Array(words.dropFirst()))
    }

    private static func command(_ verb: ShellVerb, _ words: [String]) throws(ShellFault) -> ShellCommand {
        switch verb {
        case .gi: return try interrogation(words)
        case .ci: return try counters(words)
        case .cmd: return try command(words)
        case .clock:
            let arguments = try ShellArguments(words, of: verb, options: ["ca"])
            try arguments.end()
            return .clock(try arguments.commonAddress())
        default: break
        }
        var arguments = try ShellArguments(words, of: verb)
        let command: ShellCommand
        switch verb {
        case .read: command = .read(try arguments.pointAddress())
        case .raw: command = .raw(try arguments.octets(maximum: maximumRaw))
        case .asdu: command = .asdu(try arguments.octets(maximum: ASDU.maximumSize))
        case .wait: command = .wait(try time(&arguments))
        case .show: command = .show(try detail(&arguments))
        case .help: command = .help(arguments.next())
        case .startdt: command = .startDataTransfer
        case .stopdt: command = .stopDataTransfer
        case .testfr: command = .test
        case .status: command = .status
        case .connect: command = .connect
        case .disconnect: command = .disconnect
        default: command = .quit
        }
        try arguments.end()
        return command
    }

    private static func interrogation(_ words: [String]) throws(ShellFault) -> ShellCommand {
        var arguments = try ShellArguments(words, of: .gi, options: ["ca"])
        var qualifier = QualifierOfInterrogation.station
        if let word = arguments.next() { qualifier = .group(try arguments.number(word, "the group", 1...16)) }
        try arguments.end()
        return .interrogate(.process(qualifier), try arguments.commonAddress())
    }

    private static func counters(_ words: [String]) throws(ShellFault) -> ShellCommand {
        var arguments = try ShellArguments(words, of: .ci, options: ["ca"])
        let action = arguments.takeAny(of: CounterAction.self) ?? .read
        var request: UInt8 = 5
        if let word = arguments.next() { request = UInt8(try arguments.number(word, "the group", 1...4)) }
        try arguments.end()
        let qualifier = QualifierOfCounterInterrogation(rawValue: action.freeze << 6 | request)
        return .interrogate(.counters(qualifier), try arguments.commonAddress())
    }

    private static func command(_ words: [String]) throws(ShellFault) -> ShellCommand {
        var arguments = try ShellArguments(words, of: .cmd, options: ["q", "oa"])
        let isTest = arguments.takeFlag("test")
        let steps = (arguments.takeAny(of: StepWord.self) ?? .execute).steps
        let name = try arguments.next("TYPE")
        let known = UInt8(name).map(TypeIdentification.init) ?? TypeIdentification(mnemonic: name)
        guard let type = known, type.isCommand else {
            throw arguments.fault("\"\(name)\" is no type of command: 45...51 or 58...64 or a name such as C_SC_NA_1")
        }
        let address = try arguments.pointAddress()
        let text = try arguments.next("VALUE")
        try arguments.end()
        let value: CommandValue
        do throws(CommandValue.Fault) { value = try CommandValue(text, type: type) } catch {
            throw ShellFault(error.description)
        }
        var command = Command(address: address, value: value)
        let largest = value.largestQualifier
        if let qualifier = try arguments.number("q", 0...Int(largest)) { command.qualifier = UInt8(qualifier) }
        if let originator = try arguments.number("oa", 0...255) { command.originatorAddress = UInt8(originator) }
        command.isTest = isTest
        guard steps == [.execute] || type.withoutTimeTag != .C_BO_NA_1 else {
            throw ShellFault("a bitstring (\(type)) can't be selected")
        }
        return .command(command, type: type, steps)
    }

    private static func time(_ arguments: inout ShellArguments) throws(ShellFault) -> Duration {
        let text = try arguments.next("SECONDS")
        guard let seconds = Double(text), seconds >= 0, seconds <= maximumWait else {
            throw arguments.fault("\"\(text)\": 0...\(Int(maximumWait)) seconds are expected, such as 2.5")
        }
        return .seconds(seconds)
    }

    private static func detail(_ arguments: inout ShellArguments) throws(ShellFault) -> ShellDetail {
        let word = try arguments.next("what to show")
        guard let detail = ShellDetail(rawValue: word.lowercased()) else {
            let hint = NearestWord.hint(for: word, among: ShellDetail.allCases.map(\.rawValue))
            throw arguments.fault("unknown \"\(word)\"\(hint)")
        }
        return detail
    }
}
