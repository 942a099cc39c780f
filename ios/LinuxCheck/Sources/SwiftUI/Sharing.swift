// Sharing: text, or a file that is made when it is asked for. The types of CoreTransferable are here too, which SwiftUI
// hands on.
import Foundation
import UniformTypeIdentifiers

public protocol TransferRepresentation<Item>: Sendable {
    associatedtype Item: Transferable
}

public protocol Transferable: Sendable {
    associatedtype Representation: TransferRepresentation
    static var transferRepresentation: Representation { get }
}

public struct DataRepresentation<Item: Transferable>: TransferRepresentation {
    let export: @Sendable (Item) async throws -> Data
    var fileName: (@Sendable (Item) -> String?)?

    public init(
        exportedContentType: UTType, exporting: @escaping @Sendable (Item) async throws -> Data
    ) {
        export = exporting
    }
}

extension TransferRepresentation {
    public func suggestedFileName(
        _ fileName: @escaping @Sendable (Item) -> String?
    ) -> some TransferRepresentation<Item> {
        guard var named = self as? DataRepresentation<Item> else {
            fatalError("only a DataRepresentation has a name here")
        }
        named.fileName = fileName
        return named
    }
}

/// What Apple's systems have for their own types.
public struct _Plain<Item: Transferable>: TransferRepresentation {}
extension String: Transferable {
    public static var transferRepresentation: _Plain<String> { .init() }
}
extension URL: Transferable {
    public static var transferRepresentation: _Plain<URL> { .init() }
}

public struct SharePreview<Image, Icon> {
    let title: String
}

extension SharePreview where Image == Never, Icon == Never {
    public init(_ titleKey: LocalizedStringKey) { title = titleKey.text }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S) { self.title = String(title) }
}

public struct ShareLink<Data: RandomAccessCollection, PreviewImage, PreviewIcon, Label: View>: _Drawn
where Data.Element: Transferable {
    let data: Data
    let label: Label
    let preview: String?

    public func _draw(_ d: _Drawing) {
        var node = Node(kind: "share", label: d.words(label), press: {})
        let icons = d.collect(label).flatMap(\.notes)
        node.notes = icons
        if let item = data.first { describe(item, &node) }
        d.add(node)
    }

    private func describe<Item: Transferable>(_ item: Item, _ node: inout Node) {
        guard let representation = Item.transferRepresentation as? DataRepresentation<Item> else {
            node.value = "\(item)"
            return
        }
        node.value = [representation.fileName?(item), preview].compactMap { $0 }.joined(separator: " | ")
        let export = representation.export
        node.export = { try await export(item) }
    }
}

extension ShareLink where PreviewImage == Never, PreviewIcon == Never, Data == CollectionOfOne<String> {
    public init(item: String, subject: Text? = nil, message: Text? = nil, @ViewBuilder label: () -> Label) {
        data = CollectionOfOne(item)
        self.label = label()
        preview = nil
    }
}

extension ShareLink {
    public init<I: Transferable>(
        item: I, subject: Text? = nil, message: Text? = nil, preview: SharePreview<PreviewImage, PreviewIcon>,
        @ViewBuilder label: () -> Label
    ) where Data == CollectionOfOne<I> {
        data = CollectionOfOne(item)
        self.label = label()
        self.preview = preview.title
    }
}

/// The system's own button, in its own words.
public struct PasteButton: _Drawn {
    let take: @MainActor ([String]) -> Void

    public init<T: Transferable>(payloadType: T.Type, onPaste: @escaping ([T]) -> Void) {
        take = { onPaste($0.compactMap { $0 as? T }) }
    }

    public func _draw(_ d: _Drawing) {
        d.add(Node(kind: "paste", spoken: "Paste", enter: { if let text = $0 as? String { take([text]) } }))
    }
}
