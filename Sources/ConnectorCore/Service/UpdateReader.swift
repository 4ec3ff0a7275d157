import DataStore
import IEC104Model
import IEC104Station
import NIOCore

/// Turns documents of the store into updates of the station, by the mapping in force.
struct UpdateReader: Sendable {
    private let points: MappedPoints?
    private let clock: StationClockBox

    /// - Parameter mapping: nil serves every point with the type that its document names.
    init(mapping: PointMapping?, clock: StationClockBox) {
        points = mapping.map { MappedPoints($0) }
        self.clock = clock
    }

    /// What an image key says.
    ///
    /// - Throws: `PointDocumentFault`.
    func read(_ read: ImageRead) throws -> StationInput {
        guard let object = InformationObjectAddress(rawValue: read.key.objectAddress) else { return .unmapped }
        let address = PointAddress(
            commonAddress: CommonAddress(rawValue: read.key.commonAddress), informationObjectAddress: object)
        switch read.content {
        case .absent: return .removed(address)
        case .unusable(let reason): throw PointDocumentFault("", reason)
        case .json(let text):
            return try update(of: try PointDocument(json: text), at: address, kind: .state)
        case .hash(let fields):
            return try update(of: try PointDocument(fields: fields), at: address, kind: .state)
        }
    }

    /// What an entry of the input stream says.
    ///
    /// - Throws: `PointDocumentFault`.
    func read(_ entry: StreamEntry) throws -> StationInput {
        guard !entry.fields.isEmpty else { throw PointDocumentFault("", "an entry without fields") }
        let document = try PointDocument(fields: entry.fields)
        guard let address = document.address else {
            let missing = document.commonAddress == nil ? "casdu" : "ioa"
            throw PointDocumentFault(missing, "the field is missing: an entry has to say which point it is about")
        }
        if document.type?.isCommand ?? points?[address]?.type.isCommand ?? false {
            guard [.activationConfirmation, .activationTermination].contains(document.cause) else {
                throw PointDocumentFault(
                    "cot", "a command is confirmed with 7 or terminated with 10, not \(document.cause.rawValue)")
            }
            return .commandAnswer(
                CommandAnswer(
                    address: address, type: document.type, cause: document.cause, isNegative: document.isNegative,
                    id: document.commandID, milliseconds: Int64(clamping: entry.id.milliseconds), entry: "\(entry.id)"))
        }
        return try update(of: document, at: address, kind: .event)
    }

    private func update(
        of document: PointDocument, at address: PointAddress, kind: PointUpdate.Kind
    ) throws(PointDocumentFault) -> StationInput {
        guard let converter = try converter(for: document, at: address) else { return .unmapped }
        let timestamp = document.timestamp ?? clock.now()
        let time = clock.current.timeTag(timestamp, isSubstituted: document.timestamp == nil)
        return .update(
            PointUpdate(
                address: address, type: converter.type,
                information: try converter.information(of: document, time: time), cause: document.cause,
                timestamp: timestamp, hasSourceTimestamp: document.timestamp != nil, kind: kind))
    }

    /// Nil for a point outside the mapping. That is no error: other connectors write points that nobody mapped.
    private func converter(
        for document: PointDocument, at address: PointAddress
    ) throws(PointDocumentFault) -> PointConverter? {
        if let points { return points[address].map { PointConverter($0) } }
        guard let type = document.type else {
            throw PointDocumentFault("type", "the field is missing, and there is no mapping that says it")
        }
        guard PointMapping.isMonitored(type) else { throw PointDocumentFault("type", "\(type) can't be served") }
        return PointConverter(type: type)
    }
}
