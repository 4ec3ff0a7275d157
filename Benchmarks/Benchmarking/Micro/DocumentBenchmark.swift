import ConnectorCore
import NIOCore

/// Reading a data point document.
enum DocumentBenchmark {
    private static let count = 50_000

    static let read = MicroBenchmark(name: "read a document", count: count) {
        let text = ByteBuffer(
            string: #"{"casdu":1,"ioa":100,"type":36,"value":21.5,"quality":[],"cot":3,"#
                + #""timestamp":"2026-01-15T10:30:00.123Z"}"#)
        return MicroBenchmark.Body {
            for _ in 0..<count { keep(try? PointDocument(json: text)) }
        }
    }
}
