/// What a master has received from one STARTDT to the end of the connection, in order.
package struct SessionRecord: Sendable {
    /// A point as it was reported.
    package struct Report: Hashable, Sendable {
        package let objectAddress: UInt32
        /// The number of the update; 0 if the station doesn't know the value yet.
        package let number: UInt32
        /// The answer to an interrogation; else a live update.
        package let isInterrogated: Bool
        /// Type, quality and time tag are those of the update.
        package let isIntact: Bool

        package init(objectAddress: UInt32, number: UInt32, isInterrogated: Bool = false, isIntact: Bool = true) {
            self.objectAddress = objectAddress
            self.number = number
            self.isInterrogated = isInterrogated
            self.isIntact = isIntact
        }
    }

    /// How it ended.
    package enum End: Hashable, Sendable {
        /// It has not: the run ended, and everything has to have come.
        case open
        /// The master closed it.
        case closed
        /// The master read nothing for a while, and was closed by the station.
        case stalled
        /// A fault that ends connections: the connector was killed, or link parameters were changed.
        case disrupted
        /// Nothing explains it.
        case unexplained(String)
    }

    /// An update with this number or a greater one was written after the master knew that data transfer was started.
    package var firstNumber: UInt32
    package var reports: [Report] = []
    /// Where in `reports` each interrogation that was answered to its end began and ended.
    package var interrogations: [Range<Int>] = []
    package var end = End.open

    package init(firstNumber: UInt32) {
        self.firstNumber = firstNumber
    }
}
