import PhoneinCore

let config = Config(directory: "wallet", locale: "en", dayClock: .twentyFour, zone: "Europe/Budapest")
let phonein = try await Phonein.open(config: config, deviceKeys: softwareKeys(directory: "keys"))
for await step in try await phonein.addIntercom(code: CommandLine.arguments[1], name: "Home", ownName: "Anna") {
    print(step)
}
let home = try await phonein.intercoms()[0].id
let wizard = try await phonein.newKey(intercom: home)
wizard.setName(name: "Cleaner")
print(try await phonein.share(id: wizard.save()).text)
for await tap in try await phonein.unlock(intercom: home, door: .entrance) { print(tap.title) }
