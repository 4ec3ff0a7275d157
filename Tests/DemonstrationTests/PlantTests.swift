import Foundation
import IEC104Model
import TestSupport
import Testing

@testable import Demonstration

@Suite("Plant")
struct PlantTests {
    private var plant = Plant(random: SeededGenerator(seed: 1))

    @Test("has the types of a substation, in two common addresses")
    mutating func types() {
        let image = plant.image(at: moment)
        #expect(Set(image.map(\.type.rawValue)) == [13, 30, 31, 32, 33, 34, 35, 36, 37])
        #expect(Set(image.map(\.address.commonAddress)) == [101, 102])
        #expect(Set(image.map(\.address)).count == plant.count)
        #expect(plant.names.count == plant.count)
    }

    @Test("moves every point, and each point's time only forward")
    mutating func moves() {
        var last = Dictionary(uniqueKeysWithValues: plant.image(at: moment).map { ($0.address, $0) })
        var changed: Set<PointAddress> = []
        for _ in 0..<2000 {
            let update = plant.next(at: moment)
            if let before = last[update.address] {
                #expect(update.time > before.time)
                if update.information.value != before.information.value { changed.insert(update.address) }
            }
            last[update.address] = update
        }
        #expect(changed.count == plant.count)
    }

    @Test("documents say exactly what is expected at the other end")
    mutating func documents() throws {
        var updates = plant.image(at: moment)
        for _ in 0..<2000 { updates.append(plant.next(at: moment)) }
        for update in updates {
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(update.streamDocument.utf8)) as? [String: Any])
            #expect(document["casdu"] as? Int == Int(update.address.commonAddress.rawValue))
            #expect(document["ioa"] as? Int == Int(update.address.informationObjectAddress.rawValue))
            #expect(document["cot"] as? Int == Int(update.cause.rawValue))
            #expect(document["quality"] as? [String] == update.information.quality.abbreviations)
            switch update.information.value {
            case .shortFloat(let value): #expect((document["value"] as? Double).map { Float($0) } == value)
            case .normalized(let value): #expect(document["value"] as? Double == value.value)
            case .scaled(let value): #expect(document["value"] as? Int == Int(value))
            case .doublePoint(let state): #expect(document["value"] as? String == "\(state)")
            case .singlePoint(let isOn): #expect(document["value"] as? Bool == isOn)
            case .stepPosition(let position, let isMoving):
                #expect(document["value"] as? Int == Int(position))
                #expect((document["transient"] as? Bool ?? false) == isMoving)
            case .bitstring(let bits): #expect(document["value"] as? Int == Int(bits))
            case .integratedTotals(let reading): #expect(document["value"] as? Int == Int(reading.value))
            case .packedSinglePoints: Issue.record("not in the plant")
            }
        }
    }

    @Test("mapping is a document with all points")
    func mapping() throws {
        let document = try JSONSerialization.jsonObject(with: Data(plant.mapping.utf8)) as? [String: [[String: Any]]]
        let points = try #require(document?["points"])
        #expect(points.count == plant.count)
        #expect(
            points.allSatisfy { $0["name"] is String && $0["casdu"] is Int && $0["ioa"] is Int && $0["type"] is Int })
    }
}
