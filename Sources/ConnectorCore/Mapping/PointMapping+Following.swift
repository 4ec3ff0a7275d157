import DataStore
import IEC104Model

extension PointMapping {
    /// The image keys of the monitored points.
    var imageKeys: PointKeys {
        PointKeys(points.lazy.filter { !$0.type.isCommand }.map(\.key))
    }

    /// Image keys of points that were mapped before, but whose documents are converted in another way now.
    func keysReadDifferently(than before: PointMapping?) -> PointKeys {
        guard let before else { return [] }
        let converters = Dictionary(
            before.points.lazy.map { ($0.address, PointConverter($0)) }, uniquingKeysWith: { $1 })
        return PointKeys(
            points.lazy.filter { point in
                guard !point.type.isCommand, let converter = converters[point.address] else { return false }
                return converter != PointConverter(point)
            }.map(\.key))
    }
}

extension MappedPoint {
    /// The image key of the point.
    var key: PointKey {
        PointKey(
            commonAddress: address.commonAddress.rawValue, objectAddress: address.informationObjectAddress.rawValue)
    }
}
