import DataStore

/// The ACL rules that the README tells users to set.
enum ReadmeRules {
    /// The commands in the block that is marked `redis-acl`, with another password and id than the README's.
    static func commands(password: String, id: String) throws -> [RedisCommand] {
        let lines = try Repository.readmeBlock("redis-acl").replacing("\\\n", with: " ")
            .replacing("PASSWORD", with: password).replacing("substation-1", with: id).split(separator: "\n")
        return lines.map { RedisCommand($0.split(separator: " ").map(String.init)) }
    }
}
