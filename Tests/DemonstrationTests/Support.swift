import ControllingStation
import IEC104Model
import NIOCore

@testable import Demonstration

/// 2026-01-15T10:30:00.123Z
let moment: Int64 = 1_768_473_000_123

/// Random numbers that are the same each time (SplitMix64).
struct RepeatableNumbers: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

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
