import Foundation
import IEC104Link
import NIOCore

extension ConnectorConfiguration {
    /// Reads the document. Fields that aren't there have their defaults.
    ///
    /// - Parameters:
    ///   - unknownFields: `.error` where somebody is about to publish the document; `.warning` where a running
    ///     connector may be older than the management back end that wrote it.
    /// - Returns: the configuration, nil if anything in it can't be used; and everything that is wrong.
    package static func read(
        _ text: ByteBuffer, id: String, unknownFields: DocumentFault.Severity
    ) -> (configuration: ConnectorConfiguration?, faults: [DocumentFault]) {
        let document = DocumentReader(text, unknownFields: unknownFields)
        var configuration = ConnectorConfiguration(id: id)
        if var root = document.root() {
            configuration.name = root.string("name")?.text ?? ""
            configuration.readNetwork(root.object("network"))
            configuration.readProtocol(root.object("protocol"), document)
            configuration.readStreams(root.object("streams"), document, id: id)
            configuration.readCommands(root.object("commands"), document)
            if var object = root.object("interrogation") {
                configuration.interrogation.timeTags = object.bool("timeTags") ?? false
                object.finish()
            }
            if var object = root.object("events") {
                configuration.events.buffer = object.integer("buffer", in: 1...100_000_000) ?? 100_000
                object.finish()
            }
            configuration.readTime(root.object("time"), document)
            root.finish()
        }
        return (document.hasErrors ? nil : configuration, document.faults)
    }

    private mutating func readNetwork(_ object: ObjectReader?) {
        guard var object else { return }
        if let host = object.string("host") { network.host = host.text }
        network.port = object.integer("port", in: 2404...2420) ?? network.port
        network.maxConnections = object.integer("maxConnections", in: 1...100) ?? network.maxConnections
        object.finish()
    }

    private mutating func readProtocol(_ object: ObjectReader?, _ document: DocumentReader) {
        guard var object else { return }
        /// Nil where the field can't be used: what it was meant to be isn't known then.
        func field(_ name: String, in range: ClosedRange<Int>, unit: String = "", standard: Int) -> Int? {
            object.integer(name, in: range, unit: unit) ?? (object.has(name) ? nil : standard)
        }
        let t1 = field("t1", in: 1...255, unit: "s", standard: 15)
        let t2 = field("t2", in: 1...255, unit: "s", standard: 10)
        let t3 = field("t3", in: 1...172_800, unit: "s", standard: 20)
        let k = field("k", in: 1...32_767, standard: 12)
        let w = field("w", in: 1...32_767, standard: 8)
        if let t1, let t2, t2 >= t1 {
            document.error(
                "t2 (\(t2) s) must be below t1 (\(t1) s): acknowledgements would come too late",
                at: object.path(to: "t2"), object.offset(of: "t2"))
        }
        if let k, let w, w > k {
            document.error(
                "w (\(w)) must not be above k (\(k)): the sender would stop before it is acknowledged",
                at: object.path(to: "w"), object.offset(of: "w"))
        } else if let k, let w, 3 * w > 2 * k {
            document.warning(
                "w (\(w)) should be at most two thirds of k (\(k))", at: object.path(to: "w"), object.offset(of: "w"))
        }
        if let t1, let t2, let t3, let k, let w { link = LinkParameters(t1: t1, t2: t2, t3: t3, k: k, w: w) }
        object.finish()
    }

    private mutating func readStreams(_ object: ObjectReader?, _ document: DocumentReader, id: String) {
        guard var object else { return }
        var used: [String: String] = [:]
        func name(_ field: String, _ standard: String) -> String {
            let given = object.string(field)
            let name = given?.text.replacingOccurrences(of: "{ID}", with: id) ?? standard
            let offset = given?.offset ?? object.offset
            if name.isEmpty {
                document.error("a stream needs a name", at: object.path(to: field), offset)
            } else if let other = used.updateValue(field, forKey: name) {
                document.error("\"\(name)\" is the \(other) stream already", at: object.path(to: field), offset)
            }
            return name
        }
        streams.input = name("input", streams.input)
        streams.output = name("output", streams.output)
        streams.error = name("error", streams.error)
        object.finish()
    }

    private mutating func readCommands(_ object: ObjectReader?, _ document: DocumentReader) {
        guard var object else { return }
        commands.confirmation = object.confirmation(document) ?? commands.confirmation
        commands.timeout = object.integer("timeout", in: 1...3600, unit: "s") ?? commands.timeout
        commands.selectTimeout = object.integer("selectTimeout", in: 1...3600, unit: "s") ?? commands.selectTimeout
        commands.maxAge = object.integer("maxAge", in: 1...86_400, unit: "s") ?? commands.maxAge
        commands.enabled = object.bool("enabled") ?? commands.enabled
        for (index, element) in (object.array("allow") ?? []).enumerated() {
            if case .string(let text) = element.content, let range = AddressRange(text) {
                commands.allow.append(range)
            } else {
                document.error(
                    "an address or a CIDR range is expected, not \(element.shown)",
                    at: object.path(to: "allow[\(index)]"), element.offset)
            }
        }
        object.finish()
    }

    private mutating func readTime(_ object: ObjectReader?, _ document: DocumentReader) {
        guard var object else { return }
        if let zone = object.string("zone") {
            time.zone = zone.text
            if !ZoneName.isKnown(zone.text) {
                document.error(
                    "\"\(zone.text)\" is no IANA time zone, such as \"Europe/Berlin\"", at: object.path(to: "zone"),
                    zone.offset)
            }
        }
        time.acceptClockSync = object.bool("acceptClockSync") ?? false
        object.finish()
    }
}

extension ObjectReader {
    /// The field `confirmation`, of the configuration or of a point.
    mutating func confirmation(_ document: DocumentReader) -> ConnectorConfiguration.Commands.Confirmation? {
        guard let text = string("confirmation") else { return nil }
        guard let confirmation = ConnectorConfiguration.Commands.Confirmation(rawValue: text.text) else {
            document.error(
                "\"store\" or \"process\" is expected, not \"\(text.text)\"", at: path(to: "confirmation"), text.offset)
            return nil
        }
        return confirmation
    }
}
