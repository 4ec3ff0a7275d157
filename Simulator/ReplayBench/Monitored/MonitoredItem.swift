/// What a controlled station of a capture said.
package enum MonitoredItem: Hashable, Sendable {
    /// A value that a connector can serve.
    case object(RecordedObject)
    /// Information objects, or one APDU, that no connector can be made to say.
    case excluded(Exclusion, frame: Int, count: Int)
    /// The capture lacks octets here, and so perhaps values.
    case gap(frame: Int)
}
