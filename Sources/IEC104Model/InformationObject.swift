/// An information object: an address and what it carries.
package struct InformationObject: Hashable, Sendable {
    /// 0 where the ASDU concerns the station as a whole.
    package var address: InformationObjectAddress
    /// The element, which also tells the type identification.
    package var element: InformationElement

    package init(address: InformationObjectAddress, element: InformationElement) {
        self.address = address
        self.element = element
    }
}
