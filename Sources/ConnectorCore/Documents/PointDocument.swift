import DataStore
import IEC104Model
import NIOCore

/// A data point as other connectors write it: a JSON document, the fields of a hash, or the fields of a stream entry.
package struct PointDocument: Hashable, Sendable {
    /// The field `value` as it was written.
    package enum Value: Hashable, Sendable {
        case bool(Bool)
        case number(Double)
        case text(String)
    }

    package var value: Value?
    package var type: TypeIdentification?
    /// The field `casdu`.
    package var commonAddress: CommonAddress?
    /// The field `ioa`.
    package var objectAddress: InformationObjectAddress?
    /// Missing means good.
    package var quality = QualityDescriptor.good
    /// The field `quality` where it was given as a number.
    package var qualityOctet: UInt8?
    /// Missing means spontaneous.
    package var cause = CauseOfTransmission.spontaneous
    /// Milliseconds since 1970 UTC; nil if the source gave no time.
    package var timestamp: Int64?
    /// A step position that is moving.
    package var isTransient = false
    /// A refusal, in the confirmation of a command.
    package var isNegative = false
    /// The field `id`: which command a confirmation means; nil means the one that is under way.
    package var commandID: String?

    package init() {}

    /// Both address fields together.
    package var address: PointAddress? {
        guard let commonAddress, let objectAddress else { return nil }
        return PointAddress(commonAddress: commonAddress, informationObjectAddress: objectAddress)
    }
}

/// Why a document can't be used.
package struct PointDocumentFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, empty if the document as a whole is meant.
    package let field: String
    package let message: String

    init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }

    package var description: String { field.isEmpty ? message : "\(field): \(message)" }
}
