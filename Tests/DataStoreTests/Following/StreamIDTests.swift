import Testing

@testable import DataStore

@Suite("The ids of stream entries")
struct StreamIDTests {
    @Test("what the server writes is read, up to the greatest")
    func valid() {
        #expect(StreamID("1768473000123-7") == StreamID(milliseconds: 1_768_473_000_123, sequence: 7))
        #expect(StreamID("0-0") == .zero)
        let greatest = StreamID(milliseconds: .max, sequence: .max)
        #expect(StreamID(greatest.description) == greatest)
    }

    @Test(
        "anything else is no id",
        arguments: [
            "", "-", "1", "1-", "-1", "1-2-3", "1--2", "a-1", "1-b", " 1-2", "1-2 ", "+1-2", "1.5-2",
            "18446744073709551616-0", "0-18446744073709551616",
        ])
    func invalid(text: String) {
        #expect(StreamID(text) == nil)
    }
}
