/// The kinds of files the app exports.
public struct UTType: Hashable, Sendable {
    let identifier: String
    public static let commaSeparatedText = UTType(identifier: "public.comma-separated-values-text")
    public static let json = UTType(identifier: "public.json")
}
