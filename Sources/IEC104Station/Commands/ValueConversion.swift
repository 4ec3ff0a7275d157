/// What the mapping does to a value between the process and the wire.
package struct ValueConversion: Hashable, Sendable {
    /// Wire = process * scale + offset. Not 0.
    package var scale = 1.0
    package var offset = 0.0
    /// On and off change places.
    package var isInverted = false

    package init(scale: Double = 1, offset: Double = 0, isInverted: Bool = false) {
        self.scale = scale
        self.offset = offset
        self.isInverted = isInverted
    }

    /// True if numbers differ on both sides.
    package var isScaling: Bool { scale != 1 || offset != 0 }

    /// A number as the process knows it. Infinite if there is none so large.
    package func processValue(_ wireValue: Double) -> Double {
        isScaling ? (wireValue - offset) / scale : wireValue
    }
}
