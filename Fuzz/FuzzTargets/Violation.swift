/// Ends the program, because something has happened that must not. The fuzzer keeps the octets that led here.
func violated(_ what: String) -> Never {
    fatalError(what)
}

/// Goes on only if `holds`.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { violated(what()) }
}
