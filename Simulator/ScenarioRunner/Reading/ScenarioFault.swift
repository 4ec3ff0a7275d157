/// Something in a scenario file that can't be used, with its place.
package struct ScenarioFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1.
    package let column: Int
    package let text: String

    /// `file:line:column: text`, as compilers write it.
    package var description: String { "\(file):\(line):\(column): \(text)" }
}
