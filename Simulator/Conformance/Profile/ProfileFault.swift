/// Why a profile can't be used, with the place in the text.
package struct ProfileFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, or the name of a bundled profile.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1.
    package let column: Int
    package let text: String

    /// `station.yaml:3:7: ...`
    package var description: String { "\(file):\(line):\(column): \(text)" }
}
