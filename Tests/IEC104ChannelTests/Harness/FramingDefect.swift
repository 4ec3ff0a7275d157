import TestSupport

/// A deliberate fault of the framing under test, so that its cases can be seen to fail.
enum FramingDefect: Sendable {
    /// Whatever isn't a start octet where one should be is skipped.
    case searchesStartOctet
    /// Every read is taken for whole APDUs: what is left over is thrown away.
    case dropsIncompleteAPDU
    /// Only the first APDU of a read is looked at.
    case dropsSecondAPDU

    /// The defect of the handlers that are made in this task.
    @TaskLocal static var current: FramingDefect?

    /// The octets of one read as the faulty framing sees them.
    func altered(_ octets: [UInt8]) -> [UInt8] {
        switch self {
        case .searchesStartOctet: fromStartOctets(octets)
        case .dropsIncompleteAPDU: APDUs.split(octets).map { TestSupport.octets($0) }.filter(isWhole).flatMap { $0 }
        case .dropsSecondAPDU: Array(octets.prefix(octets.count > 1 ? Int(octets[1]) + 2 : octets.count))
        }
    }

    private func fromStartOctets(_ octets: [UInt8]) -> [UInt8] {
        var (found, rest) = ([UInt8](), octets[...])
        while let octet = rest.first {
            let length = octet == 0x68 ? Int(rest.dropFirst().first ?? 0) + 2 : 0
            found += rest.prefix(length)
            rest = rest.dropFirst(max(length, 1))
        }
        return found
    }

    private func isWhole(_ apdu: [UInt8]) -> Bool {
        apdu.count >= 2 && apdu.count == Int(apdu[1]) + 2
    }
}
