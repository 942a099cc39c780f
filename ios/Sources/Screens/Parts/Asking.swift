import SwiftUI

extension Binding where Value == Bool {
    /// True while there is something; what sets it to false takes it away.
    @MainActor init<Item: Sendable>(_ item: Binding<Item?>) {
        self.init(
            get: { @MainActor in item.wrappedValue != nil },
            set: { @MainActor isShown in if !isShown { item.wrappedValue = nil } })
    }
}
