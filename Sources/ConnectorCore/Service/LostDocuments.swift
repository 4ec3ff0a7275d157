/// Which documents the store has lost, and nobody has written again: the previous ones run on.
struct LostDocuments: Equatable {
    var configuration = false
    var mapping = false

    /// For people; nil if none is lost.
    var names: String? {
        switch (configuration, mapping) {
        case (true, true): "config and mapping"
        case (true, false): "config"
        case (false, true): "mapping"
        case (false, false): nil
        }
    }
}
