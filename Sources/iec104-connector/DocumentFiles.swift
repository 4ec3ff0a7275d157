import ArgumentParser
import ConnectorCore
import Foundation
import NIOCore

/// The documents that `check` and `publish` read from files.
struct DocumentFiles: ParsableArguments {
    @Option(help: ArgumentHelp("File with the document connectors:{ID}:config", valueName: "file"))
    var configJson: String?

    @Option(help: ArgumentHelp("File with the document connectors:{ID}:mapping", valueName: "file"))
    var mappingJson: String?

    /// Not `validate()`, which would come ahead of the names of unknown options.
    func requireOne() throws {
        guard configJson != nil || mappingJson != nil else {
            throw Failure.usage("give --config-json, --mapping-json or both")
        }
    }

    /// The texts of the documents, and all that is wrong with them.
    struct Reading {
        var configuration: ByteBuffer?
        var mapping: ByteBuffer?
        /// One line a fault, `file:line:column: severity: path: message`.
        var faults: [String] = []
        /// What was found good.
        var findings: [String] = []
        var errors = 0
        var warnings = 0

        fileprivate mutating func note(_ found: [DocumentFault], in name: String) {
            faults += found.map { "\(name):\($0)" }
            errors += found.count { $0.severity == .error }
            warnings += found.count { $0.severity == .warning }
        }

        /// `2 errors, 1 warning`.
        var summary: String {
            "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")"
        }
    }

    /// - Parameter id: stands for {ID} in stream names.
    func read(id: String) -> Reading {
        var reading = Reading()
        if let name = configJson, let text = text(name, &reading) {
            let (configuration, faults) = ConnectorConfiguration.read(text, id: id, unknownFields: .error)
            reading.note(faults, in: name)
            if let configuration {
                let network = configuration.network
                reading.findings.append(
                    "\(name): valid, listens on \(network.host):\(network.port), "
                        + "at most \(network.maxConnections) client\(network.maxConnections == 1 ? "" : "s")")
            }
            reading.configuration = text
        }
        if let name = mappingJson, let text = text(name, &reading) {
            let (mapping, faults) = PointMapping.read(text, unknownFields: .error)
            reading.note(faults, in: name)
            if let mapping { reading.findings.append("\(name): valid, \(mapping.summary)") }
            reading.mapping = text
        }
        return reading
    }

    private func text(_ name: String, _ reading: inout Reading) -> ByteBuffer? {
        do {
            return ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: name)))
        } catch {
            reading.faults.append("\(name): error: can't be read: \(error.localizedDescription)")
            reading.errors += 1
            return nil
        }
    }
}
