import SwiftUI

/// The colours of the asset catalog; each has a light and a dark value.
enum Tint {
    /// The app's own.
    static let accent = Color("AccentColor")
    /// What gives access: the one button that matters.
    static let access = Color("Access")
    static let onAccess = Color("OnAccess")

    static let stage = Color("Stage")
    static let stageArch = Color("StageArch")
    static let stageArchOpen = Color("StageArchOpen")
    static let onStage = Color("OnStage")
    static let onStageVariant = Color("OnStageVariant")

    static let disc = Color("Disc")
    static let onDisc = Color("OnDisc")
    static let discOpen = Color("DiscOpen")
    static let onDiscOpen = Color("OnDiscOpen")
    static let discRefused = Color("DiscRefused")
    static let onDiscRefused = Color("OnDiscRefused")
    static let hollow = Color("Hollow")
    static let unsure = Color("Unsure")
    static let ring = Color("Ring")
    static let ringTrack = Color("RingTrack")

    static let activeText = Color("ActiveText")
    static let workingText = Color("WorkingText")
    static let refusedText = Color("RefusedText")
    static let upcomingText = Color("UpcomingText")
    static let usedText = Color("UsedText")
    /// A QR code is dark on white in both themes.
    static let code = Color("Code")
}
