import ControllingStation
import IEC104Model
import Presentation

/// The last report of every data point, in the order of their addresses.
package struct PointTable: Sendable {
    /// What is known about a point.
    package struct Row: Sendable {
        /// Common address and information object address.
        package let address: PointAddress
        /// The type of the last report.
        package fileprivate(set) var type: TypeIdentification
        /// What the last report says.
        package fileprivate(set) var reading: ObjectReading
        /// Why the last report was sent.
        package fileprivate(set) var cause: CauseOfTransmission
        /// True if the last report was sent for test.
        package fileprivate(set) var isTest: Bool
        /// Reports so far.
        package fileprivate(set) var reports: Int
        /// When the last report came, in milliseconds since 1970.
        package fileprivate(set) var lastReport: Int64
        /// When value or quality last became another, in milliseconds since 1970; nil before.
        package fileprivate(set) var lastChange: Int64?
    }

    /// Points that are kept at most.
    package static let maximumPoints = 1_000_000

    private var rowsByAddress: [PointAddress: Row] = [:]
    private var addresses: [PointAddress] = []
    /// Reports of points so far.
    package private(set) var reports = 0
    /// ASDUs so far.
    package private(set) var asdus = 0
    /// ASDUs among them that made no sense.
    package private(set) var malformed = 0
    /// Reports of points beyond the number that is kept.
    package private(set) var beyond = 0

    /// A table without points.
    package init() {}

    /// Points in the table.
    package var count: Int { addresses.count }

    /// The first rows.
    package func rows(first count: Int) -> [Row] {
        addresses.prefix(max(count, 0)).compactMap { rowsByAddress[$0] }
    }

    /// The row of a point.
    package subscript(_ address: PointAddress) -> Row? { rowsByAddress[address] }

    /// Takes what was received.
    package mutating func take(_ received: ReceivedASDU) {
        asdus += 1
        guard let asdu = received.asdu else {
            malformed += 1
            return
        }
        guard asdu.identifier.typeIdentification.isProcessInformation else { return }
        for object in asdu.objects {
            take(object, asdu.identifier, at: received.millisecondsSince1970)
        }
    }

    private mutating func take(_ object: InformationObject, _ identifier: DataUnitIdentifier, at time: Int64) {
        reports += 1
        let address = PointAddress(
            commonAddress: identifier.commonAddress, informationObjectAddress: object.address)
        let reading = ObjectReading(object.element)
        guard var row = rowsByAddress[address] else {
            guard count < Self.maximumPoints else {
                beyond += 1
                return
            }
            insert(address)
            rowsByAddress[address] = Row(
                address: address, type: identifier.typeIdentification, reading: reading, cause: identifier.cause,
                isTest: identifier.isTest, reports: 1, lastReport: time, lastChange: nil)
            return
        }
        if reading.value != row.reading.value || reading.quality != row.reading.quality { row.lastChange = time }
        row.type = identifier.typeIdentification
        row.reading = reading
        row.cause = identifier.cause
        row.isTest = identifier.isTest
        row.reports += 1
        row.lastReport = time
        rowsByAddress[address] = row
    }

    private mutating func insert(_ address: PointAddress) {
        var (low, high) = (0, addresses.count)
        while low < high {
            let middle = (low + high) / 2
            if addresses[middle] < address { low = middle + 1 } else { high = middle }
        }
        addresses.insert(address, at: low)
    }
}
