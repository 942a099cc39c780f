### Every sentence of Phonein, in English. Another language is another file beside this one with the same messages.
### Titles stand alone and have no full stop; `told` joins a title and what would help into sentences.

told = { $title }. { $detail }.
told-alone = { $title }.
told-question = { $title } { $detail }.
# Between the parts of a line, as in "Cleaner · Network".
parts = { $first } · { $second }
list-two = { $first } and { $last }
list-more = { $first }, { $rest }

## Times

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
weekday-short-monday = Mon
weekday-short-tuesday = Tue
weekday-short-wednesday = Wed
weekday-short-thursday = Thu
weekday-short-friday = Fri
weekday-short-saturday = Sat
weekday-short-sunday = Sun
weekday-letter-monday = M
weekday-letter-tuesday = T
weekday-letter-wednesday = W
weekday-letter-thursday = T
weekday-letter-friday = F
weekday-letter-saturday = S
weekday-letter-sunday = S
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

time-24 = { $hour }:{ $minute }
time-am = { $hour }:{ $minute } AM
time-pm = { $hour }:{ $minute } PM
date-full = { $weekday }, { $month } { $day }, { $year }
date-this-year = { $weekday }, { $month } { $day }
date-short = { $month } { $day }
date-short-year = { $month } { $day }, { $year }
date-field = { $weekday }, { $month } { $day }
moment = { $date } at { $time }
today = Today
yesterday = Yesterday
moment-today = today at { $time }
moment-yesterday = yesterday at { $time }
moment-tomorrow = tomorrow at { $time }

in-minutes = { $count ->
    [one] in 1 minute
   *[other] in { $count } minutes
}
in-hours = { $count ->
    [one] in 1 hour
   *[other] in { $count } hours
}
opens-soon = Opens at { $time }, { $wait }
opens-tomorrow = Opens tomorrow at { $time }
opens-this-week = Opens { $weekday } { $time }
opens-later = Opens { $date } at { $time }
from-soon = From { $time }, { $wait }
from-date = From { $date }

## The rule of a key, the same for who makes it and who holds it

rule-always = This key will be valid forever
rule-between = Your key will be valid from { $start } until { $expiry }
rule-weekly = Your key is valid { $days } from { $start } to { $end } starting { $from } ending { $until }
rule-weekly-overnight = Your key is valid { $days } from { $start } to { $end } the next day starting { $from } ending { $until }
rule-every-day = every day
rule-every-weekday = every { $days }
rule-up-to = { $count ->
    [one] { $rule }, up to 1 time
   *[other] { $rule }, up to { $count } times
}
rule-any-number = { $rule }, any number of times
rule-in-zone = { $rule } ({ $zone } time)

## Keys

category-friend = Friend
category-customer = Customer
category-services = Services
category-event = Event
category-delivery = Delivery
category-renter = Renter
category-employee = Employee

status-deleted = Deleted, waiting for the intercom
status-overtaken = Overtaken by another manager
status-waiting = Waiting for the intercom
status-share-again = Needs to be shared again
status-taken = Another phone has it
status-expired = Expired
status-used = Used
status-shared = Shared, not accepted yet
status-held = On { $person }'s phone
status-active = Active

key-at-intercom = At the intercom
key-undecided = Not delivered before you say which version counts
key-used = { $used ->
    [0] { $door }: not used yet
    [one] { $door }: used once
   *[other] { $door }: used { $used } times
}
key-used-of = { $door }: used { $used } of { $limit }
key-used-one = { $used ->
    [0] { $door }: not used yet
   *[other] { $door }: used
}
key-delete-title = Delete “{ $key }”?
key-delete-detail = It stops opening the door as soon as the intercom knows. This is final
key-delete-held-title = Delete “{ $key }”?
key-delete-held-detail = It stops opening the door for { $person } as soon as the intercom knows. This is final
key-remove-title = Remove “{ $key }” from this phone?
key-remove-detail = This phone no longer opens the door with it. To have it again you need a new link
key-deleted-known = Deleted. The door knows
key-deleted-waiting = Deleted here. The door does not know yet: it will be told when you are near it or on its network
key-menu = { $key }, What to do with this key
key-made-by = Made by { $person }
key-copy-name = { $key } ({ $number })

share-text = A key to { $place } for you. Open it with Phonein on your phone: { $link }
share-text-named = { $person } sends you a key to { $place }. Open it with Phonein on your phone: { $link }
share-owner = The first phone that adds this key owns it
share-until = If nobody accepts it by { $moment }, the link stops working
share-reissue-only = Another manager made this link. You can only send a new one: theirs stops working
share-more-uses = This key is used up. How many more uses shall it have?
share-no-holder = Nobody has this key any more. Share it again

## A tap

door-entrance = Entrance
door-inner = Inner door
via-bluetooth = Bluetooth
via-network = Network

tap-idle = Press to activate key
tap-searching = Searching…
tap-connecting = Connecting…
tap-asking = Asking the intercom…
tap-active = Key active
tap-seconds = { $count ->
    [one] 1 second left
   *[other] { $count } seconds left
}
tap-spoken = { $count ->
    [one] { $door } open, 1 second
   *[other] { $door } open, { $count } seconds
}
tap-busy = One door at a time
tap-cancelled = Cancelled
tap-cancelled-detail = Nothing was sent: the door stays shut
tap-unreachable = Not reached
tap-unreachable-detail = Nothing was sent: the door stays shut
tap-no-answer = No answer
tap-no-answer-detail = It may have opened, it will not any more
tap-stranger = A Phonein answered that does not know this phone
tap-stranger-detail = It may be another one, or was reset

settled-opened = The last tap opened the door
settled-refused = The last tap was refused: { $why }
settled-interrupted = The last tap was interrupted: the power failed, the door may have opened
settled-never = The last tap never arrived: the door stayed shut

path-bluetooth-off = Bluetooth is off
path-bluetooth-off-detail = Turn on Bluetooth
path-bluetooth-denied = Phonein may not use Bluetooth
path-bluetooth-denied-detail = Allow it in the settings of this phone
path-bluetooth-none = This phone has no Bluetooth
path-bluetooth-none-detail = Use the intercom's network
path-not-near = Not found over Bluetooth
path-not-near-detail = Go nearer to the door
path-bluetooth-busy = The intercom is connected to other phones
path-bluetooth-busy-detail = Try again in a few seconds
path-bluetooth-silent = Found over Bluetooth, but it does not answer
path-bluetooth-silent-detail = Go nearer to the door and try again
path-bluetooth-stranger = A Phonein is near that does not know this phone
path-bluetooth-stranger-detail = It may be another one, or was reset. Go to the right door
path-bluetooth-not-phonein = What was found over Bluetooth is no Phonein
path-bluetooth-not-phonein-detail = Go nearer to the door and try again
path-no-address = No network address is known
path-no-address-detail = Type it in the settings of this intercom
path-network-off = The network cannot be reached
path-network-off-detail = Turn on Wi-Fi or mobile data
path-address-silent = Nothing answers at { $address }
path-address-silent-detail = Check the address, or join the intercom's network
path-not-phonein = What answers at { $address } is no Phonein
path-not-phonein-detail = Check the address
path-stranger = A Phonein answers at { $address } that does not know this phone
path-stranger-detail = It may be another one, or was reset. Check the address
path-phone = This phone could not prepare the request
path-phone-detail = Unlock the phone and see that its storage is not full, then try again
path-later = The intercom is busy
path-later-detail = Try again in a few seconds
path-off = Switched off for this intercom
path-off-detail = Turn it on in the settings of this intercom

## What an intercom refuses, and what would work

refused-not-yet = Not open yet
refused-not-yet-detail = This key has not begun
refused-outside = Outside its hours
refused-outside-detail = Look at this key's hours and come back then
refused-expired = This key has expired
refused-expired-detail = Ask who gave you the key for a new one
refused-used = This key is used up
refused-used-detail = Ask who gave you the key for more uses
refused-deleted = This key was deleted
refused-deleted-detail = Ask who gave you the key for a new one
refused-taken = This key no longer opens here
refused-taken-detail = Ask for a new one
refused-link-taken = Another phone has this key
refused-link-taken-detail = Ask for a link of your own
refused-link-replaced = This link was replaced
refused-link-replaced-detail = Ask for a new one
refused-link-expired = This link has expired
refused-link-expired-detail = Ask for a new one
refused-unknown = This key no longer opens here
refused-unknown-detail = Ask for a new one
refused-link-unknown = The intercom does not know who made this key
refused-link-unknown-detail = Ask for a new one
refused-door = This key does not open this door
refused-door-detail = Try the other door, or ask who gave you the key
refused-fault = The door did not react
refused-fault-detail = Tell who gave you the key
refused-no-time = The intercom does not know the time
refused-no-time-detail = Keys with a time work again once a manager's phone has been near it
refused-interrupted = The power failed during this tap
refused-interrupted-detail = The door may have opened. If it did not, ask the person who gave you the key to give you the use back
refused-number = The intercom has seen a later tap of this phone
refused-number-detail = Press again
refused-no-manager = This phone is no manager of this intercom
refused-no-manager-detail = Ask a manager to add it, or hold the button on the device for 5 seconds and pair again
refused-paired = This intercom has a manager already
refused-paired-detail = Hold the button on the device for 5 seconds, then try again
refused-last-manager = The last manager cannot be removed
refused-last-manager-detail = Make another phone a manager first
refused-settings = The settings were changed meanwhile
refused-settings-detail = Look at them again, then save
refused-too-new = The intercom is older than this app
refused-too-new-detail = Update the intercom
refused-too-old = The intercom is newer than this app
refused-too-old-detail = Update the app
refused-malformed = The intercom could not read the request
refused-malformed-detail = Update the app and the intercom

## Adding an intercom

code-more = { $count ->
    [one] 1 more character
   *[other] { $count } more characters
}
code-too-many = { $count ->
    [one] 1 character too many
   *[other] { $count } characters too many
}
code-not-hex = “{ $character }” is not part of a device UUID: it has the digits 0–9 and the letters a–f
code-not-ours = This is no device UUID of a Phonein
code-complete = This is a device UUID
code-address = This is no network address
intercom-name-missing = Give the intercom a name
own-name-missing = Type your name
name-too-long = The name is too long: at most { $most } characters

pairing-searching = Searching…
pairing-connecting = Connecting…
pairing-asking = Asking the intercom…
pairing-added = Added
pairing-added-detail = This phone opens the door now
pairing-not-found = Not found over Bluetooth
pairing-not-found-detail = Stand near the device, or give its network address
pairing-wrong-code = The device does not accept this UUID
pairing-wrong-code-detail = Compare it with the one on its back
pairing-already = This intercom has a manager already
pairing-already-detail = Hold the button on the device for 5 seconds, then try again
pairing-cancelled = Cancelled
pairing-cancelled-detail = If the intercom had accepted this phone already, adding it again finishes it

## New key and Edit

field-brought-back = This is what you set last time
field-name-missing = Give the key a name
field-name-long = The name is too long: at most 40 characters
field-no-day = Choose at least one weekday
field-end-before-start = The expiration is not after the start
field-end-date-before-start = The end date is before the start date
field-over = This is already over
field-dates-over = These dates and hours are already over
field-no-chosen-day = None of the chosen weekdays is between the two dates
field-skipped-hours = The clock skips these hours on that day
field-welcome-long = The message is too long: at most 200 characters
field-welcome-heavy = The message is too long for a link: use fewer emoji or special letters
field-uses = { $count }
field-uses-any = No limit

## Links

link-not-ours = This is no Phonein link
link-not-ours-detail = Copy the whole link from the message you got
link-damaged = A part of this link is missing or changed
link-damaged-detail = Copy the whole link again, or ask for a new one
link-too-new = This link was made by a newer Phonein
link-too-new-detail = Update the app
link-hearsay = As the link says, until the intercom has answered
link-own-intercom = This is a key to your own intercom
link-held-already = This phone has this key already
link-added = The key is on this phone
link-not-yours-yet = Not yours yet
link-not-yours-yet-detail = Will be delivered when you are near the door or on its network

## Recent activity

did-opened-entrance = Entrance opened
did-opened-inner = Inner door opened
did-refused-entrance = Entrance refused
did-refused-inner = Inner door refused
did-refused-link = Link refused
did-claimed = Key accepted
did-claimed-on = on { $person }'s phone
did-claimed-here = on this phone
did-created = Key created
did-changed = Key changed
did-by = by { $person }
did-deleted = Key deleted
did-settings = Settings changed
did-manager-added = Manager added
did-manager-removed = Manager removed
did-paired = Phone paired as manager
did-clock = Clock set
did-clock-to = to { $moment }
did-restarted = Intercom restarted
did-interrupted = Interrupted
did-interrupted-detail = Power failed during this use
did-fault = Door fault
did-fault-detail = The door did not react. The use was given back
did-unreachable = Not reached
did-unreachable-detail = Nothing was sent: the door stayed shut
did-no-answer = No answer
did-no-answer-detail = It may have opened
did-unknown = Something this version of the app does not know
did-unknown-time = Time unknown
did-unknown-key = a key this phone does not know
did-unknown-person = a phone this phone does not know
did-this-phone = this phone

activity-strangers = { $count ->
    [one] 1 request of a phone unknown here was refused in the last hour
   *[other] { $count } requests of phones unknown here were refused in the last hour
}
activity-ran-out = { $count ->
    [one] 1 older entry ran out before this phone had read it
   *[other] { $count } older entries ran out before this phone had read them
}
activity-broken = The intercom's record is not the one this phone had read
activity-broken-detail = It may have been restored from an old copy. Keys and changes known here are sent to it again
activity-tampered = This entry does not fit the one before it
activity-use-returned = The use was given back

export-intercom = Intercom
export-time = Time
export-event = Event
export-key = Key
export-person = Person
export-door = Door
export-path = Path
export-reason = Reason
export-number = Number

## What waits, and what others did

delivery = Will be delivered when you are near the door or on its network
changes-none = All changes are at the intercom
changes-waiting = { $count ->
    [one] 1 change waits for the intercom
   *[other] { $count } changes wait for the intercom
}
heard = Last heard { $moment } over { $via }
heard-never = Not heard yet
overtaken-changed = { $person } changed this key meanwhile
overtaken-deleted = { $person } deleted this key meanwhile
overtaken-changed-nobody = Another manager changed this key meanwhile
overtaken-deleted-nobody = Another manager deleted this key meanwhile
overtaken-mine = Yours: { $rule }
overtaken-theirs = Theirs: { $rule }
overtaken-keep-changed = Keep mine puts your version in place of theirs
overtaken-keep-deleted = Keep mine makes a new key with the same rule, to be shared again

clock-same = { $zone }, same as this phone
clock-other = { $zone }, this phone: { $phone }
clock-differs = The intercom's clock shows { $intercom }, this phone { $phone }
clock-differs-detail = Use this phone's time, or leave it
clock-unknown = The intercom does not know the time
clock-unknown-detail = Keys with a time are refused until a manager's phone has set it
clock-error = { $count ->
    [one] The intercom's clock may be off by 1 second
   *[other] The intercom's clock may be off by { $count } seconds
}
clock-error-minutes = { $count ->
    [one] The intercom's clock may be off by 1 minute
   *[other] The intercom's clock may be off by { $count } minutes
}

manager-this-phone = { $person } (this phone)
manager-now = This phone is a manager of { $place } now
manager-no-more = This phone is no manager of { $place } any more
manager-back = { $person } is a manager again, though removed before. Remove them?
manager-lost = { $person } is no manager any more, though added before. Add them again?
manager-remove-title = Remove { $person }?
manager-remove-detail = Choose which of these keys to keep. The link of one that nobody has accepted may still be with { $person }
manager-paired = { $person } was paired at the device
forget-last = You are the last manager. Without you, a new start needs the button on the device (5 seconds) or its reset (20 seconds)
forget-others = This phone is taken off the managers, then the intercom and its keys are forgotten here
forget-unreached = The intercom was not reached: it still counts this phone as a manager. Another manager can remove it
forget-guest = The intercom and its keys are forgotten on this phone. The keys themselves stay valid elsewhere

notice-damaged = The wallet was damaged and was set aside as { $file }
notice-damaged-detail = Nothing was deleted. Add your intercoms again, or ask for your keys again
notice-moved = This wallet came from another phone, whose keys cannot be copied
notice-moved-detail = Pair your intercoms again; keys you were sent need to be shared again
notice-too-new = This wallet was written by a newer Phonein
notice-too-new-detail = Update the app. Nothing was changed
notice-read-only = The wallet cannot be written
notice-read-only-detail = Give Phonein access to its storage, then open it again
notice-full = The storage of this phone is full
notice-full-detail = Free some space, then try again. What was confirmed is safe
notice-fault = Something went wrong in the app
notice-fault-detail = Try again; nothing that was confirmed is lost
change-not-reached = The intercom was not reached
change-not-reached-detail = It has not confirmed the change. Try again near the door or on its network
notice-gone = This is no longer here
notice-gone-detail = Look at the list again
notice-zone = This is no time zone

## What a phone's own system shows for the app: its resources are made from these

system-why-bluetooth = Phonein opens the door over Bluetooth, also without a network. It looks for your intercoms and for nothing else.
system-why-location = To open the door over Bluetooth, this version of Android wants the permission for your location. Phonein never asks where you are.

## Labels: what stands on buttons, over fields and in titles

# Home
label-entrance = ENTRANCE
label-inner-door = INNER DOOR
label-new-key = NEW KEY
label-recent-activity = RECENT ACTIVITY
label-keys = KEYS
label-locations = My Locations
label-settings = Settings
label-hide = Hide
label-turn-on-bluetooth = Turn on Bluetooth
label-allow = Allow
label-change-address = Change address
label-turn-on-network = Turn on the network
label-change-paths = Change how it is reached
label-open-settings = Open the settings

# Welcome
label-welcome-title = Welcome to Phonein
label-welcome-text = Your phone opens the door. Make a key in ten seconds and send it as a link.
label-add-new-device = ADD NEW DEVICE
label-sent-key = I was sent a key

# Add device, and a link by hand
label-add-device = Add device
label-add-device-help = Scan the QR code on the back of the device, or type its UUID.
label-device-uuid = Device UUID
label-scan-code = Scan the QR code
label-name = Name
label-your-name = Your name
label-your-name-help = Shown in the activity of this intercom
label-network-address = Network address
label-save = SAVE
label-link = Link
label-link-help = Paste the link you were sent, or scan its QR code.
label-paste = Paste
label-continue = CONTINUE

# New key and Edit
label-new-key-title = New key
label-edit-key = Edit key
label-key-name = Key name
label-icon = Icon
label-unlimited-key = Unlimited Key
label-recurring = Recurring
label-start-date = Start date
label-start-time = Start time
label-expiration-date = Expiration date
label-expiration-time = Expiration time
label-end-date = End date
label-end-time = End time
label-number-of-uses = Number of uses
label-also-opens-inner-door = Also Opens Inner Door
label-welcome-message = Welcome Message
label-create-key = CREATE KEY
label-back-button = BACK
label-start-over = START OVER

# Created, Share
label-key-created = Key created
label-share-button = SHARE
label-done = DONE
label-qr-code = QR code of this key's link
label-copy-link = Copy the link
label-copied = Copied
label-hide-links = Hide links from screenshots
label-for-someone-else = For someone else
label-for-someone-else-help = A new key with the same rule
label-new-phone = New phone, same person
label-new-phone-help = The old phone stops working

# Keys, and a key's page
label-no-keys = No keys yet
label-no-keys-help = Create a new access key
label-search-keys = Search keys
label-no-match = No key found
label-no-match-help = Try how the key's name or its holder's begins
label-open-door = Open the door
label-details = Details
label-edit = Edit
label-share = Share
label-delete = Delete
label-remove-from-phone = Remove from this phone
label-delete-button = DELETE
label-keep = KEEP
label-take-theirs = TAKE THEIRS
label-keep-mine = KEEP MINE

# A key that was sent
label-guest-name-help = Shown to who made the key. Kept for next time.
label-add-key = ADD KEY
label-use-it-here = Use it on this phone

# Recent activity
label-no-activity = Nothing happened yet
label-no-activity-help = Who came shows here
label-all = All
label-opened = Opened
label-refused = Refused
label-keys-filter = Keys
label-export = Export
label-export-csv = As a table (CSV)
label-export-json = For programs (JSON)
label-give-back = GIVE BACK THE USE

# Settings of an intercom
label-fingerprint = Fingerprint
label-inner-door-setting = Inner door
label-inner-door-help = When off, keys to it are refused
label-clock-and-zone = Clock and time zone
label-time-zone = Time zone
label-search-zones = Search time zones
label-no-zone = No time zone has this name
label-managers = Managers
label-address = Address
label-paths = Bluetooth and network
label-paths-both = Whichever answers first
label-paths-bluetooth = Only Bluetooth
label-paths-network = Only the network
label-ask-first = Ask before a door opens
label-ask-first-help = By face or fingerprint
label-ask-without-lock = This phone has no screen lock, so it cannot tell who presses. Open the door?
label-make-manager = MAKE MANAGER
label-make-manager-help = Whoever has a key can be made a manager: they open every door, make and delete keys, and change these settings.
label-remove-manager = Remove
label-remove-intercom = Remove this intercom
label-remove-button = REMOVE
label-wallpaper-colors = Colors of the wallpaper
label-wallpaper-colors-help = In all of the app, on this phone
label-use-phones-time = USE THIS PHONE'S TIME
label-leave-time = LEAVE IT

# Everywhere
label-back = Back
label-close = Close
label-cancel = CANCEL
label-ok = OK
label-try-again = TRY AGAIN
