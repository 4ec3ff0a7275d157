import ControllingStation
import IEC104Model

/// Which events a load consists of: bitstrings with time tag (M_BO_TB_1) that count up by one.
package struct EventPlan: Hashable, Sendable {
    /// Events of one load at most, so that numbers of loads that follow one another don't meet.
    package static let maximumCount: UInt32 = 1_000_000_000

    /// How many there are.
    package let count: UInt32
    /// Events a second.
    package let rate: Double
    /// The common address of all points.
    package let commonAddress: CommonAddress
    /// The information object address of the first point; the others follow it.
    package let firstAddress: UInt32
    /// Points that take turns.
    package let points: UInt32
    /// The value of event 0.
    package let firstNumber: UInt32

    /// - Parameter firstNumber: unless given, the time in units of 10 µs. A load counts no faster than that, so that what is
    ///   still on the way from the one before is told from its own.
    package init(
        count: UInt32, rate: Double, commonAddress: CommonAddress, firstAddress: UInt32, points: UInt32,
        firstNumber: UInt32 = UInt32(truncatingIfNeeded: WallClock.milliseconds() * 100)
    ) {
        self.count = count
        self.rate = rate
        self.commonAddress = commonAddress
        self.firstAddress = firstAddress
        self.points = max(points, 1)
        self.firstNumber = firstNumber
    }

    /// The value of the event with this index.
    package func number(_ index: UInt32) -> UInt32 { firstNumber &+ index }

    /// The information object address of the event with this index.
    package func objectAddress(_ index: UInt32) -> UInt32 { firstAddress &+ index % points }

    /// Tells which event a point reports.
    ///
    /// - Returns: its index; nil for points and values that are none of this load's.
    func index(of point: ReportedPoint) -> UInt32? {
        guard isReport(point), case .bitstring(let number)? = point.information?.value else { return nil }
        let index = number &- firstNumber
        guard index < count, objectAddress(index) == point.address.informationObjectAddress.rawValue else { return nil }
        return index
    }

    /// True for a live report of one of the points, whatever value it has.
    func isReport(_ point: ReportedPoint) -> Bool {
        point.type == .M_BO_TB_1 && point.cause == .spontaneous && point.address.commonAddress == commonAddress
            && point.address.informationObjectAddress.rawValue &- firstAddress < points
    }
}
