/// What of the store is to be followed.
package struct FollowPlan: Hashable, Sendable {
    /// Which image keys.
    package enum Points: Hashable, Sendable {
        /// All that exist.
        case all
        /// These, whether they exist or not.
        case only(PointKeys)
    }

    /// The stream that updates come on.
    package var inputStream: String
    package var points: Points
    /// Keys to read again although they were followed before, as what they mean has changed.
    package var reload: PointKeys

    package init(inputStream: String, points: Points, reload: PointKeys = []) {
        self.inputStream = inputStream
        self.points = points
        self.reload = reload
    }

    func follows(_ key: PointKey) -> Bool {
        switch points {
        case .all: true
        case .only(let keys): keys.contains(key)
        }
    }
}
