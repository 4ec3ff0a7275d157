import IEC104Model
import NIOCore

/// Fills one ASDU after the other with the current values of points, in the order given.
///
/// Points share an ASDU as long as common address and type stay the same. Where sequences are allowed and consecutive
/// addresses make it denser, SQ is 1: one address, then only elements (IEC 60870-5-101, 7.2.2.1).
struct PointPacker {
    /// Which type a point is sent with.
    enum Form {
        /// As in interrogation answers: without time tag.
        case withoutTimeTag
        /// The type of its spontaneous ASDUs.
        case spontaneous
    }

    var form: Form
    var cause: CauseOfTransmission
    var originatorAddress: UInt8 = 0
    var isTest = false
    /// Packs only points of these groups; nil packs all.
    var groups: InterrogationGroups?
    /// Packs only counters, those of this group if it isn't 0; nil packs everything else.
    var counters: UInt8?
    /// SQ = 1 where it is denser; spontaneous data is sent with SQ = 0 always, as masters expect it.
    var usesSequences = true
    /// The time tag of all points, where it isn't their value's own.
    var time: CP56Time2a?

    /// Appends one ASDU with the points from `position` on, and moves `position` behind them.
    ///
    /// - Returns: false if no point between `position` and `end` qualifies.
    func pack(
        _ image: borrowing PointImage, _ slots: borrowing ContiguousArray<Int32>, position: inout Int, end: Int,
        into buffer: inout ByteBuffer
    ) -> Bool {
        while position < end, !qualifies(image[slots[position]]) { position += 1 }
        guard position < end else { return false }
        let first = image[slots[position]]
        let type = type(of: first)
        guard let elementSize = ProcessInformation.elementSize(of: type) else {
            position += 1
            return pack(image, slots, position: &position, end: end, into: &buffer)
        }
        let room = ASDU.maximumSize - DataUnitIdentifier.encodedSize
        let most = min(127, room / (3 + elementSize))
        let run =
            type.hasTimeTag || !usesSequences
            ? 1 : consecutive(image, slots, from: position, end: end, limit: min(127, (room - 3) / elementSize))
        let isSequence = run > 1 && run >= min(most, alike(image, slots, from: position, end: end, limit: most))

        let start = buffer.writerIndex
        DataUnitIdentifier(
            typeIdentification: type, isSequence: isSequence, count: 1, cause: cause, isTest: isTest,
            originatorAddress: originatorAddress, commonAddress: first.address.commonAddress
        ).encode(into: &buffer)
        var count = 0
        while position < end, count < (isSequence ? run : most) {
            let point = image[slots[position]]
            if !qualifies(point) {
                position += 1
                continue
            }
            guard joins(first, point) else { break }
            if !isSequence || count == 0 { point.address.informationObjectAddress.encode(into: &buffer) }
            var information = counters == nil ? point.current : image.counters.frozen(slots[position]) ?? point.current
            if let time { information.time = time }
            _ = information.encode(as: type, into: &buffer)
            count += 1
            position += 1
        }
        buffer.setInteger(UInt8(count) | (isSequence ? 0x80 : 0), at: start + 1)
        return true
    }

    func type(of point: PointState) -> TypeIdentification {
        form == .withoutTimeTag ? point.interrogationType : point.type
    }

    private func qualifies(_ point: PointState) -> Bool {
        guard point.flags.contains(.served) else { return false }
        let isCounter = point.interrogationType == .M_IT_NA_1
        if let counters { return isCounter && (counters == 0 || point.counterGroup == counters) }
        if form == .withoutTimeTag, isCounter { return false }
        guard let groups else { return true }
        return !point.groups.isDisjoint(with: groups)
    }

    private func joins(_ first: PointState, _ point: PointState) -> Bool {
        point.address.commonAddress == first.address.commonAddress && type(of: point) == type(of: first)
    }

    /// How many points from `position` on have addresses that follow one another.
    private func consecutive(
        _ image: borrowing PointImage, _ slots: borrowing ContiguousArray<Int32>, from position: Int, end: Int,
        limit: Int
    ) -> Int {
        let first = image[slots[position]]
        var count = 1
        var next = position + 1
        while next < end, count < limit {
            let point = image[slots[next]]
            guard qualifies(point), joins(first, point),
                point.address.informationObjectAddress.rawValue
                    == first.address.informationObjectAddress.rawValue + UInt32(count)
            else { break }
            count += 1
            next += 1
        }
        return count
    }

    /// How many points from `position` on could share an ASDU.
    private func alike(
        _ image: borrowing PointImage, _ slots: borrowing ContiguousArray<Int32>, from position: Int, end: Int,
        limit: Int
    ) -> Int {
        let first = image[slots[position]]
        var count = 0
        for index in position..<end where count < limit {
            let point = image[slots[index]]
            guard qualifies(point) else { continue }
            guard joins(first, point) else { break }
            count += 1
        }
        return count
    }
}
