import Presentation

/// The declared profile as HTML.
enum HTMLProfile {
    static func text(_ profile: StationProfile) -> String {
        var rows: [(String, String)] = [("Description", profile.description)]
        if let link = profile.link {
            rows.append(("Link", "t1 \(link.t1) s, t2 \(link.t2) s, t3 \(link.t3) s, k \(link.k), w \(link.w)"))
        }
        if let connections = profile.connections { rows.append(("Connections", "\(connections)")) }
        if let functions = profile.functions {
            rows.append(("Functions", functions.map(\.rawValue).sorted().joined(separator: ", ")))
        }
        let addresses = profile.commonAddresses.map { address in
            "\(address) with \(profile.points.count { $0.commonAddress == address }) points"
        }
        rows.append(("Common addresses", addresses.joined(separator: ", ")))
        let types = Dictionary(grouping: profile.points, by: \.type).sorted { $0.key < $1.key }
        rows.append(("Points", types.map { "\($0.value.count) × \($0.key)" }.joined(separator: ", ")))
        rows.append(("Commands", profile.commands.isEmpty ? "" : "\(profile.commands.count)"))
        let choices = profile.choices.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        rows.append(("Choices", choices.joined(separator: ", ")))
        let facts = rows.filter { !$0.1.isEmpty }
            .map { "<dt>\($0.0)</dt><dd>\(Markup.escaped($0.1))</dd>" }.joined()
        return "<details class=\"profile\"><summary>Declared profile</summary><dl>\(facts)</dl></details>"
    }
}
