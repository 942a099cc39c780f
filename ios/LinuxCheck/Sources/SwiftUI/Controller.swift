// A view controller among views.
import Foundation
import UIKit

@MainActor @preconcurrency public protocol UIViewControllerRepresentable: _Drawn {
    associatedtype UIViewControllerType: UIViewController
    associatedtype Coordinator = Void
    typealias Context = UIViewControllerRepresentableContext<Self>

    @MainActor @preconcurrency func makeUIViewController(context: Context) -> UIViewControllerType
    @MainActor @preconcurrency func updateUIViewController(
        _ uiViewController: UIViewControllerType, context: Context)
    @MainActor @preconcurrency static func dismantleUIViewController(
        _ uiViewController: UIViewControllerType, coordinator: Coordinator)
    @MainActor @preconcurrency func makeCoordinator() -> Coordinator
}

@MainActor @preconcurrency public struct UIViewControllerRepresentableContext<Representable>
where Representable: UIViewControllerRepresentable {
    public let coordinator: Representable.Coordinator
}

extension UIViewControllerRepresentable where Coordinator == Void {
    public func makeCoordinator() {}
}

extension UIViewControllerRepresentable {
    public static func dismantleUIViewController(
        _ uiViewController: UIViewControllerType, coordinator: Coordinator
    ) {}

    /// Made once for its place.
    public func _draw(_ d: _Drawing) {
        typealias Made = (controller: UIViewControllerType, context: Context)
        let made = Cell<Made?>(nil)
        let kept = d.keep(
            "controller", made,
            gone: {
                guard let made = made.value else { return }
                Self.dismantleUIViewController(made.controller, coordinator: made.context.coordinator)
            })
        if kept.value == nil {
            kept.changed = nil
            let context = Context(coordinator: makeCoordinator())
            kept.value = (makeUIViewController(context: context), context)
        }
        if let made = kept.value { updateUIViewController(made.controller, context: made.context) }
        d.add(Node(kind: "controller", label: "\(UIViewControllerType.self)"))
    }
}
