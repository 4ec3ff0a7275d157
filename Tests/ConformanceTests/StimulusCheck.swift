import Conformance
import ControllingStation
import NIOCore

/// Compares what a case says that it sends with what it has sent.
enum StimulusCheck {
    /// What the stimulus of a case names, and no frame that was sent has.
    static func missing(_ result: CaseResult) -> [String] {
        let sent = result.entries.compactMap { entry -> ProbeFrame? in
            guard case .sent(let octets) = entry.event else { return nil }
            return ProbeFrame(octets, at: entry.time)
        }
        let stimulus = result.conformanceCase.stimulus
        var missing: [String] = []
        for match in stimulus.matches(of: /\b68( [0-9A-F]{2}){5,}/) {
            let octets = match.output.0.split(separator: " ").compactMap { UInt8($0, radix: 16) }
            // Octets that make no frame are sent as they are, whole.
            let isSent = sent.contains { masked($0.octets) == masked(octets) || $0.octets.starts(with: octets) }
            if !isSent { missing.append(String(match.output.0)) }
        }
        for match in stimulus.matches(of: /\bT(\d{1,3})\b/) {
            let type = UInt8(match.output.1)
            if !sent.contains(where: { $0.type == type }) { missing.append(String(match.output.0)) }
        }
        for match in stimulus.matches(of: /\b(?:SCO|DCO|RCO|QCC) ([0-9A-F]{2})\b/) {
            let octet = UInt8(match.output.1, radix: 16)
            if !sent.contains(where: { $0.octets.last == octet }) { missing.append(String(match.output.0)) }
        }
        return missing
    }

    /// An I frame without its numbers and addresses, which are those of the station under test; other frames as they are.
    private static func masked(_ octets: [UInt8]) -> [UInt8] {
        guard octets.count >= 15, octets[0] == 0x68, octets[2] & 1 == 0 else { return octets }
        let hasObject = octets[12...14].contains { $0 != 0 }
        let isBroadcast = octets[10] == 0xFF && octets[11] == 0xFF
        var masked = octets
        for index in 2...5 { masked[index] = 0 }
        for index in 10...11 { masked[index] = isBroadcast ? 0xFF : 0 }
        for index in 12...14 { masked[index] = hasObject ? 1 : 0 }
        return masked
    }
}
