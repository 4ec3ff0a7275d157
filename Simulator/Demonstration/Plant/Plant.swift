import IEC104Model
import Presentation

/// Two substations whose values move.
package struct Plant: Sendable {
    private var points: [PlantPoint] = []
    private var times: [Int64] = []
    private var random: any RandomNumberGenerator & Sendable

    /// - Parameter random: decides what happens next.
    package init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.random = random
        addSubstation(101, "North")
        addSubstation(102, "River")
        times = [Int64](repeating: 0, count: points.count)
    }

    /// Points in both substations.
    package var count: Int { points.count }

    /// The names of the points.
    package var names: [PointAddress: String] {
        Dictionary(points.map { ($0.address, $0.name) }) { first, _ in first }
    }

    /// What all points say at the beginning.
    package mutating func image(at time: Int64) -> [PlantUpdate] {
        points.indices.map { index in
            times[index] = time
            return PlantUpdate(points[index], at: time)
        }
    }

    /// Something happens at one of the points.
    ///
    /// - Parameter time: milliseconds since 1970; a point's times only grow, so that a later one may be taken.
    package mutating func next(at time: Int64) -> PlantUpdate {
        let index = Int.random(in: points.indices, using: &random)
        points[index].advance(using: &random)
        times[index] = max(time, times[index] + 1)
        return PlantUpdate(points[index], at: times[index])
    }

    /// The connector's mapping document.
    package var mapping: String {
        let points = points.map { point in
            var object = JSONObject()
            object.add("name", .text(point.name))
            object.add("casdu", .integer(Int64(point.address.commonAddress.rawValue)))
            object.add("ioa", .integer(Int64(point.address.informationObjectAddress.rawValue)))
            object.add("type", .integer(Int64(point.type.rawValue)))
            return object
        }
        var object = JSONObject()
        object.add("points", points)
        return object.line
    }

    // MARK: What there is

    private mutating func addSubstation(_ commonAddress: CommonAddress, _ place: String) {
        func add(
            _ object: InformationObjectAddress, _ type: TypeIdentification, _ name: String, _ signal: PlantSignal,
            _ cause: CauseOfTransmission = .spontaneous
        ) {
            let address = PointAddress(commonAddress: commonAddress, informationObjectAddress: object)
            points.append(PlantPoint(address, type, "\(place) \(name)", signal, cause: cause))
        }
        add(1001, .M_ME_TF_1, "T1 oil temperature, °C", .measured(35...95, decimals: 1))
        add(1002, .M_ME_TF_1, "T1 winding temperature, °C", .measured(40...120, decimals: 1))
        add(1003, .M_ST_TB_1, "T1 tap changer", .tap(-8...8))
        add(1004, .M_ME_TD_1, "T1 load, of rated current", .fraction)
        add(1005, .M_BO_TB_1, "T1 cooling fans", .bits(count: 8))
        add(2001, .M_ME_NC_1, "110 kV busbar voltage, kV", .measured(104...118, decimals: 2), .periodic)
        add(2002, .M_ME_TF_1, "20 kV busbar voltage, kV", .measured(19.2...21, decimals: 3))
        add(2003, .M_ME_NC_1, "frequency, Hz", .measured(49.9...50.1, decimals: 3), .periodic)
        addFeeder(3000, "feeder 1")
        addFeeder(4000, "feeder 2")

        func addFeeder(_ base: UInt32, _ name: String) {
            func object(_ offset: UInt32) -> InformationObjectAddress { .init(integerLiteral: base + offset) }
            add(object(1), .M_ME_TF_1, "\(name) current, A", .measured(20...400, decimals: 1))
            add(object(2), .M_ME_TF_1, "\(name) active power, MW", .measured(-2...13, decimals: 3))
            add(object(3), .M_ME_NC_1, "\(name) reactive power, Mvar", .measured(-3...4, decimals: 3))
            add(object(11), .M_DP_TB_1, "\(name) breaker", .switching, .returnInformationRemote)
            add(object(12), .M_DP_TB_1, "\(name) isolator", .switching, .returnInformationLocal)
            add(object(21), .M_SP_TB_1, "\(name) protection trip", .alarm)
            add(object(22), .M_SP_TB_1, "\(name) earth fault", .alarm)
            add(object(31), .M_IT_TB_1, "\(name) energy, kWh", .counter)
            add(object(41), .M_ME_TE_1, "\(name) cable, 0.1 °C", .scaled(80...650))
        }
    }
}
