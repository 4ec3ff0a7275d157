import IEC104Model
import NIOCore

/// A running station, group or counter interrogation (C_IC_NA_1, C_CI_NA_1): a cursor over the image.
///
/// Each ASDU is made when the window lets it go out, so an answer carries the values of that moment, and an
/// interrogation costs the same few octets whether the station has ten points or a million. For each common address
/// asked: activation confirmation, data, activation termination.
struct Interrogation {
    /// What the next ASDU is.
    private enum Phase {
        case confirmation
        case data
        case termination
    }

    /// The common address asked for, the broadcast address included.
    let commonAddress: CommonAddress
    /// C_IC_NA_1 or C_CI_NA_1.
    let type: TypeIdentification
    /// The octet QOI or QCC.
    let qualifier: UInt8

    private let request: ControlRequest
    private let order: InterrogationOrder
    private let packer: PointPacker
    private var remaining: ArraySlice<CommonAddress>
    private var phase = Phase.confirmation
    private var position = 0
    private var end = 0

    init(
        request: ControlRequest, qualifier: UInt8, packer: PointPacker, order: InterrogationOrder,
        commonAddresses: [CommonAddress]
    ) {
        commonAddress = request.identifier.commonAddress
        type = request.identifier.typeIdentification
        self.qualifier = qualifier
        self.request = request
        self.order = order
        self.packer = packer
        remaining = commonAddresses[...]
    }

    /// Appends the next ASDU.
    ///
    /// - Returns: false when the last termination has been sent already.
    mutating func next(_ image: borrowing PointImage, into buffer: inout ByteBuffer) -> Bool {
        guard let current = remaining.first else { return false }
        switch phase {
        case .confirmation:
            request.mirror(.activationConfirmation, commonAddress: current, into: &buffer)
            let range = order.range(of: current) ?? 0..<0
            (position, end) = (range.lowerBound, range.upperBound)
            phase = .data
        case .data:
            if !packer.pack(image, order.slots, position: &position, end: end, into: &buffer) {
                phase = .termination
                return next(image, into: &buffer)
            }
        case .termination:
            request.mirror(.activationTermination, commonAddress: current, into: &buffer)
            remaining.removeFirst()
            phase = .confirmation
        }
        return true
    }

    /// True when nothing is left to be sent.
    var isFinished: Bool { remaining.isEmpty }
}
