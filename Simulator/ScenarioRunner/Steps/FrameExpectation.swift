/// What has to come, and when.
struct FrameExpectation: Sendable {
    let pattern: FramePattern
    /// How many information objects, or frames where the pattern asks for those.
    var count = 1
    /// True if frames are counted even where each may have several objects.
    var countsFrames = false
    /// The values that have to come, in this order and no others.
    var values: ClosedRange<Int>?
    /// Time from the beginning of the step.
    let limit: Duration
    /// What comes sooner is wrong.
    var earliest: Duration?
}
