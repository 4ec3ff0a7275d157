import IEC104Channel

/// What one connection of a load has received.
package struct ConnectionOutcome: Hashable, Sendable {
    /// Tells it from the others, from 1 on.
    package let number: Int
    package let deliveries: DeliveryRecord
    /// Events that haven't come.
    package let lost: Int
    /// Reports of the load's points that are none of its events: somebody else writes them, or values are altered.
    package let foreign: Int
    /// Information objects received, whatever they are.
    package let objects: Int
    /// Why it ended before the load; nil if it stood.
    package let closeReason: LinkCloseReason?

    package init(
        number: Int, deliveries: DeliveryRecord, lost: Int, foreign: Int, objects: Int, closeReason: LinkCloseReason?
    ) {
        self.number = number
        self.deliveries = deliveries
        self.lost = lost
        self.foreign = foreign
        self.objects = objects
        self.closeReason = closeReason
    }

    /// True if it stood, and each event came once and in order.
    package var isEven: Bool {
        closeReason == nil && lost == 0 && deliveries.duplicates == 0 && deliveries.misordered == 0
    }
}
