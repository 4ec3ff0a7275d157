import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

/// A text as the store hands it over.
func document(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

extension PointAddress {
    init(_ commonAddress: UInt16, _ informationObjectAddress: UInt32) {
        self.init(
            commonAddress: CommonAddress(rawValue: commonAddress),
            informationObjectAddress: InformationObjectAddress(rawValue: informationObjectAddress) ?? .irrelevant)
    }
}

extension [DocumentFault] {
    /// `error points[3].type` and the like, in the order of the faults.
    var places: [String] { map { "\($0.severity) \($0.path)" } }

    /// The messages under a path.
    func messages(at path: String) -> [String] { filter { $0.path == path }.map(\.message) }
}
