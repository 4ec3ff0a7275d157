import ControllingStation
import IEC104Model
import NIOCore
import StationMonitor
import Yams

/// One step as the file has it.
struct StepSource {
    /// What a step asks for.
    struct Content {
        let title: String
        let connection: String
        let action: StepAction
    }

    let verb: String
    let node: Node
    /// What the verb is given; nil if the step is only a word.
    let argument: Node?
    let text: NodeText

    /// - Throws: the first fault in the step.
    func content() throws(ScenarioFault) -> Content {
        let fields = try self.fields
        let (title, action) = try self.action(fields)
        return Content(title: title, connection: try connection(fields), action: action)
    }

    /// `connect: NAME` names the connection by itself.
    private func connection(_ fields: Fields) throws(ScenarioFault) -> String {
        guard verb == "connect" else { return try fields.string("connection") ?? StepReader.mainConnection }
        let name = try fields.string(verb) ?? ""
        return name.isEmpty ? StepReader.mainConnection : name
    }

    /// The title of a step that is given nothing.
    private func bare(_ title: String, _ fields: Fields) throws(ScenarioFault) -> String {
        let node = try fields.required(verb)
        guard try text.text(node, verb).isEmpty else {
            throw text.fault(node, "\(verb) is given nothing; the connection is told by connection: NAME below it")
        }
        return title
    }

    /// The step's own members beside its verb.
    private var fields: Fields {
        get throws(ScenarioFault) {
            let own: [String] =
                switch verb {
                case "connect": ["to", "from"] + ConnectOptions.ranges.map(\.key)
                case "startdt", "stopdt", "disconnect", "acknowledge", "raw", "send": ["connection"]
                case "interrogate", "counters": ["group", "points", "within", "connection"]
                case "read", "clock": ["within", "connection"]
                case "command": ["step", "answer", "within", "connection"]
                case "expect": ["count", "frames", "values", "within", "not before", "connection"]
                case "expect silence": ["for", "connection"]
                case "inject": ["into", "values"]
                default: []
                }
            let nothing = Node.scalar(.init("", .implicit, .any, node.mark))
            let node = argument == nil ? Node.mapping(.init([(node, nothing)], .implicit, .any, node.mark)) : node
            return try Fields(node, text, what: verb, keys: [verb] + own)
        }
    }

    private func action(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        switch verb {
        case "connect": return try connect(fields)
        case "startdt": return (try bare("STARTDT", fields), .startDataTransfer)
        case "stopdt": return (try bare("STOPDT", fields), .stopDataTransfer)
        case "interrogate", "counters": return try interrogate(fields)
        case "read", "clock": return try ask(fields)
        case "command": return try command(fields)
        case "send": return try send(fields)
        case "raw":
            let octets = try text.octets(try fields.required(verb), "raw", maximum: 4096)
            return ("raw octets \(FrameText.octets(octets))", .raw(ByteBuffer(bytes: octets)))
        case "expect": return try expect(fields)
        case "expect silence":
            let pattern = try pattern(argument, isSilence: true)
            let time = try text.duration(try fields.required("for"), "for")
            return ("expect silence (\(pattern)) for \(TimeSpan.text(time))", .silence(pattern, time))
        case "inject": return try inject(fields)
        case "wait":
            let time = try text.duration(try fields.required(verb), verb)
            return ("wait \(TimeSpan.text(time))", .wait(time))
        case "acknowledge":
            let isOn = try text.word(try fields.required(verb), verb, ["on": true, "off": false])
            return ("acknowledgements \(isOn ? "on" : "off")", .acknowledge(isOn))
        default: return (try bare("disconnect", fields), .disconnect)
        }
    }

    private func connect(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        var options = ConnectOptions()
        if let target = fields["to"] {
            options.target = try text.value(target, "to", "HOST or HOST:PORT") { HostAndPort($0) }
        }
        options.localAddress = try fields.string("from")
        for (name, range) in ConnectOptions.ranges { options.changes[name] = try fields.integer(name, range) }
        return ("connect \(try connection(fields))", .connect(options))
    }

    func limit(_ fields: Fields) throws(ScenarioFault) -> Duration {
        try fields.duration("within") ?? .seconds(10)
    }

    private func interrogate(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        let address = try commonAddress(fields)
        let isCounters = verb == "counters"
        let group = try fields.integer("group", isCounters ? 1...4 : 1...16)
        let request: InterrogationRequest =
            if isCounters {
                .counters(QualifierOfCounterInterrogation(rawValue: UInt8(group ?? 5)))
            } else {
                .process(QualifierOfInterrogation(rawValue: UInt8(20 + (group ?? 0))))
            }
        let step = InterrogationStep(
            request: request, commonAddress: address, points: try fields.integer("points", 0...10_000_000),
            limit: try limit(fields))
        let what = isCounters ? "counter interrogation" : "interrogation"
        return ("\(what) of CA \(address)\(group.map { ", group \($0)" } ?? "")", .interrogate(step))
    }

    /// The address that an interrogation or clock command is given directly.
    func commonAddress(_ fields: Fields) throws(ScenarioFault) -> CommonAddress {
        let node = try fields.required(verb)
        return try text.value(node, verb, "a common address, 0...65535,") { text in
            UInt16(text).map { CommonAddress(rawValue: $0) }
        }
    }

    private func expect(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        let pattern = try pattern(try fields.required(verb), isSilence: false)
        var expectation = FrameExpectation(pattern: pattern, limit: try limit(fields))
        expectation.earliest = try fields.duration("not before")
        expectation.values = try fields.values()
        let counts = try (fields.integer("count", 1...10_000_000), fields.integer("frames", 1...10_000_000))
        switch counts {
        case (nil, nil): break
        case (let count?, nil): expectation.count = count
        case (nil, let frames?): (expectation.count, expectation.countsFrames) = (frames, true)
        default: throw text.fault(node, "count excludes frames")
        }
        if let values = expectation.values {
            guard case .data(let asdu) = pattern, asdu.value == nil else {
                throw text.fault(node, "values needs a pattern of an I frame without value")
            }
            guard case (nil, nil) = counts else { throw text.fault(node, "values excludes count and frames") }
            expectation.count = values.count
        }
        let amount =
            expectation.values.map { "values \($0.lowerBound)...\($0.upperBound) of " }
            ?? (expectation.countsFrames
                ? "\(expectation.count) frames of " : expectation.count > 1 ? "\(expectation.count) times " : "")
        return ("expect \(amount)\(pattern) within \(TimeSpan.text(expectation.limit))", .expect(expectation))
    }
}
