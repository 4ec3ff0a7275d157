import DataStore
import IEC104Model
import NIOCore

/// Configuration and mapping as they are in force, and what becomes of new ones.
struct ServedDocuments {
    /// A text that was read before isn't read again.
    private struct Fingerprint: Equatable {
        let length: Int
        let hash: Int

        init(_ text: ByteBuffer?) {
            length = text?.readableBytes ?? -1
            hash = text.hashValue
        }
    }

    /// What reading a document has brought.
    struct Outcome {
        var faults: [DocumentFault]
        /// True if the document is in force now.
        var isTaken: Bool
        /// True if it is the same as before, and nothing was done.
        var isUnchanged = false
    }

    private let id: String
    private var configurationText: Fingerprint?
    private var mappingText: Fingerprint?

    /// Nil until a valid one was read.
    private(set) var configuration: ConnectorConfiguration?
    /// Nil where there is none: the whole image is served.
    private(set) var mapping: PointMapping?
    private(set) var isMappingRead = false
    /// The first fault of each document that could not be taken last.
    private(set) var configurationFault: String?
    private(set) var mappingFault: String?

    init(id: String) {
        self.id = id
    }

    /// True once both documents have been taken.
    var isUsable: Bool { configuration != nil && isMappingRead }

    /// Whether each of the documents was there when it was read last.
    var isConfigurationPresent: Bool { configurationText.map { $0.length >= 0 } ?? false }
    var isMappingPresent: Bool { mappingText.map { $0.length >= 0 } ?? false }

    /// Without a document, the defaults are in force.
    mutating func take(configuration text: ByteBuffer?) -> Outcome {
        let fingerprint = Fingerprint(text)
        guard fingerprint != configurationText else {
            return Outcome(faults: [], isTaken: configurationFault == nil, isUnchanged: true)
        }
        configurationText = fingerprint
        guard let text else {
            configuration = ConnectorConfiguration(id: id)
            configurationFault = nil
            return Outcome(faults: [], isTaken: true)
        }
        let (read, faults) = ConnectorConfiguration.read(text, id: id, unknownFields: .warning)
        configurationFault = read == nil ? Self.summary(faults, "config") : nil
        if let read { configuration = read }
        return Outcome(faults: faults, isTaken: read != nil)
    }

    /// Without a document, the whole image is served.
    mutating func take(mapping text: ByteBuffer?) -> Outcome {
        let fingerprint = Fingerprint(text)
        guard fingerprint != mappingText else {
            return Outcome(faults: [], isTaken: mappingFault == nil, isUnchanged: true)
        }
        mappingText = fingerprint
        guard let text else {
            mapping = nil
            (isMappingRead, mappingFault) = (true, nil)
            return Outcome(faults: [], isTaken: true)
        }
        let (read, faults) = PointMapping.read(text, unknownFields: .warning)
        mappingFault = read == nil ? Self.summary(faults, "mapping") : nil
        if var read {
            // They are for people who read the document, and would be most of what it takes in memory.
            for index in read.points.indices { read.points[index].name = "" }
            (mapping, isMappingRead) = (read, true)
        }
        return Outcome(faults: faults, isTaken: read != nil)
    }

    /// The first error, and how many there are.
    private static func summary(_ faults: [DocumentFault], _ document: String) -> String {
        let errors = faults.filter { $0.severity == .error }
        let first = errors.first.map { "\($0)" } ?? "not usable"
        return errors.count > 1 ? "\(document) \(first) (and \(errors.count - 1) more)" : "\(document) \(first)"
    }
}
