import TestSupport
import Testing

/// The cases of framing against a handler that breaks their rule: each of them has to fail.
@Suite("The cases fail on broken framing")
struct BrokenFramingTests {
    @Test("framing")
    func framing() async throws {
        try await fails(on: .searchesStartOctet) {
            try HandlerFramingTests().malformed(hex: "00 01 12 12", fault: .startOctet(0))
        }
        try await fails(on: .dropsIncompleteAPDU) { try HandlerFramingTests().dripFeed() }
        try await fails(on: .dropsIncompleteAPDU) { try HandlerFramingTests().oneAndAHalf() }
        try await fails(on: .dropsSecondAPDU) { try HandlerFramingTests().severalInOne() }
        try await fails(on: .dropsSecondAPDU) { try HandlerFramingTests().behindFault() }
    }

    private func fails(
        on defect: FramingDefect, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: @Sendable () throws -> Void
    ) async throws {
        try await expectFailure("passes on framing that is broken: \(defect)", sourceLocation: sourceLocation) {
            try FramingDefect.$current.withValue(defect) { try body() }
        }
    }
}
