//! What stands on buttons, over fields and in titles: the words of the screens that depend on nothing.

use super::Text;
use super::fixed::messages;

messages! {
    /// Words of a screen that are always the same. Capitals are typed in the file of words, never made by an app.
    #[derive(uniffi::Enum)]
    pub enum Label {
        /// Home: “ENTRANCE”
        Entrance => "label-entrance",
        /// Home: “INNER DOOR”
        InnerDoor => "label-inner-door",
        /// Home: “NEW KEY”
        NewKey => "label-new-key",
        /// Home: “RECENT ACTIVITY”
        RecentActivity => "label-recent-activity",
        /// Home: “KEYS”
        Keys => "label-keys",
        /// Home: “My Locations”
        Locations => "label-locations",
        /// Home: “Settings”
        Settings => "label-settings",
        /// Home: “Hide”
        Hide => "label-hide",
        /// Home: “Turn on Bluetooth”
        TurnOnBluetooth => "label-turn-on-bluetooth",
        /// Home: “Allow”
        Allow => "label-allow",
        /// Home: “Change address”
        ChangeAddress => "label-change-address",
        /// Home: “Turn on the network”
        TurnOnNetwork => "label-turn-on-network",
        /// Home: “Change how it is reached”
        ChangePaths => "label-change-paths",
        /// Home, where only the app's own page of the system's settings can be opened: “Open the settings”
        OpenSettings => "label-open-settings",
        /// Welcome: “Welcome to Phonein”
        WelcomeTitle => "label-welcome-title",
        /// Welcome: “Your phone opens the door. Make a key in ten seconds and send it as a link.”
        WelcomeText => "label-welcome-text",
        /// Welcome: “ADD NEW DEVICE”
        AddNewDevice => "label-add-new-device",
        /// Welcome: “I was sent a key”
        SentKey => "label-sent-key",
        /// Add device, and a link by hand: “Add device”
        AddDevice => "label-add-device",
        /// Add device, and a link by hand: “Scan the QR code on the back of the device, or type its UUID.”
        AddDeviceHelp => "label-add-device-help",
        /// Add device, and a link by hand: “Device UUID”
        DeviceUuid => "label-device-uuid",
        /// Add device, and a link by hand: “Scan the QR code”
        ScanCode => "label-scan-code",
        /// Add device, and a link by hand: “Name”
        Name => "label-name",
        /// Add device, and a link by hand: “Your name”
        YourName => "label-your-name",
        /// Add device, and a link by hand: “Shown in the activity of this intercom”
        YourNameHelp => "label-your-name-help",
        /// Add device, and a link by hand: “Network address”
        NetworkAddress => "label-network-address",
        /// Add device, and a link by hand: “SAVE”
        Save => "label-save",
        /// Add device, and a link by hand: “Link”
        Link => "label-link",
        /// Add device, and a link by hand: “Paste the link you were sent, or scan its QR code.”
        LinkHelp => "label-link-help",
        /// Add device, and a link by hand: “Paste”
        Paste => "label-paste",
        /// Add device, and a link by hand: “CONTINUE”
        Continue => "label-continue",
        /// New key and Edit: “New key”
        NewKeyTitle => "label-new-key-title",
        /// New key and Edit: “Edit key”
        EditKey => "label-edit-key",
        /// New key and Edit: “Key name”
        KeyName => "label-key-name",
        /// New key and Edit: “Icon”
        Icon => "label-icon",
        /// New key and Edit: “Unlimited Key”
        UnlimitedKey => "label-unlimited-key",
        /// New key and Edit: “Recurring”
        Recurring => "label-recurring",
        /// New key and Edit: “Start date”
        StartDate => "label-start-date",
        /// New key and Edit: “Start time”
        StartTime => "label-start-time",
        /// New key and Edit: “Expiration date”
        ExpirationDate => "label-expiration-date",
        /// New key and Edit: “Expiration time”
        ExpirationTime => "label-expiration-time",
        /// New key and Edit: “End date”
        EndDate => "label-end-date",
        /// New key and Edit: “End time”
        EndTime => "label-end-time",
        /// New key and Edit: “Number of uses”
        NumberOfUses => "label-number-of-uses",
        /// New key and Edit: “Also Opens Inner Door”
        AlsoOpensInnerDoor => "label-also-opens-inner-door",
        /// New key and Edit: “Welcome Message”
        WelcomeMessage => "label-welcome-message",
        /// New key and Edit: “CREATE KEY”
        CreateKey => "label-create-key",
        /// New key and Edit: “BACK”
        BackButton => "label-back-button",
        /// New key and Edit: “START OVER”
        StartOver => "label-start-over",
        /// Created, Share: “Key created”
        KeyCreated => "label-key-created",
        /// Created, Share: “SHARE”
        ShareButton => "label-share-button",
        /// Created, Share: “DONE”
        Done => "label-done",
        /// Created, Share: “QR code of this key's link”
        QrCode => "label-qr-code",
        /// Created, Share: “Copy the link”
        CopyLink => "label-copy-link",
        /// Created, Share, where the platform does not say so itself: “Copied”
        Copied => "label-copied",
        /// Created, Share: “Hide links from screenshots”
        HideLinks => "label-hide-links",
        /// Created, Share: “For someone else”
        ForSomeoneElse => "label-for-someone-else",
        /// Created, Share: “A new key with the same rule”
        ForSomeoneElseHelp => "label-for-someone-else-help",
        /// Created, Share: “New phone, same person”
        NewPhone => "label-new-phone",
        /// Created, Share: “The old phone stops working”
        NewPhoneHelp => "label-new-phone-help",
        /// Keys, and a key's page: “No keys yet”
        NoKeys => "label-no-keys",
        /// Keys, and a key's page: “Create a new access key”
        NoKeysHelp => "label-no-keys-help",
        /// Keys, and a key's page: “Search keys”
        SearchKeys => "label-search-keys",
        /// Keys, and a key's page: “No key found”
        NoMatch => "label-no-match",
        /// Keys, and a key's page: “Try how the key's name or its holder's begins”
        NoMatchHelp => "label-no-match-help",
        /// Keys, and a key's page: “Open the door”
        OpenDoor => "label-open-door",
        /// Keys, and a key's page: “Details”
        Details => "label-details",
        /// Keys, and a key's page: “Edit”
        Edit => "label-edit",
        /// Keys, and a key's page: “Share”
        Share => "label-share",
        /// Keys, and a key's page: “Delete”
        Delete => "label-delete",
        /// Keys, and a key's page: “Remove from this phone”
        RemoveFromPhone => "label-remove-from-phone",
        /// Keys, and a key's page: “DELETE”
        DeleteButton => "label-delete-button",
        /// Keys, and a key's page: “KEEP”
        Keep => "label-keep",
        /// Keys, and a key's page: “TAKE THEIRS”
        TakeTheirs => "label-take-theirs",
        /// Keys, and a key's page: “KEEP MINE”
        KeepMine => "label-keep-mine",
        /// A key that was sent: “Shown to who made the key. Kept for next time.”
        GuestNameHelp => "label-guest-name-help",
        /// A key that was sent: “ADD KEY”
        AddKey => "label-add-key",
        /// A key that was sent: “Use it on this phone”
        UseItHere => "label-use-it-here",
        /// Recent activity: “Nothing happened yet”
        NoActivity => "label-no-activity",
        /// Recent activity: “Who came shows here”
        NoActivityHelp => "label-no-activity-help",
        /// Recent activity: “All”
        All => "label-all",
        /// Recent activity: “Opened”
        Opened => "label-opened",
        /// Recent activity: “Refused”
        Refused => "label-refused",
        /// Recent activity: “Keys”
        KeysFilter => "label-keys-filter",
        /// Recent activity: “Export”
        Export => "label-export",
        /// Recent activity: “As a table (CSV)”
        ExportCsv => "label-export-csv",
        /// Recent activity: “For programs (JSON)”
        ExportJson => "label-export-json",
        /// Recent activity: “GIVE BACK THE USE”
        GiveBack => "label-give-back",
        /// Settings of an intercom: “Fingerprint”
        Fingerprint => "label-fingerprint",
        /// Settings of an intercom: “Inner door”
        InnerDoorSetting => "label-inner-door-setting",
        /// Settings of an intercom: “When off, keys to it are refused”
        InnerDoorHelp => "label-inner-door-help",
        /// Settings of an intercom: “Clock and time zone”
        ClockAndZone => "label-clock-and-zone",
        /// Settings of an intercom: “Time zone”
        TimeZone => "label-time-zone",
        /// Settings of an intercom: “Search time zones”
        SearchZones => "label-search-zones",
        /// Settings of an intercom: “No time zone has this name”
        NoZone => "label-no-zone",
        /// Settings of an intercom: “Managers”
        Managers => "label-managers",
        /// Settings of an intercom: “Address”
        Address => "label-address",
        /// Settings of an intercom: “Bluetooth and network”
        Paths => "label-paths",
        /// Settings of an intercom: “Whichever answers first”
        PathsBoth => "label-paths-both",
        /// Settings of an intercom: “Only Bluetooth”
        PathsBluetooth => "label-paths-bluetooth",
        /// Settings of an intercom: “Only the network”
        PathsNetwork => "label-paths-network",
        /// Settings of an intercom: “Ask before a door opens”
        AskFirst => "label-ask-first",
        /// Settings of an intercom: “By face or fingerprint”
        AskFirstHelp => "label-ask-first-help",
        /// Home, where it is asked first: “This phone has no screen lock, so it cannot tell who presses. Open the door?”
        AskWithoutLock => "label-ask-without-lock",
        /// Settings of an intercom: “MAKE MANAGER”
        MakeManager => "label-make-manager",
        /// Settings of an intercom: “Whoever has a key can be made a manager: they open every door, make and delete keys, and change these settings.”
        MakeManagerHelp => "label-make-manager-help",
        /// Settings of an intercom: “Remove”
        RemoveManager => "label-remove-manager",
        /// Settings of an intercom: “Remove this intercom”
        RemoveIntercom => "label-remove-intercom",
        /// Settings of an intercom: “REMOVE”
        RemoveButton => "label-remove-button",
        /// Settings of an intercom: “Colors of the wallpaper”
        WallpaperColors => "label-wallpaper-colors",
        /// Settings of an intercom: “In all of the app, on this phone”
        WallpaperColorsHelp => "label-wallpaper-colors-help",
        /// Settings of an intercom: “USE THIS PHONE'S TIME”
        UsePhonesTime => "label-use-phones-time",
        /// Settings of an intercom: “LEAVE IT”
        LeaveTime => "label-leave-time",
        /// Everywhere: “Back”
        Back => "label-back",
        /// Everywhere: “Close”
        Close => "label-close",
        /// Everywhere: “CANCEL”
        Cancel => "label-cancel",
        /// Everywhere: “OK”
        Ok => "label-ok",
        /// Everywhere: “TRY AGAIN”
        TryAgain => "label-try-again",
    }
}

impl Text {
    /// What stands there.
    pub fn label(&self, label: Label) -> String {
        self.word(label.message_id())
    }
}
