/// The address in the name of an image key, `process:image:casdu:{CASDU}:ioa:{IOA}`.
package struct PointKey: Hashable, Sendable, CustomStringConvertible {
    /// What every image key begins with.
    package static let prefix = "process:image:"

    /// Common address, 0...65535.
    package let commonAddress: UInt16
    /// Information object address, 0...16 777 215.
    package let objectAddress: UInt32

    package init(commonAddress: UInt16, objectAddress: UInt32) {
        self.commonAddress = commonAddress
        self.objectAddress = objectAddress
    }

    /// Nil for a text that is no image key, or whose numbers are out of range or written in an unusual way.
    package init?(key: some StringProtocol) {
        let parts = key.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "process", parts[1] == "image", parts[2] == "casdu", parts[4] == "ioa",
            let commonAddress = UInt16(parts[3]), let objectAddress = UInt32(parts[5]), objectAddress <= 0xFF_FFFF
        else { return nil }
        self.init(commonAddress: commonAddress, objectAddress: objectAddress)
        // "+5" and "007" are numbers too, but such a key isn't the one that is read for the address.
        guard key == description else { return nil }
    }

    /// The key.
    package var description: String { "process:image:casdu:\(commonAddress):ioa:\(objectAddress)" }
}
