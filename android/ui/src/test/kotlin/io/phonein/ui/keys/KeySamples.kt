package io.phonein.ui.keys

import io.phonein.core.Door
import io.phonein.core.EmptyList
import io.phonein.core.EmptyWhy
import io.phonein.core.KeyCategory
import io.phonein.core.KeyDetails
import io.phonein.core.KeyOffer
import io.phonein.core.KeyRow
import io.phonein.core.KeyStatus
import io.phonein.core.Overtaken
import io.phonein.core.Told

val noKeysActions = KeysActions({}, {}, {}, {}, {}, {}, {}, {})

/** A key in the list of a manager, in the core's words. */
fun row(
    name: String,
    category: KeyCategory?,
    words: String,
    status: KeyStatus,
    statusWords: String,
    opens: Boolean = false,
    isManaged: Boolean = true,
) = KeyRow(
    name,
    "1",
    name,
    category,
    words,
    status,
    statusWords,
    isManaged,
    !isManaged,
    if (opens) Door.ENTRANCE else null,
    when {
        !isManaged -> listOf(KeyOffer.REMOVE)
        status == KeyStatus.DeletedWaiting -> emptyList()
        status == KeyStatus.Overtaken -> listOf(KeyOffer.DELETE)
        else -> listOf(KeyOffer.EDIT, KeyOffer.SHARE, KeyOffer.DELETE)
    },
)

/** One of each status. */
val rows =
    listOf(
        row("Food Delivery", KeyCategory.DELIVERY, "Delivery", KeyStatus.Active, "Active", opens = true),
        row("Cleaner", KeyCategory.SERVICES, "Services", KeyStatus.Held("Béla"), "On Béla's phone", opens = true),
        row("Flat 42", KeyCategory.RENTER, "Renter", KeyStatus.Shared, "Shared, not accepted yet", opens = true),
        row("Garden party", KeyCategory.EVENT, "Event", KeyStatus.Upcoming(0), "From Oct 16"),
        row("Office", KeyCategory.EMPLOYEE, "Employee", KeyStatus.Waiting, "Waiting for the intercom", opens = true),
        row("Friends", KeyCategory.FRIEND, "Friend", KeyStatus.Used, "Used"),
        row("Viewing", KeyCategory.CUSTOMER, "Customer", KeyStatus.Expired, "Expired"),
        row("Gardener", KeyCategory.SERVICES, "Services", KeyStatus.Outside(0), "Opens at 14:00, in 12 minutes"),
        row("Dog walker", KeyCategory.SERVICES, "Services", KeyStatus.Overtaken, "Overtaken by another manager"),
        row("Grandmother", KeyCategory.FRIEND, "Friend", KeyStatus.ShareAgain, "Needs to be shared again"),
        row("Old tenant", null, "", KeyStatus.DeletedWaiting, "Deleted, waiting for the intercom"),
    )

val guestsRow = row("Cleaner", KeyCategory.SERVICES, "Services", KeyStatus.Active, "Active", opens = true, isManaged = false)

const val WEEKLY =
    "Your key is valid every Wednesday and Saturday from 10:00 to 14:00 starting Tuesday, October 12, 2021 ending Friday, December 31, 2021"

val deleteCleaner =
    told("Delete “Cleaner”?", "It stops opening the door for Béla as soon as the intercom knows. This is final")

private const val AT_INTERCOM = "At the intercom"

/** A key's page: held by somebody, unless said otherwise. */
fun details(
    row: KeyRow = rows[1],
    overtaken: Overtaken? = null,
    delivery: String = AT_INTERCOM,
    claim: String? = null,
) = KeyDetails(
    row,
    WEEKLY,
    false,
    delivery,
    overtaken == null && delivery == AT_INTERCOM,
    if (claim == null && row.isManaged) "On Béla's phone" else null,
    if (row.isManaged) listOf("Entrance: used 2 times", "Inner door: not used yet") else emptyList(),
    "The mop is behind the inner door. Thank you!",
    if (row.isManaged) "Made by Cecília" else null,
    claim,
    overtaken,
    locked = null,
    deleteCleaner,
    moreUses = null,
)

val overtaken =
    Overtaken(
        told("Cecília changed this key meanwhile", "Keep mine puts your version in place of theirs"),
        "Yours: Your key will be valid from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22",
        "Theirs: This key will be valid forever",
    )

fun told(
    title: String,
    detail: String,
) = Told(title, detail, "$title $detail.")

/** What lists without an entry say. */
val noKeys = EmptyList(EmptyWhy.NOTHING, "No keys yet", "Create a new access key")
val noneSent = EmptyList(EmptyWhy.NONE_SENT, "No keys yet", "Paste the link you were sent, or scan its QR code.")
val noMatch = EmptyList(EmptyWhy.NO_MATCH, "No key found", "Try how the key's name or its holder's begins")
