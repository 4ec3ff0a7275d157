import NIOCore
import Testing

@testable import DataStore

@Suite("The RESP reader")
struct RESPReaderTests {
    static let replies: [(octets: String, value: RESPValue)] = [
        ("+OK\r\n", .simpleString("OK")),
        ("+\r\n", .simpleString("")),
        ("-ERR no such key\r\n", .error(RedisError(message: "ERR no such key"))),
        (":-9223372036854775808\r\n", .integer(.min)),
        ("$0\r\n\r\n", .bulk(ByteBuffer())),
        ("$9\r\n\r\n$3\r\nab\0\r\n", .bulk(ByteBuffer(string: "\r\n$3\r\nab\0"))),
        ("$-1\r\n", .null),
        ("*-1\r\n", .null),
        ("*0\r\n", .array([])),
        (
            "*4\r\n*2\r\n:1\r\n$-1\r\n*0\r\n-NO\r\n$1\r\nx\r\n",
            .array([
                .array([.integer(1), .null]), .array([]), .error(RedisError(message: "NO")),
                .bulk(ByteBuffer(string: "x")),
            ])
        ),
    ]

    /// Reads everything in `octets`, fed in pieces of `size`.
    func read(_ octets: String, piece size: Int = .max, _ limit: ReplyLimit = .standard) throws -> [RESPValue] {
        guard var reader = RESPReader() else { throw StoreError.unavailable }
        var rest = ByteBuffer(string: octets)
        var values: [RESPValue] = []
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
            reader.feed(piece)
            while let value = try reader.next(limit) { values.append(value) }
        }
        return values
    }

    @Test("reads every kind of reply", arguments: replies)
    func kinds(octets: String, value: RESPValue) throws {
        #expect(try read(octets) == [value])
    }

    @Test("reads replies however they are cut, and one after the other", arguments: 1...40)
    func cuts(size: Int) throws {
        let octets = Self.replies.map(\.octets).joined()
        #expect(try read(octets, piece: size) == Self.replies.map(\.value))
    }

    @Test("waits for the rest, wherever a reply breaks off")
    func incomplete() throws {
        for (octets, _) in Self.replies {
            for length in 0..<octets.utf8.count {
                #expect(try read(String(decoding: octets.utf8.prefix(length), as: UTF8.self)).isEmpty)
            }
        }
    }

    @Test("reads past a string that is too long, and goes on behind it", arguments: [1, 2, 3, 7, 100, .max])
    func tooLong(size: Int) throws {
        let long = String(repeating: "x", count: 101)
        let octets = "*3\r\n$2\r\nid\r\n$101\r\n\(long)\r\n:7\r\n$101\r\n\(long)\r\n+OK\r\n"
        let leftOut = RESPValue.error(RedisError.tooLong(101))
        let values = try read(octets, piece: size, ReplyLimit(string: 100, total: 1000))
        #expect(
            values == [
                .array([.bulk(ByteBuffer(string: "id")), leftOut, .integer(7)]), leftOut, .simpleString("OK"),
            ])
        #expect(try read(octets, ReplyLimit(string: 101, total: 1000)).contains(leftOut) == false)
    }

    @Test("leaves out what a reply has no room for but keeps short strings, and each reply has room of its own")
    func noRoom() throws {
        let hundred = "$100\r\n\(String(repeating: "x", count: 100))\r\n"
        let reply = "*4\r\n\(hundred)\(hundred)\(hundred)$3\r\n1-0\r\n"
        let kept = RESPValue.bulk(ByteBuffer(string: String(repeating: "x", count: 100)))
        let expected = RESPValue.array([
            kept, kept, .error(RedisError.noRoom(100)), .bulk(ByteBuffer(string: "1-0")),
        ])
        #expect(try read(reply + reply, piece: 50, ReplyLimit(string: 100, total: 250)) == [expected, expected])
    }

    @Test("hands nothing of a string that is too long to the parser")
    func memory() throws {
        var frames = RESPFrames()
        var forwarded = 0
        let piece = "$1099511627776\r\n" + String(repeating: "x", count: 100_000)
        for octets in [piece, String(repeating: "x", count: 100_000)] {
            let bytes = Array(octets.utf8)
            try bytes.withUnsafeBytes { bytes in
                let (used, isComplete) = try frames.scan(bytes, .standard) { forwarded += $0.count }
                #expect(used == bytes.count && !isComplete)
            }
        }
        #expect(forwarded < 100)
    }

    @Test(
        "refuses what isn't the protocol",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n", "\0\0\0\0\n", "$x\r\n", "$12a\r\nabc\r\n", "$9223372036854775807\r\n",
            "*99999999999999999999\r\n", String(repeating: "*1\r\n", count: 20),
            "+" + String(repeating: "x", count: 70_000), "\r\n", "$\n",
        ])
    func garbage(octets: String) {
        #expect(throws: StoreError.self) { try read(octets) }
    }

    @Test("survives any octets", arguments: 0..<200)
    func noise(seed: UInt64) throws {
        var generator = Noise(state: seed)
        let alphabet = Array("*$+-:0129\r\n\r\nab".utf8)
        let octets = (0..<200).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
        guard var reader = RESPReader() else { throw StoreError.unavailable }
        reader.feed(ByteBuffer(bytes: octets))
        do throws(StoreError) {
            while try reader.next() != nil {}
        } catch {
            guard case .unexpectedReply = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}

/// A small generator, so that each seed gives the same octets every time.
struct Noise: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
