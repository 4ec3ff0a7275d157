/// What a comparison doesn't look at. The raw value is the rule's name on the command line.
package enum IgnoreRule: String, Hashable, Sendable, CaseIterable {
    case timeTags = "time-tags"
    case order
    case values
    case quality
    case additional

    /// What is left out.
    package var title: String {
        switch self {
        case .timeTags: "time tags of values"
        case .order: "the order of points within an interrogation"
        case .values: "values"
        case .quality: "quality descriptors"
        case .additional: "answers that the recording doesn't have, such as further points"
        }
    }
}
