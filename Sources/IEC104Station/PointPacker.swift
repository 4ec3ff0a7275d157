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
        while position < end {
            guard qualifies(image.points[Int(slots[position])]), let stretch = stretch(image, slots, position, end)
            else {
                position += 1
                continue
            }
            let start = buffer.writerIndex
            DataUnitIdentifier(
                typeIdentification: stretch.type, isSequence: stretch.isSequence, count: stretch.count, cause: cause,
                isTest: isTest, originatorAddress: originatorAddress, commonAddress: stretch.commonAddress
            ).encode(into: &buffer)
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: ASDU.maximumSize + OctetWriter.margin) { room in
                var writer = OctetWriter(room)
                write(stretch, of: image, slots, &position, into: &writer)
                return writer.count
            }
            assert(buffer.writerIndex - start <= ASDU.maximumSize)
            return true
        }
        return false
    }

    /// Points that share an ASDU.
    private struct Stretch {
        let type: TypeIdentification
        let commonAddress: CommonAddress
        let isSequence: Bool
        let count: Int
    }

    /// What goes into the ASDU that begins with the point at `position`: in one pass over as many points as may share it,
    /// so that its cost doesn't depend on how many follow. Nil for a type that can't be sent.
    private func stretch(
        _ image: borrowing PointImage, _ slots: borrowing ContiguousArray<Int32>, _ position: Int, _ end: Int
    ) -> Stretch? {
        let first = image.points[Int(slots[position])]
        let type = type(of: first)
        guard let elementSize = ProcessInformation.elementSize(of: type) else { return nil }
        let room = ASDU.maximumSize - DataUnitIdentifier.encodedSize
        let most = min(127, room / (3 + elementSize))
        let mostInSequence = type.hasTimeTag || !usesSequences ? 1 : min(127, (room - 3) / elementSize)
        let firstObject = first.address.informationObjectAddress.rawValue
        var (alike, sequence, isSequence, index) = (1, 1, mostInSequence > 1, position + 1)
        while index < end, isSequence ? sequence < mostInSequence : alike < most {
            let point = image.points[Int(slots[index])]
            index += 1
            guard qualifies(point) else {
                isSequence = false
                continue
            }
            guard point.address.commonAddress.rawValue == first.address.commonAddress.rawValue,
                self.type(of: point).rawValue == type.rawValue
            else {
                break
            }
            if isSequence, point.address.informationObjectAddress.rawValue == firstObject + UInt32(sequence) {
                sequence += 1
            } else {
                isSequence = false
            }
            alike = min(alike + 1, most)
        }
        isSequence = sequence > 1 && sequence >= alike
        return Stretch(
            type: type, commonAddress: first.address.commonAddress, isSequence: isSequence,
            count: isSequence ? sequence : alike)
    }

    private func write(
        _ stretch: Stretch, of image: borrowing PointImage, _ slots: borrowing ContiguousArray<Int32>,
        _ position: inout Int, into writer: inout OctetWriter
    ) {
        let isTimeTagged = stretch.type.hasTimeTag
        var count = 0
        while count < stretch.count {
            let slot = slots[position]
            let point = image.points[Int(slot)]
            position += 1
            guard qualifies(point) else { continue }
            if !stretch.isSequence || count == 0 { writer.write(point.address.informationObjectAddress) }
            var information = counters == nil ? point.current : image.counters.frozen(slot) ?? point.current
            if let time { information.time = time }
            writer.write(information, as: stretch.type, isTimeTagged: isTimeTagged)
            count += 1
        }
    }

    func type(of point: PointState) -> TypeIdentification {
        form == .withoutTimeTag ? point.interrogationType : point.type
    }

    private func qualifies(_ point: PointState) -> Bool {
        guard point.flags.contains(.served) else { return false }
        let isCounter = point.flags.contains(.counter)
        if let counters { return isCounter && (counters == 0 || point.counterGroup == counters) }
        if form == .withoutTimeTag, isCounter { return false }
        guard let groups else { return true }
        return !point.groups.isDisjoint(with: groups)
    }
}
