import IEC104Channel
import NIOCore

/// Cutting a stream of full I frames.
enum FramingBenchmark {
    private static let count = 100_000

    static let decode = MicroBenchmark(name: "cut an APDU", count: count) {
        var piece = ByteBuffer()
        for _ in 0..<100 {
            piece.writeBytes(WireAPDU.information([UInt8](repeating: 1, count: 249), send: 0, receive: 0))
        }
        return MicroBenchmark.Body { [piece] in
            let processor = NIOSingleStepByteToMessageProcessor(APDUDecoder())
            for _ in 0..<count / 100 {
                try? processor.process(buffer: piece) { keep($0.apci) }
            }
        }
    }
}
