/// Why nothing can be injected.
package struct ScenarioStoreFault: Error, CustomStringConvertible {
    package let description: String
}
