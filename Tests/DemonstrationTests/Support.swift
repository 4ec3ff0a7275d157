import ControllingStation
import IEC104Model
import NIOCore

@testable import Demonstration

/// 2026-01-15T10:30:00.123Z
let moment: Int64 = 1_768_473_000_123

/// What a station sends for an update if it does everything right.
func sent(
    _ update: PlantUpdate, as type: TypeIdentification? = nil, information: ProcessInformation? = nil,
    cause: CauseOfTransmission? = nil
) -> ReceivedASDU {
    var octets = ByteBuffer()
    let type = type ?? update.type
    DataUnitIdentifier(
        typeIdentification: type, count: 1, cause: cause ?? update.cause, commonAddress: update.address.commonAddress
    ).encode(into: &octets)
    update.address.informationObjectAddress.encode(into: &octets)
    _ = (information ?? update.information).encode(as: type, into: &octets)
    return ReceivedASDU(octets: octets, time: .uptimeNanoseconds(0), millisecondsSince1970: moment)
}
