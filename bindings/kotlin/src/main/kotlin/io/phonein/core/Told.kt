package io.phonein.core

/*
 * What each exception tells the person, in finished words: to be shown as it is. The exception's own `message` is for logs.
 */

/** What happened and what would help. */
val WalletException.told: Told
    get() =
        when (this) {
            is WalletException.Gone -> told
            is WalletException.TooNew -> told
            is WalletException.ReadOnly -> told
            is WalletException.Full -> told
            is WalletException.Internal -> told
        }

/** What is wrong. */
val AddException.told: Told
    get() =
        when (this) {
            is AddException.Field -> told
            is AddException.Wallet -> error.told
        }

/** What happened and what would help. */
val IntercomException.told: Told
    get() =
        when (this) {
            is IntercomException.NotReached -> told
            is IntercomException.Refused -> told
            is IntercomException.Field -> told
            is IntercomException.Wallet -> error.told
        }

/** What is wrong. */
val LinkException.told: Told
    get() =
        when (this) {
            is LinkException.Unreadable -> told
            is LinkException.OwnName -> told
            is LinkException.Wallet -> error.told
        }

/** What is wrong. */
val SaveException.told: Told
    get() =
        when (this) {
            is SaveException.Field -> told
            is SaveException.Wallet -> error.told
        }

/** Why. */
val ShareException.told: Told
    get() =
        when (this) {
            is ShareException.NoLink -> told
            is ShareException.Wallet -> error.told
        }

/** Why. */
val UnlockException.told: Told
    get() =
        when (this) {
            is UnlockException.Busy -> told
            is UnlockException.Wallet -> error.told
        }
