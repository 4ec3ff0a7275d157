import IEC104Model

/// How a point has to be served for a recorded value to come out as it was.
struct ServingForm: Hashable, Sendable {
    /// The type that the mapping has to name.
    let type: TypeIdentification
    /// Whether interrogation answers have to carry time tags; nil if that doesn't matter.
    let timeTags: Bool?
    /// The counter group that the point has to be in; nil if that doesn't matter.
    let counterGroup: Int?
}
