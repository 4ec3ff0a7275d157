/// An ASDU of one object in control direction, octet by octet. Built without the model's codecs, so that a wrong one can
/// be made on purpose and a fault of the codecs can't hide itself.
package struct RawRequest: Hashable, Sendable {
    /// Type identification.
    package var type: UInt8
    /// Variable structure qualifier: SQ and number.
    package var structure: UInt8 = 1
    /// The cause's octet with P/N (`40`) and T (`80`).
    package var cause: UInt8 = 6
    /// Originator address.
    package var originator: UInt8 = 0
    /// Common address.
    package var commonAddress: Int
    /// Information object address.
    package var objectAddress: Int = 0
    /// What follows the address.
    package var element: [UInt8] = []

    package init(
        _ type: UInt8, cause: UInt8 = 6, originator: UInt8 = 0, ca commonAddress: Int, ioa objectAddress: Int = 0,
        _ element: [UInt8] = []
    ) {
        self.type = type
        self.cause = cause
        self.originator = originator
        self.commonAddress = commonAddress
        self.objectAddress = objectAddress
        self.element = element
    }

    /// The ASDU.
    package var octets: [UInt8] {
        [type, structure, cause, originator]
            + [UInt8(commonAddress & 0xFF), UInt8(commonAddress >> 8 & 0xFF)]
            + [UInt8(objectAddress & 0xFF), UInt8(objectAddress >> 8 & 0xFF), UInt8(objectAddress >> 16 & 0xFF)]
            + element
    }

    /// The same with something changed.
    package func with(_ change: (inout RawRequest) -> Void) -> RawRequest {
        var copy = self
        change(&copy)
        return copy
    }
}
