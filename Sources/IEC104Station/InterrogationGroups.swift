/// The interrogation groups of a point, one bit a group: bit 0 is group 1 (QOI 21), bit 15 group 16 (QOI 36).
package struct InterrogationGroups: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// One group; numbers outside 1...16 give the empty set.
    package init(group: Int) {
        self.init(rawValue: (1...16).contains(group) ? 1 << UInt16(group - 1) : 0)
    }
}
