import IEC104Model
import Testing

@testable import ConnectorCore

@Suite("Points found by their addresses")
struct MappedPointsTests {
    private func mapping(_ addresses: [(UInt16, UInt32)]) -> PointMapping {
        PointMapping(
            points: addresses.map { MappedPoint(name: "\($0)", address: PointAddress($0, $1), type: .M_ME_NC_1) })
    }

    @Test("every point is found, and none between them")
    func lookup() {
        let addresses: [(UInt16, UInt32)] = [
            (2, 5), (1, 16_777_215), (65_535, 0), (1, 0), (2, 4), (0, 7), (65_535, 16_777_215),
        ]
        let points = MappedPoints(mapping(addresses))
        for (commonAddress, object) in addresses {
            #expect(points[PointAddress(commonAddress, object)]?.address == PointAddress(commonAddress, object))
        }
        for (commonAddress, object): (UInt16, UInt32) in [
            (0, 6), (0, 8), (1, 1), (1, 16_777_214), (2, 0), (2, 6), (3, 5),
        ] {
            #expect(points[PointAddress(commonAddress, object)] == nil)
        }
        #expect(MappedPoints(mapping([]))[PointAddress(1, 1)] == nil)
    }

    @Test("options that stand apart are the point's own, and defaults don't count as options")
    func options() {
        let plain = MappedPoint(address: PointAddress(1, 1), type: .M_ME_NC_1)
        var scaled = plain
        scaled.scale = 2
        scaled.deadband = 0.5
        #expect(plain.scale == 1 && plain.deadband == nil)
        #expect(scaled.scale == 2 && scaled.deadband == 0.5 && scaled != plain)
        scaled.scale = 1
        scaled.deadband = nil
        #expect(scaled == plain)
    }
}
