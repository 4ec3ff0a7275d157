import ArgumentParser
import IEC104Model

/// `A=B`.
struct CommonAddressMapping: ExpressibleByArgument {
    let recorded: CommonAddress
    let live: CommonAddress

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map { UInt16($0) }
        guard parts.count == 2, let recorded = parts[0], let live = parts[1] else { return nil }
        self.recorded = CommonAddress(rawValue: recorded)
        self.live = CommonAddress(rawValue: live)
    }
}
