import Foundation
import PhoneinCore

/// How the phone's person wants to be spoken to.
struct PhoneLocale: Equatable {
    let language: String
    let dayClock: DayClock
    let zone: String

    static var current: PhoneLocale {
        let cycle = Locale.autoupdatingCurrent.hourCycle
        return PhoneLocale(
            language: Locale.preferredLanguages.first ?? "en",
            dayClock: cycle == .oneToTwelve || cycle == .zeroToEleven ? .twelve : .twentyFour,
            zone: TimeZone.autoupdatingCurrent.identifier)
    }

    /// How the core is started; the host of links is PHONEIN_LINK_HOST of Phonein.xcconfig.
    func config(_ folder: URL) -> Config {
        guard let host = Bundle.main.infoDictionary?["PhoneinLinkHost"] as? String else {
            return Config(directory: folder.path, locale: language, dayClock: dayClock, zone: zone)
        }
        return Config(directory: folder.path, locale: language, dayClock: dayClock, zone: zone, linkHost: host)
    }
}
