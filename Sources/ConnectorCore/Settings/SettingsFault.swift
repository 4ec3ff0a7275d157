/// A parameter that can't be used: the place, what is wrong and what would be right, in one line.
package struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
