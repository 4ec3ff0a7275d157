import Conformance
import Presentation

/// The documents that make the connector the station of a profile.
struct ConnectorDocuments {
    let profile: StationProfile
    let setting: StationSetting
    let host: String

    /// `connectors:{ID}:config`.
    var configuration: String {
        var network = JSONObject()
        network.add("host", .text(host))
        network.add("port", .integer(Int64(setting.port)))
        network.add("maxConnections", .integer(Int64(setting.connections ?? profile.connections ?? 1)))
        var object = JSONObject()
        object.add("name", .text("Conformance"))
        object.add("network", network)
        if let link = setting.link ?? profile.link {
            var protocolObject = JSONObject()
            for (name, value) in [("t1", link.t1), ("t2", link.t2), ("t3", link.t3), ("k", link.k), ("w", link.w)] {
                protocolObject.add(name, .integer(Int64(value)))
            }
            object.add("protocol", protocolObject)
        }
        if let buffer = setting.eventBuffer {
            var events = JSONObject()
            events.add("buffer", .integer(Int64(buffer)))
            object.add("events", events)
        }
        if !profile.commands.isEmpty {
            var commands = JSONObject()
            commands.add("selectTimeout", .integer(Int64(profile.selectTimeout)))
            commands.add("maxAge", .integer(Int64(profile.maximumCommandAge)))
            object.add("commands", commands)
        }
        var time = JSONObject()
        time.add("acceptClockSync", .bool(setting.setsClock))
        if let zone = setting.zone { time.add("zone", .text(zone)) }
        object.add("time", time)
        return object.line
    }

    /// `connectors:{ID}:mapping`.
    var mapping: String {
        var object = JSONObject()
        // Points of another setting may stand where the commands are.
        let commands = setting.points == nil ? profile.commands.map { commanded($0) } : []
        object.add("points", (setting.points ?? profile.points).map { monitored($0) } + commands)
        return object.line
    }

    private func commanded(_ command: ProfileCommand) -> JSONObject {
        var object = JSONObject()
        object.add("casdu", .integer(Int64(command.commonAddress)))
        object.add("ioa", .integer(Int64(command.objectAddress)))
        object.add("type", .integer(Int64(command.type.rawValue)))
        if command.operation == .select { object.add("selectBeforeOperate", .bool(true)) }
        if command.isConfirmedByProcess { object.add("confirmation", .text("process")) }
        if let maximum = command.maximum { object.add("max", .number(maximum)) }
        return object
    }

    private func monitored(_ point: ProfilePoint) -> JSONObject {
        var object = JSONObject()
        object.add("casdu", .integer(Int64(point.commonAddress)))
        object.add("ioa", .integer(Int64(point.objectAddress)))
        object.add("type", .integer(Int64(point.type.rawValue)))
        if !point.groups.isEmpty { object.add("groups", numbers: point.groups) }
        if let group = point.counterGroup { object.add("counterGroup", .integer(Int64(group))) }
        if let period = point.periodic { object.add("periodic", .integer(Int64(period))) }
        if let period = point.background { object.add("background", .integer(Int64(period))) }
        if let deadband = point.deadband { object.add("deadband", .number(deadband)) }
        return object
    }
}
