import IEC104Model
import NIOCore

/// A session's walk over a list of points that it sends without having been asked: periodic and background
/// transmission, and quality changes of all points at once.
///
/// A cursor like an interrogation, so that it costs no queue and values are current when they leave.
struct Sweep {
    /// Which sweep: a session runs at most one of each.
    enum Key: Hashable {
        /// The source went out of reach, or came back.
        case sourceQuality
        /// Cause 1 or 2, every so many seconds.
        case cyclic(CauseOfTransmission, interval: Int)
    }

    let key: Key
    let slots: ContiguousArray<Int32>
    let packer: PointPacker
    /// The events before this place in the log go first: they are older than what the sweep tells.
    let behind: UInt64
    private var position = 0

    init(key: Key, slots: ContiguousArray<Int32>, packer: PointPacker, behind: UInt64 = 0) {
        self.key = key
        self.slots = slots
        self.packer = packer
        self.behind = behind
    }

    /// Appends the next ASDU; false when all points were sent.
    mutating func next(_ image: borrowing PointImage, into buffer: inout ByteBuffer) -> Bool {
        packer.pack(image, slots, position: &position, end: slots.count, into: &buffer)
    }
}
