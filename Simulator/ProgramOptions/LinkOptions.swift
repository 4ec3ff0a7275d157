import ArgumentParser
import IEC104Link

/// The link parameters of the end that opens the connection.
package struct LinkOptions: ParsableArguments {
    @Option(help: "Time-out of connection establishment, 1...255 s.")
    package var t0 = 30

    @OptionGroup package var transfer: TransferOptions

    package init() {}

    package var parameters: LinkParameters {
        LinkParameters(
            t0: t0, t1: transfer.t1, t2: transfer.t2, t3: transfer.t3, k: transfer.k, w: transfer.w)
    }

    package func validate() throws {
        guard (1...255).contains(t0) else { throw ValidationError("--t0 is \(t0), but must be in 1...255") }
    }
}
