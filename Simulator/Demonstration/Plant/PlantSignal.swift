import IEC104Model

/// How a point of the plant behaves.
enum PlantSignal: Hashable, Sendable {
    /// A measured value that wanders within a range and has so many decimals. For short floating point numbers.
    case measured(ClosedRange<Double>, decimals: Int)
    /// A fraction of the rated value, -1...1, that wanders. For normalized values.
    case fraction
    /// A whole number that wanders within a range. For scaled values.
    case scaled(ClosedRange<Int16>)
    /// A switch that takes a moment to move: off, intermediate, on, intermediate, off.
    case switching
    /// An alarm that comes and goes.
    case alarm
    /// A tap changer: moving, then one step away.
    case tap(ClosedRange<Int8>)
    /// A counter that only grows.
    case counter
    /// Several bits, one of which changes at a time.
    case bits(count: Int)
}
