/// The version of the product.
package enum ConnectorVersion {
    /// Semantic version.
    package static let current = "0.1.0"
}
