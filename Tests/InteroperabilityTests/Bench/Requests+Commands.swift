import IEC104Model
import NIOCore
import TestSupport

/// The commands of the station that the catalogue of cases describes.
extension TestStation {
    static let commands = """
        { "casdu": 1, "ioa": 1001, "type": 1 }, { "casdu": 2, "ioa": 4001, "type": 1 },
        { "casdu": 1, "ioa": 2001, "type": 45 },
        { "casdu": 1, "ioa": 2002, "type": 45, "selectBeforeOperate": true },
        { "casdu": 1, "ioa": 2003, "type": 45, "confirmation": "process" },
        { "casdu": 1, "ioa": 2101, "type": 46 }, { "casdu": 1, "ioa": 2201, "type": 47 },
        { "casdu": 1, "ioa": 2301, "type": 48 }, { "casdu": 1, "ioa": 2401, "type": 49 },
        { "casdu": 1, "ioa": 2501, "type": 50 },
        { "casdu": 1, "ioa": 2502, "type": 50, "min": -10.5, "max": 0.1 },
        { "casdu": 1, "ioa": 2601, "type": 51 }
        """
}

extension Requests {
    static let direct = "D1 07 00"
    static let selected = "D2 07 00"
    static let process = "D3 07 00"

    /// A single command; the element is its SCO.
    static func single(
        _ element: String, _ objectAddress: String = direct, cause: String = "06", originator: String = "00"
    ) -> String {
        command("2D", element, objectAddress, cause: cause, originator: originator)
    }

    static func command(
        _ type: String, _ element: String, _ objectAddress: String, cause: String = "06", originator: String = "00",
        commonAddress: String = "01 00"
    ) -> String {
        "\(type) 01 \(cause) \(originator) \(commonAddress) \(objectAddress) \(element)"
    }

    /// CP56Time2a so many seconds after the moment at which a bench begins.
    static func time(_ seconds: Int64 = 0) -> String {
        var buffer = ByteBuffer()
        CP56Time2a(millisecondsSince1970: StationBench.moment + seconds * 1000).encode(into: &buffer)
        return buffer.hexadecimalText
    }
}
