/// One line of the report: what was measured of the floor and of the connector, and how they compare.
package struct Finding: Sendable {
    /// What is asked of a figure.
    package enum Target: Sendable {
        case atMost(Double)
        case atLeast(Double)
    }

    /// The workload's letter.
    package let workload: String
    package let name: String
    package let unit: String
    /// Median of the rounds; nil where there is nothing to compare with.
    package let floor: Double?
    /// Median of the rounds.
    package let connector: Double
    /// Of the ratio where there is a floor, otherwise of the figure itself.
    package let target: Target?

    init(
        _ workload: String, _ name: String, unit: String, floor: [Double]? = nil, connector: [Double],
        target: Target? = nil
    ) {
        self.workload = workload
        self.name = name
        self.unit = unit
        self.floor = floor.map(median)
        self.connector = median(connector)
        self.target = target
    }

    /// The connector's figure divided by the floor's.
    package var ratio: Double? { floor.map { connector / $0 } }

    /// Nil where nothing is asked.
    package var holds: Bool? {
        let figure = ratio ?? connector
        switch target {
        case .atMost(let limit): return figure <= limit
        case .atLeast(let limit): return figure >= limit
        case nil: return nil
        }
    }
}
