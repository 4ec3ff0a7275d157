import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

/// The station that the catalogue of cases describes, as a mapping document.
enum TestStation {
    static let points = """
        { "casdu": 1, "ioa": 1001, "type": 1, "groups": [1] }, { "casdu": 1, "ioa": 1002, "type": 1 },
        { "casdu": 1, "ioa": 1101, "type": 3, "groups": [2] }, { "casdu": 1, "ioa": 1201, "type": 5 },
        { "casdu": 1, "ioa": 1301, "type": 7 }, { "casdu": 1, "ioa": 1401, "type": 9 },
        { "casdu": 1, "ioa": 1501, "type": 11 }, { "casdu": 1, "ioa": 1601, "type": 13 },
        { "casdu": 1, "ioa": 1701, "type": 15, "counterGroup": 1 }, { "casdu": 1, "ioa": 1801, "type": 20 },
        { "casdu": 1, "ioa": 1901, "type": 21 }, { "casdu": 1, "ioa": 65535, "type": 13 },
        { "casdu": 1, "ioa": 65536, "type": 13 }, { "casdu": 1, "ioa": 16777215, "type": 13 },
        { "casdu": 1, "ioa": 2001, "type": 45 }, { "casdu": 1, "ioa": 2101, "type": 46 },
        { "casdu": 2, "ioa": 4001, "type": 1 }
        """

    /// Points 1, 2, ... of one type in common address 1.
    static func row(of count: Int, type: Int, first: Int = 1, step: Int = 1, _ fields: String = "") -> String {
        (0..<count).map { #"{"casdu":1,"ioa":\#(first + $0 * step),"type":\#(type)\#(fields)}"# }
            .joined(separator: ",")
    }

    static func mapping(_ points: String) throws -> PointMapping {
        let (mapping, faults) = PointMapping.read(
            ByteBuffer(string: "{\"points\":[\(points)]}"), unknownFields: .error)
        return try #require(mapping, "\(faults)")
    }
}
