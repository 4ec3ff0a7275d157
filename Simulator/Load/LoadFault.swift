/// Why a load could not begin.
package struct LoadFault: Error, CustomStringConvertible {
    /// The connection, from 1 on.
    let number: Int
    /// How many there should be.
    let connections: Int
    let reason: String
    /// Whether there is a station at all.
    let isStation: Bool

    package var description: String {
        "connection \(number) of \(connections): \(reason)"
            + (isStation && connections > 1
                ? "; does the station take \(connections) at once (maxConnections of a connector)?" : "")
    }
}
