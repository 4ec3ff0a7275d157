import ControllingStation
import IEC104Model
import NIOCore

/// 2026-01-15T10:30:00.123Z
let moment: Int64 = 1_768_473_000_123

extension ReceivedASDU {
    /// As if it had just come.
    init(_ asdu: ASDU, at milliseconds: Int64 = moment) {
        var octets = ByteBuffer()
        asdu.encode(into: &octets)
        self.init(octets: octets, time: .uptimeNanoseconds(0), millisecondsSince1970: milliseconds)
    }

    /// As if these octets had just come.
    init(octets: [UInt8], at milliseconds: Int64 = moment) {
        self.init(
            octets: ByteBuffer(bytes: octets), time: .uptimeNanoseconds(0), millisecondsSince1970: milliseconds)
    }
}

extension ASDU {
    /// One object.
    static func object(
        _ element: InformationElement, at address: InformationObjectAddress = 1,
        _ cause: CauseOfTransmission = .spontaneous, commonAddress: CommonAddress = 1
    ) -> ASDU {
        ASDU(
            InformationObject(address: address, element: element), cause: cause, commonAddress: commonAddress)
    }

    /// A short floating point number without time tag.
    static func float(
        _ value: Float, quality: QualityDescriptor = .good, at address: InformationObjectAddress = 1
    ) -> ASDU {
        .object(.M_ME_NC_1(M_ME_NC_1(value: value, quality: quality)), at: address)
    }
}
