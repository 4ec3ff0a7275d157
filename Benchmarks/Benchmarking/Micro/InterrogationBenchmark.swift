import IEC104Station
import NIOCore

/// A point of an interrogation, from the image into an ASDU.
enum InterrogationBenchmark {
    private static let points = 100_000

    static let pack = MicroBenchmark(name: "a point of an interrogation", count: points) {
        let station = Station.forBenchmark(points: points)
        let session = station.makeSession(peer: "127.0.0.1")
        session.dataTransferStarted()
        return MicroBenchmark.Body {
            var output = ByteBuffer()
            session.received(asdu: ByteBuffer(bytes: [100, 1, 6, 0, 1, 0, 0, 0, 0, 20]), now: .now())
            while session.nextASDU(into: &output) { output.clear() }
            keep(output)
        }
    }
}
