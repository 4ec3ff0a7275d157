import IEC104Model

/// Writes information objects to memory that was reserved for them, up to eight octets at a time.
struct OctetWriter {
    /// Octets that have to be reserved behind the last one written.
    static let margin = 8

    /// What to reserve for one object: the largest has an address, five octets and a time tag.
    static let largestObject = 15 + margin

    private let room: UnsafeMutableRawBufferPointer
    /// Octets written.
    private(set) var count = 0

    /// `room` must hold all that is going to be written, and `margin`.
    init(_ room: UnsafeMutableRawBufferPointer) {
        self.room = room
    }

    mutating func write(_ address: InformationObjectAddress) {
        write(UInt64(address.rawValue), octets: InformationObjectAddress.encodedSize)
    }

    /// Writes an element of `type`; false, and nothing, if value and type don't go together.
    ///
    /// - Parameter isTimeTagged: what `type` says of itself; many are written in a row.
    @discardableResult
    mutating func write(
        _ information: ProcessInformation, as type: TypeIdentification, isTimeTagged: Bool
    ) -> Bool {
        guard let element = information.element(as: type) else { return false }
        write(element.bits, octets: element.size)
        if isTimeTagged { write(information.timeTag.rawValue, octets: CP56Time2a.encodedSize) }
        return true
    }

    private mutating func write(_ bits: UInt64, octets: Int) {
        precondition(count + Self.margin <= room.count)
        room.storeBytes(of: bits.littleEndian, toByteOffset: count, as: UInt64.self)
        count += octets
    }
}
