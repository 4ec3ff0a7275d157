#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The terminal on standard output, taken over for a screen that is redrawn in place.
package struct Terminal: Sendable {
    private static let escape = "\u{1B}["
    /// False where the user wants no colours (`NO_COLOR`).
    private let hasColours: Bool

    /// - Parameter hasColours: false writes no escape sequences for colours and weights.
    package init(hasColours: Bool = getenv("NO_COLOR") == nil) {
        self.hasColours = hasColours
    }

    /// The size of the window; 80 by 24 if the terminal doesn't tell.
    package var size: TableLayout.Size {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return TableLayout.Size(columns: 80, lines: 24)
        }
        return TableLayout.Size(columns: Int(window.ws_col), lines: Int(window.ws_row))
    }

    /// Switches to the alternate screen, without a cursor.
    package var entering: String { "\(Self.escape)?1049h\(Self.escape)?25l" }

    /// Gives the terminal back as it was.
    package var leaving: String { "\(Self.escape)0m\(Self.escape)?25h\(Self.escape)?1049l" }

    /// Puts the lines where the ones before them were.
    package func frame(_ lines: [TableLayout.Line]) -> String {
        let drawn = lines.map { styled($0) + "\(Self.escape)K" }
        return "\(Self.escape)H" + drawn.joined(separator: "\r\n") + "\(Self.escape)J"
    }

    private func styled(_ line: TableLayout.Line) -> String {
        guard hasColours else { return line.text }
        return switch line.emphasis {
        case .none: line.text
        case .title: "\(Self.escape)7m\(line.text)\(Self.escape)0m"
        case .fresh: "\(Self.escape)1m\(line.text)\(Self.escape)0m"
        case .doubtful: "\(Self.escape)33m\(line.text)\(Self.escape)0m"
        }
    }
}
