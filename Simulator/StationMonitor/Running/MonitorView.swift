import ControllingStation
import IEC104Model
import Presentation

/// What a monitor shows: JSON lines, or a table with a header.
actor MonitorView {
    private let target: HostAndPort
    private let table: LiveTable?
    private var state = "connecting"
    private var interrogations: [String] = []

    init(target: HostAndPort, isTable: Bool) {
        self.target = target
        table = isTable ? LiveTable() : nil
    }

    /// Shows an ASDU.
    ///
    /// - Throws: `StandardOutput.Closed`; `CancellationError`.
    func take(_ asdu: ReceivedASDU) async throws {
        if let table {
            await table.take(asdu)
        } else {
            try await StandardOutput.put(JSONLines.lines(asdu).map { $0 + "\n" }.joined())
        }
    }

    /// Draws the table until the task is cancelled; returns at once without one.
    func draw() async throws {
        await update()
        try await table?.draw()
    }

    /// STARTDT con has come.
    private(set) var isStarted = false

    func dataTransferStarted() async {
        isStarted = true
        await setState("data transfer started")
    }

    func setState(_ state: String) async {
        self.state = state
        await update()
    }

    func interrogationBegins(_ what: String, _ address: CommonAddress) async {
        interrogations.append("\(what) of \(Self.text(address)) under way")
        await update()
    }

    func interrogationEnded(_ what: String, _ answer: InterrogationAnswer) async {
        let points = answer.points.count
        let milliseconds = answer.duration.nanoseconds / 1_000_000
        interrogations.removeLast()
        interrogations.append(
            "\(what) of \(Self.text(answer.commonAddress)): \(points) points in \(milliseconds) ms")
        await update()
    }

    func interrogationFailed(_ failure: InterrogationFailure) async {
        interrogations.removeLast()
        var text = failure.description
        if failure.answer.commonAddress == .broadcast { text += "; --ca N asks one common address" }
        interrogations.append(text)
        if table == nil { StandardOutput.note(text) }
        await update()
    }

    /// What remains on the terminal after the table has gone; nil for lines.
    var summary: String? {
        get async {
            guard let contents = await table?.contents else { return nil }
            return (["\(target): \(contents.count) points, \(contents.reports) reports"] + interrogations)
                .joined(separator: "\n")
        }
    }

    private func update() async {
        await table?.setStatus(["iec104-sim monitor \(target)   \(state)   Ctrl-C ends"] + interrogations.suffix(4))
    }

    private static func text(_ address: CommonAddress) -> String {
        address == .broadcast ? "all common addresses (65535)" : "common address \(address)"
    }
}
