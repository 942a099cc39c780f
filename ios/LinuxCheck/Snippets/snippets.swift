// What the stand-ins must accept and refuse, as Xcode 16 does in language mode 6 for iOS 17. Each part is compiled on its
// own: after `//ok` without a warning, after `//no WORDS` the compiler must refuse it and say WORDS.

//ok a literal is a key, a String is shown as it is
struct V: View { let s: String; let n: Int; var body: some View { Text("Hello"); Text(s); Text("\(s) \(n)"); Button(s) {}; Toggle(s, isOn: .constant(true)) } }
//ok more than ten children, if, switch, for
struct V: View { let n: Int
    var body: some View { VStack { Text("1"); Text("2"); Text("3"); Text("4"); Text("5"); Text("6"); Text("7"); Text("8"); Text("9"); Text("10"); Text("11"); if n > 1 { Text("a") } else { Image(systemName: "b") }; switch n { case 1: Text("x"); default: EmptyView() }; ForEach(0..<3, id: \.self) { Text("\($0)") } } } }
//ok @Bindable made inside a body, from the environment
@MainActor @Observable final class M { var on = false }
struct V: View { @Environment(M.self) private var m; var body: some View { @Bindable var m = m; Toggle("On", isOn: $m.on) } }
//ok a subscript with an argument binds
@MainActor @Observable final class M { var all = [1: ""]; subscript(at: Int) -> String { get { all[at] ?? "" } set { all[at] = newValue } } }
struct V: View { @Bindable var m: M; var body: some View { TextField("A", text: $m[1]) } }
//ok a @MainActor model changed from a button, a task, a refresh and an onChange
@MainActor @Observable final class M { var n = 0; func go() async { n += 1 } }
struct V: View { @State private var m = M(); var body: some View { Button("\(m.n)") { m.n += 1 }.task { await m.go() }.refreshable { await m.go() }.onChange(of: m.n) { m.n = 0 }.onChange(of: m.n) { old, new in m.n = old } } }
//ok a closure that says where it runs may be a binding's
@MainActor @Observable final class M { var n: String? }
struct V: View { let m: M; var body: some View { Text("").sheet(isPresented: Binding(get: { @MainActor in m.n != nil }, set: { @MainActor in if !$0 { m.n = nil } })) { Text("") } } }
//ok constants that are views or looks may live outside the main actor
enum Looks { static let title = Text("Title"); static let icon = Image(systemName: "key"); static let accent = Color("Access"); static let font = Font.body.bold() }
//ok a modifier and a style of one's own
struct Card: ViewModifier { func body(content: Content) -> some View { content.padding().background(.regularMaterial, in: .circle) } }
struct Round: ButtonStyle { func makeBody(configuration: Configuration) -> some View { configuration.label.scaleEffect(configuration.isPressed ? 0.5 : 1) } }
struct V: View { var body: some View { Button("A") {}.buttonStyle(Round()).modifier(Card()); Button("B") {}.buttonStyle(.borderedProminent) } }
//ok a preview
struct V: View { var body: some View { Text("A") } }
#Preview("A") { V() }
//ok switch over an enum Apple may extend, with @unknown default
func f(_ s: ScenePhase) -> Int { switch s { case .active: 1; case .inactive, .background: 2; @unknown default: 3 } }
//no does not conform to protocol 'View'
struct V: View {}
//no cannot find 'nowhere' in scope
struct V: View { var body: some View { Text(nowhere) } }
//no has no member 'paddding'
struct V: View { var body: some View { Text("A").paddding() } }
//no can not be referenced from a Sendable closure
@MainActor @Observable final class M { var n: Int? }
struct V: View { let m: M; var body: some View { Text("").sheet(isPresented: Binding(get: { m.n != nil }, set: { _ in })) { Text("") } } }
//no may introduce data races
struct V: View { let done: () -> Void; var body: some View { Button("Done", action: done) } }
//no can not be referenced from a nonisolated context
struct V: View { var body: some View { Text("A") } }
nonisolated func f(_ v: V) { _ = v.body }
//no requires that 'M' conform to 'Observable'
final class M { var n = 0 }
struct V: View { @Environment(M.self) private var m; var body: some View { Text("A") } }
//no 'init(wrappedValue:)' is unavailable
final class M { var on = false }
struct V: View { @Bindable var m: M; var body: some View { Toggle("On", isOn: $m.on) } }
//no conform to 'Identifiable'
struct Row { let n: Int }
struct V: View { let rows: [Row]; var body: some View { ForEach(rows) { Text("\($0.n)") } } }
//no conform to '_FormatSpecifiable'
struct Row { let n: Int }
func f(_ row: Row) -> LocalizedStringKey { "\(row)" }
//no cannot find 'Screen' in scope
@MainActor func f() { _ = Screen(Text("A")) }
//no cannot find 'nowhere' in scope
#Preview { Text(nowhere) }
//no switch covers known cases
func f(_ s: ScenePhase) -> Int { switch s { case .active: 1; case .inactive, .background: 2 } }
//no cannot find 'Tab' in scope
struct V: View { var body: some View { Tab("A", systemImage: "key") { Text("A") } } }
