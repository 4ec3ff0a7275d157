import Presentation

/// A message sequence as inline SVG: the probe on the left, the station on the right, an arrow for each frame.
enum SequenceDrawing {
    private static let row = 20
    private static let left = 110
    private static let right = 250
    private static let textX = 270
    private static let width = 1100

    /// Empty without lines.
    static func svg(_ lines: [FrameLine]) -> String {
        guard !lines.isEmpty else { return "" }
        let height = lines.count * row + 34
        var svg = "<div class=\"sequence\"><svg width=\"\(width)\" height=\"\(height)\""
        svg += " viewBox=\"0 0 \(width) \(height)\" role=\"img\">"
        svg += "<text x=\"\(left)\" y=\"14\" class=\"end\">controlling</text>"
        svg += "<text x=\"\(right)\" y=\"14\" class=\"end\">controlled</text>"
        for x in [left, right] {
            svg += "<line x1=\"\(x)\" y1=\"20\" x2=\"\(x)\" y2=\"\(height - 4)\" class=\"life\"/>"
        }
        for (index, line) in lines.enumerated() { svg += drawing(line, y: 34 + index * row) }
        return svg + "</svg></div>"
    }

    private static func drawing(_ line: FrameLine, y: Int) -> String {
        let text = Markup.escaped(line.text)
        let time = Duration.milliseconds(line.milliseconds).secondsText
        guard line.side != .note else { return "<text x=\"\(textX)\" y=\"\(y + 4)\" class=\"note\">\(text)</text>" }
        let (from, to, tip) = line.side == .probe ? (left, right, -6) : (right, left, 6)
        let hint = Markup.escaped(([line.octets] + line.objects).joined(separator: "\n"))
        let title = hint.isEmpty ? "" : "<title>\(hint)</title>"
        return "<g class=\"\(line.side.rawValue)\">\(title)<text x=\"4\" y=\"\(y + 4)\" class=\"clock\">\(time)</text>"
            + "<text x=\"\(left - 18)\" y=\"\(y + 4)\" class=\"label\">\(line.connection)</text>"
            + "<path d=\"M\(from) \(y)H\(to)m\(tip) -4L\(to) \(y)l\(tip) 4\"/>"
            + "<text x=\"\(textX)\" y=\"\(y + 4)\">\(text)</text></g>"
    }
}
