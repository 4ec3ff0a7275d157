import ControllingStation
import IEC104Model

/// What the station under test declares of itself. What isn't declared isn't judged.
package struct StationProfile: Sendable {
    /// How a profile ships with the program.
    package enum Bundled: String, CaseIterable, Sendable {
        /// The connector of this project.
        case connector
        /// A station of which little is known.
        case minimal

        /// The text of the profile.
        package var text: String {
            switch self {
            case .connector: String(decoding: PackageResources.connector_yaml, as: UTF8.self)
            case .minimal: String(decoding: PackageResources.minimal_yaml, as: UTF8.self)
            }
        }
    }

    /// For the report.
    package var name = ""
    package var description = ""
    /// Nil if nothing is declared.
    package var link: LinkProfile?
    /// Connections at once; nil if nothing is declared.
    package var connections: Int?
    /// What the station can do; nil if nothing is declared.
    package var functions: Set<StationFunction>?
    /// Common addresses without points too.
    package var commonAddresses: [Int] = []
    package var points: [ProfilePoint] = []
    package var commands: [ProfileCommand] = []
    /// True if cases of class R may be run: storms, garbage, malformed frames; and requests that would do something in a
    /// station that isn't as it declares.
    package var allowsRobustness = false
    /// A common address that no station behind the target has, so that commands may go there; nil if none is named.
    package var freeCommonAddress: Int?
    /// An object address that the station hasn't, so that commands may go there; nil if none is named.
    package var freeObjectAddress: Int?
    /// Seconds that a select lasts.
    package var selectTimeout = 30
    /// Seconds that a time-tagged command may be old.
    package var maximumCommandAge = 30
    /// Answers to what the standard leaves open, by case id.
    package var choices: [String: String] = [:]
    package var pace = ProbePace()

    /// A profile that declares nothing.
    package init() {}

    /// True if the points were found out by asking the station: known, but not declared for changing.
    package internal(set) var isDiscovered = false

    /// Those of points and commands.
    var declaredCommonAddresses: [Int] {
        Set(points.map(\.commonAddress) + commands.map(\.commonAddress)).sorted()
    }

    /// Nil if nothing is declared.
    package func supports(_ function: StationFunction) -> Bool? {
        functions.map { $0.contains(function) }
    }

    /// True if there is a point with the type, or with its twin with or without time tag.
    package func hasPoint(_ type: TypeIdentification) -> Bool {
        points.contains { isFree($0) && $0.type.withoutTimeTag == type.withoutTimeTag }
    }

    /// True for a point that changes only when it is told to: neither by itself nor by a command.
    package func isFree(_ point: ProfilePoint) -> Bool {
        point.isPlain
            && !commands.contains {
                $0.commonAddress == point.commonAddress && $0.returns == point.objectAddress
            }
    }

    /// The points that an interrogation of a common address has to report.
    package func interrogated(_ commonAddress: Int, group: Int? = nil) -> [ProfilePoint] {
        points.filter { point in
            point.commonAddress == commonAddress && !point.isCounter && group.map { point.groups.contains($0) } ?? true
        }
    }

    /// The counters that a counter interrogation has to report.
    package func counters(_ commonAddress: Int, group: Int? = nil) -> [ProfilePoint] {
        points.filter { point in
            point.commonAddress == commonAddress && point.isCounter && group.map { $0 == point.counterGroup } ?? true
        }
    }
}
