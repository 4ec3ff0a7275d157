import Foundation
import TestBench

/// The program `Tests/Peer/controlling_station.py`, running.
final class Peer: Sendable {
    /// An information object as the program prints it.
    struct Object: Decodable, Equatable, Sendable {
        let ca: Int
        let ioa: Int
        let typeid: Int
        /// True is 1.
        let value: Double
        let quality: [String]
        let cot: Int
        let timestamp_ms: Int64?
    }

    private enum Line: Sendable {
        case event(String)
        case object(Object)
    }

    /// The Python that has c104, as `make test` names it.
    static let python = ProcessInfo.processInfo.environment["IEC104_PEER_PYTHON"] ?? ""
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python) }

    private let process: ChildProcess
    private let lines: AsyncStream<Line>

    init(host: String, port: Int = 2404, commonAddresses: [Int]) throws {
        let (lines, continuation) = AsyncStream.makeStream(of: Line.self)
        self.lines = lines
        process = try ChildProcess(
            Self.python,
            [Repository.path("Tests/Peer/controlling_station.py"), host, String(port)]
                + commonAddresses.map(String.init) + ["--duration", "60"]
        ) { line in
            guard line.source == .standardOutput else { return }
            if let object = try? JSONDecoder().decode(LenientObject.self, from: Data(line.text.utf8)) {
                continuation.yield(.object(object.object))
            } else {
                continuation.yield(.event(line.text))
            }
        }
    }

    /// What it has received when it says that the interrogation has been terminated.
    func objectsUntilInterrogated() async throws -> [Object] {
        var objects: [Object] = []
        while true {
            switch try await next() {
            case .event(let text) where text.contains("interrogated"): return objects
            case .event: break
            case .object(let object): objects.append(object)
            }
        }
    }

    /// The next objects it receives.
    func objects(_ count: Int) async throws -> [Object] {
        var objects: [Object] = []
        while objects.count < count {
            if case .object(let object) = try await next() { objects.append(object) }
        }
        return objects
    }

    func end() async {
        await process.kill()
    }

    private func next() async throws -> Line {
        let lines = lines
        let line = await withTaskGroup(of: Line?.self) { group in
            group.addTask {
                for await line in lines { return line }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(20))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let line else { throw BenchError("the peer tells nothing more; its output:\n\(process.tail())") }
        return line
    }
}

/// Booleans are numbers here.
private struct LenientObject: Decodable {
    private enum Key: String, CodingKey {
        case ca, ioa, typeid, value, quality, cot, timestamp_ms
    }

    let object: Peer.Object

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let value: Double
        if let isOn = try? container.decode(Bool.self, forKey: .value) {
            value = isOn ? 1 : 0
        } else {
            value = try container.decode(Double.self, forKey: .value)
        }
        object = Peer.Object(
            ca: try container.decode(Int.self, forKey: .ca), ioa: try container.decode(Int.self, forKey: .ioa),
            typeid: try container.decode(Int.self, forKey: .typeid), value: value,
            quality: try container.decode([String].self, forKey: .quality),
            cot: try container.decode(Int.self, forKey: .cot),
            timestamp_ms: try container.decodeIfPresent(Int64.self, forKey: .timestamp_ms))
    }
}
