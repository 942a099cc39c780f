import Foundation

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {
    public var data: Data
    public var content: (Data.Element) -> Content
    let id: (Data.Element) -> ID
}

extension ForEach where ID == Data.Element.ID, Content: View, Data.Element: Identifiable {
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {
        self.init(data: data, content: content, id: \.id)
    }
}

extension ForEach where Content: View {
    public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content)
    {
        self.init(data: data, content: content, id: { $0[keyPath: id] })
    }
}

extension ForEach: View, _Drawn where Content: View {
    public typealias Body = Never

    public func _draw(_ d: _Drawing) {
        for element in data {
            d.at("#\(id(element))") {
                d.amend {
                    d.visit(d.track { content(element) })
                } by: {
                    if $0.tag == nil { $0.tag = AnyHashable(id(element)) }
                }
            }
        }
    }
}
