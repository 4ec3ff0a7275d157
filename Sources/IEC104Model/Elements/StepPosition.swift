/// VTI: value with transient state indication, a step position (IEC 60870-5-101, 7.2.6.5).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | T | value | | | | | | |
package struct StepPosition: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The value is brought into -64...63.
    package init(value: Int8, isTransient: Bool = false) {
        let bits = UInt8(bitPattern: min(max(value, -64), 63)) & 0x7F
        self.init(rawValue: bits | (isTransient ? 0x80 : 0))
    }

    /// -64...63, in seven bits of two's complement.
    package var value: Int8 { Int8(bitPattern: rawValue << 1) >> 1 }
    /// T: the equipment is moving.
    package var isTransient: Bool { rawValue & 0x80 != 0 }
}
