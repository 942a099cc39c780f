package io.phonein.ui.keys

import io.phonein.core.Door
import io.phonein.core.EmptyList
import io.phonein.core.EmptyWhy
import io.phonein.core.Fact
import io.phonein.core.KeyCategory
import io.phonein.core.KeyDetails
import io.phonein.core.KeyOffer
import io.phonein.core.KeyRow
import io.phonein.core.KeyStatus
import io.phonein.core.Meaning
import io.phonein.core.Overtaken
import io.phonein.core.Sign
import io.phonein.core.Told

val noKeysActions = KeysActions({}, {}, {}, {}, {}, {}, {}, {})

/** A key in the list of a manager, in the core's words. */
fun row(
    name: String,
    category: KeyCategory?,
    words: String,
    status: KeyStatus,
    statusWords: String,
    sign: Sign = Sign.KEY,
    meaning: Meaning = Meaning.ACTIVE,
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
    sign,
    meaning,
    "$name, What to do with this key",
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
        row("Cleaner", KeyCategory.SERVICES, "Services", KeyStatus.Held("Béla"), "On Béla's phone", Sign.PHONE, opens = true),
        row("Flat 42", KeyCategory.RENTER, "Renter", KeyStatus.Shared, "Shared, not accepted yet", Sign.SHARE, Meaning.WORKING, opens = true),
        row("Garden party", KeyCategory.EVENT, "Event", KeyStatus.Upcoming(0), "From Oct 16", Sign.CLOCK, Meaning.UPCOMING),
        row("Office", KeyCategory.EMPLOYEE, "Employee", KeyStatus.Waiting, "Waiting for the intercom", Sign.ARROWS, Meaning.WORKING, opens = true),
        row("Friends", KeyCategory.FRIEND, "Friend", KeyStatus.Used, "Used", Sign.CROSS, Meaning.USED),
        row("Viewing", KeyCategory.CUSTOMER, "Customer", KeyStatus.Expired, "Expired", Sign.CROSS, Meaning.USED),
        row("Gardener", KeyCategory.SERVICES, "Services", KeyStatus.Outside(0), "Opens at 14:00, in 12 minutes", Sign.CLOCK, Meaning.UPCOMING),
        row("Dog walker", KeyCategory.SERVICES, "Services", KeyStatus.Overtaken, "Overtaken by another manager", Sign.ALERT, Meaning.REFUSED),
        row("Grandmother", KeyCategory.FRIEND, "Friend", KeyStatus.ShareAgain, "Needs to be shared again", Sign.ALERT, Meaning.REFUSED),
        row("Old tenant", null, "", KeyStatus.DeletedWaiting, "Deleted, waiting for the intercom", Sign.BIN, Meaning.WORKING),
    )

val guestsRow = row("Cleaner", KeyCategory.SERVICES, "Services", KeyStatus.Active, "Active", opens = true, isManaged = false)

const val WEEKLY =
    "Your key is valid every Wednesday and Saturday from 10:00 to 14:00 starting Tuesday, October 12, 2021 ending Friday, December 31, 2021"

val deleteCleaner =
    told("Delete “Cleaner”?", "It stops opening the door for Béla as soon as the intercom knows. This is final")

private const val AT_INTERCOM = "At the intercom"

private fun facts(
    isManaged: Boolean,
    claim: String?,
) = if (isManaged) {
    listOf(
        if (claim == null) Sign.PHONE to "On Béla's phone" else Sign.SHARE to claim,
        Sign.PEOPLE to "Made by Cecília",
        Sign.ENTRANCE to "Entrance: used 2 times",
        Sign.INNER_DOOR to "Inner door: not used yet",
    ).map { (sign, words) -> Fact(sign, words, "") }
} else {
    emptyList()
}

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
    if (row.isManaged || delivery != AT_INTERCOM) delivery else "",
    overtaken == null && delivery == AT_INTERCOM,
    facts(row.isManaged, claim) + Fact(Sign.MESSAGE, "The mop is behind the inner door. Thank you!", ""),
    overtaken,
    locked = null,
    deleteCleaner,
    if (row.isManaged) "DELETE" else "REMOVE",
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
val noKeys = EmptyList(EmptyWhy.NOTHING, Sign.KEY, "No keys yet", "Create a new access key")
val noneSent = EmptyList(EmptyWhy.NONE_SENT, Sign.KEY, "No keys yet", "Paste the link you were sent, or scan its QR code.")
val noMatch = EmptyList(EmptyWhy.NO_MATCH, Sign.GLASS, "No key found", "Try how the key's name or its holder's begins")
