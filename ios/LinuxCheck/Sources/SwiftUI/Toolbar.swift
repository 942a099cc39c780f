import Foundation

@MainActor @preconcurrency public protocol ToolbarContent {
    associatedtype Body: ToolbarContent
    @ToolbarContentBuilder @MainActor @preconcurrency var body: Body { get }
}

extension Never: ToolbarContent {}

public struct ToolbarItemPlacement: Sendable {
    let name: String
    public static let automatic = ToolbarItemPlacement(name: "")
    public static let primaryAction = ToolbarItemPlacement(name: "primary")
    public static let confirmationAction = ToolbarItemPlacement(name: "confirm")
    public static let cancellationAction = ToolbarItemPlacement(name: "cancel")
    public static let topBarLeading = ToolbarItemPlacement(name: "leading")
    public static let topBarTrailing = ToolbarItemPlacement(name: "trailing")
}

public struct ToolbarItem<ID, Content: View>: ToolbarContent {
    let content: Content
    public var body: Never { return fatalError() }
}

extension ToolbarItem where ID == () {
    public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
}

public struct _ToolbarItems: ToolbarContent {
    let views: [any View]
    public var body: Never { return fatalError() }
}

@MainActor @resultBuilder public struct ToolbarContentBuilder {
    public static func buildExpression<Content: ToolbarContent>(_ content: Content) -> Content { content }

    public static func buildBlock<each Content: ToolbarContent>(
        _ content: repeat each Content
    ) -> some ToolbarContent {
        var all: [any View] = []
        repeat all.append(contentsOf: views(of: each content))
        return _ToolbarItems(views: all)
    }

    public static func buildIf<Content: ToolbarContent>(_ content: Content?) -> some ToolbarContent {
        _ToolbarItems(views: content.map { views(of: $0) } ?? [])
    }

    static func views(of item: some ToolbarContent) -> [any View] {
        (item as? any _ToolbarViews)?.views ?? views(of: item.body)
    }
}

@MainActor protocol _ToolbarViews { var views: [any View] { get } }
extension ToolbarItem: _ToolbarViews { var views: [any View] { [content] } }
extension _ToolbarItems: _ToolbarViews {}

public struct ToolbarPlacement: Sendable {
    public static var navigationBar: ToolbarPlacement { .init() }
}

public enum ColorScheme: CaseIterable, Sendable { case light, dark }

extension View {
    public func toolbar<Content: ToolbarContent>(@ToolbarContentBuilder content: () -> Content) -> some View {
        let views = ToolbarContentBuilder.views(of: content())
        return modified { d, draw in
            d.group("toolbar") {
                for (index, view) in views.enumerated() { d.at("toolbar\(index)") { d.visit(view) } }
            }
            draw()
        }
    }

    public func toolbarTitleMenu<C: View>(@ViewBuilder content: () -> C) -> some View {
        let menu = content()
        return modified { d, draw in
            d.group("title menu") { d.at("title menu") { d.visit(menu) } }
            draw()
        }
    }

    public func toolbarBackground<S: ShapeStyle>(_ style: S, for bars: ToolbarPlacement...) -> some View { self }
    public func toolbarBackground(_ visibility: Visibility, for bars: ToolbarPlacement...) -> some View { self }
    public func toolbarColorScheme(_ colorScheme: ColorScheme?, for bars: ToolbarPlacement...) -> some View { self }
}
