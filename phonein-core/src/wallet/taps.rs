//! Taps on disk: a number is written down before anything is sent.

use super::{
    IntercomId, Wallet, WalletError,
    rows::{count, door, door_number, get, integer, key_id, optional, outcome, via_number},
    seal::Place,
    tap::{Ending, Press, Tap, next_number, press},
};
use phonein_protocol::{
    grant::SignedGrant,
    id::{Door, KeyId},
    log::Via,
    message::{Answer, Body, Envelope, Outcome},
};
use rusqlite::{Connection, Row, Transaction, params};

/// What a press became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// A tap of its own; its number is on disk.
    New(Tap),
    /// It is the tap that is in hand.
    Joins(Tap),
    /// Another door's tap is in hand.
    Busy(Tap),
    /// Ask the intercom first what became of this one, with a Status.
    Unsettled(Tap),
}

/// Which endings an unsettled tap can have, by their numbers on disk.
mod ending {
    pub(super) const ANSWERED: i64 = 1;
    pub(super) const UNREACHABLE: i64 = 2;
    pub(super) const NO_ANSWER: i64 = 3;
    pub(super) const NEVER_ARRIVED: i64 = 4;
    pub(super) const CANCELLED: i64 = 5;
}

impl Ending {
    pub(super) fn columns(self) -> (i64, Option<Vec<u8>>) {
        match self {
            Self::Answered(outcome) => (ending::ANSWERED, Some(outcome.to_bytes())),
            Self::Unreachable => (ending::UNREACHABLE, None),
            Self::NoAnswer => (ending::NO_ANSWER, None),
            Self::NeverArrived => (ending::NEVER_ARRIVED, None),
            Self::Cancelled => (ending::CANCELLED, None),
        }
    }

    pub(super) fn from_columns(number: Option<i64>, outcome: Option<Outcome>) -> Result<Option<Self>, WalletError> {
        Ok(Some(match (number, outcome) {
            (None, _) => return Ok(None),
            (Some(ending::ANSWERED), Some(outcome)) => Self::Answered(outcome),
            (Some(ending::UNREACHABLE), _) => Self::Unreachable,
            (Some(ending::NO_ANSWER), _) => Self::NoAnswer,
            (Some(ending::NEVER_ARRIVED), _) => Self::NeverArrived,
            (Some(ending::CANCELLED), _) => Self::Cancelled,
            (Some(_), _) => return Err(WalletError::damaged("tap")),
        }))
    }
}

pub(super) const IN_HAND: &str = "SELECT * FROM tap WHERE intercom = ?1 AND settled = 0";

impl Wallet {
    /// A door is pressed, or a link without a door claimed. `body` makes the body for the tap's number; it is on disk with
    /// it when this returns, and counts as sent: one write is enough before sending.
    pub fn begin_tap(
        &self,
        intercom: IntercomId,
        door: Option<Door>,
        key: Option<KeyId>,
        now_ms: i64,
        body: impl FnOnce(u64) -> Vec<u8>,
    ) -> Result<Begun, WalletError> {
        self.write(|transaction| {
            if let Some(last) = self.in_hand_in(transaction, intercom)? {
                return Ok(match press(&last, door, now_ms) {
                    Press::Joins => Begun::Joins(last),
                    Press::Busy => Begun::Busy(last),
                    Press::Unsettled => Begun::Unsettled(last),
                });
            }
            let last: i64 = transaction
                .prepare_cached("SELECT last_number FROM intercom WHERE id = ?1")?
                .query_row([intercom], |row| row.get(0))?;
            let last = u64::try_from(last).map_err(|_| WalletError::damaged("number"))?;
            let number = next_number(last, now_ms).ok_or(WalletError::fault("no numbers left"))?;
            let body = body(number);
            let sealed = self.seal_body(intercom, number, &body)?;
            let numbered = "UPDATE intercom SET last_number = ?2 WHERE id = ?1";
            transaction.prepare_cached(numbered)?.execute(params![intercom, integer(number)])?;
            let begun = "INSERT OR REPLACE INTO tap (intercom, door, number, key_id, body, started_ms, settled)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)";
            let key_id = key.as_ref().map(KeyId::as_bytes);
            let row = params![intercom, door_number(door), integer(number), key_id, sealed, now_ms];
            transaction.prepare_cached(begun)?.execute(row)?;
            Ok(Begun::New(Tap {
                door,
                number,
                key,
                body: Some(body),
                started_ms: now_ms,
                ending: None,
                ended_ms: None,
                settled: false,
            }))
        })
    }

    /// The intercom had seen a higher number: the tap goes on under this one, with this body.
    pub fn renumber_tap(&self, intercom: IntercomId, number: u64, next: u64, body: &[u8]) -> Result<(), WalletError> {
        let sealed = self.seal_body(intercom, next, body)?;
        self.write(|transaction| {
            let renumbered = transaction.execute(
                "UPDATE tap SET number = ?3, body = ?4
                 WHERE intercom = ?1 AND number = ?2 AND settled = 0",
                params![intercom, integer(number), integer(next), sealed],
            )?;
            if renumbered == 0 {
                return Err(WalletError::Gone);
            }
            let raise = "UPDATE intercom SET last_number = max(last_number, ?2) WHERE id = ?1";
            transaction.execute(raise, params![intercom, integer(next)])?;
            Ok(())
        })
    }

    /// The intercom answered the tap: what that says of the key, of this phone and of the tap, as one.
    pub fn tap_answered(
        &self,
        intercom: IntercomId,
        tap: &Tap,
        answer: &Answer,
        via: Via,
        now_ms: i64,
    ) -> Result<(), WalletError> {
        let claimed = tap.body.as_deref().and_then(presented);
        self.write(|transaction| {
            match (&claimed, tap.key) {
                (Some(presented), _) => self.claim_answered(transaction, intercom, presented, answer)?,
                (None, Some(key)) => self.open_answered(transaction, intercom, key, tap.door, answer, now_ms)?,
                (None, None) => {}
            }
            if let (Some(presented), true) = (&claimed, answer.holds == Some(true) && !answer.manager)
                && let Some(key) = self.key_of_in(transaction, intercom, presented.grant().key)?
            {
                Self::spend(transaction, &key, tap.door, answer.outcome)?;
            }
            // A claim that was refused before its signature was checked says nothing of this phone.
            if claimed.is_none() || answer.holds.is_some() {
                Self::set_manager_in(transaction, intercom, answer.manager)?;
            }
            if let Outcome::NumberUsed { last } = answer.outcome {
                let raise = "UPDATE intercom SET last_number = max(last_number, ?2) WHERE id = ?1";
                transaction.execute(raise, params![intercom, integer(last)])?;
            }
            let heard = "UPDATE intercom SET last_used_ms = ?2, heard_at = ?3, heard_via = ?4 WHERE id = ?1";
            transaction.execute(heard, params![intercom, now_ms, now_ms.div_euclid(1_000), via_number(Some(via))])?;
            let ending = Ending::Answered(answer.outcome);
            self.end(transaction, intercom, tap, ending, true, Some(via), now_ms)
        })
    }

    /// The tap ended for the person who pressed, without an answer. Only one that was never sent is settled by that.
    pub fn end_tap(&self, intercom: IntercomId, tap: &Tap, ending: Ending, now_ms: i64) -> Result<(), WalletError> {
        self.write(|transaction| {
            let settles = !matches!(ending, Ending::NoAnswer);
            self.end(transaction, intercom, tap, ending, settles, None, now_ms)
        })
    }

    /// A Status said what became of the tap, or that nobody will ever know: nothing is left to ask.
    pub fn settle_tap(
        &self,
        intercom: IntercomId,
        tap: &Tap,
        ending: Ending,
        via: Via,
        now_ms: i64,
    ) -> Result<(), WalletError> {
        self.write(|transaction| {
            let is_claim = tap.body.as_deref().and_then(presented).is_some();
            if let (Ending::Answered(outcome), Some(key), false) = (ending, tap.key, is_claim) {
                let answer = Answer::from(outcome);
                let is_manager = self.intercom_in(transaction, intercom)?.is_manager;
                let answer = Answer { manager: is_manager, ..answer };
                self.open_answered(transaction, intercom, key, tap.door, &answer, tap.started_ms)?;
            }
            self.end(transaction, intercom, tap, ending, true, Some(via), now_ms)
        })
    }

    /// The tap that is not settled, if there is one.
    pub fn tap_in_hand(&self, intercom: IntercomId) -> Result<Option<Tap>, WalletError> {
        self.read(|connection| self.in_hand_in(connection, intercom))
    }

    /// The last tap on each door, in hand or over.
    pub fn taps(&self, intercom: IntercomId) -> Result<Vec<Tap>, WalletError> {
        self.read(|connection| self.taps_in(connection, intercom))
    }

    pub(super) fn taps_in(&self, connection: &Connection, intercom: IntercomId) -> Result<Vec<Tap>, WalletError> {
        let mut statement = connection.prepare_cached("SELECT * FROM tap WHERE intercom = ?1 ORDER BY door")?;
        let mut rows = statement.query([intercom])?;
        let mut taps = Vec::new();
        while let Some(row) = rows.next()? {
            taps.push(self.read_tap(intercom, row)?);
        }
        Ok(taps)
    }

    fn in_hand_in(&self, connection: &Connection, intercom: IntercomId) -> Result<Option<Tap>, WalletError> {
        let mut statement = connection.prepare_cached(IN_HAND)?;
        let mut rows = statement.query([intercom])?;
        rows.next()?.map(|row| self.read_tap(intercom, row)).transpose()
    }

    fn read_tap(&self, intercom: IntercomId, row: &Row<'_>) -> Result<Tap, WalletError> {
        let number = count(row, "number")?;
        let sealed: Option<Vec<u8>> = optional(row, "body")?;
        let place = [&intercom.to_be_bytes()[..], &number.to_be_bytes()];
        let body = sealed.and_then(|sealed| self.sealer.open(&Place { column: "tap.body", row: &place }, &sealed));
        Ok(Tap {
            door: door(get(row, "door")?),
            number,
            key: key_id(row, "key_id")?,
            body: body.map(|body| body.to_vec()),
            started_ms: get(row, "started_ms")?,
            ending: Ending::from_columns(optional(row, "ending")?, outcome(row, "outcome")?)?,
            ended_ms: optional(row, "ended_ms")?,
            settled: get(row, "settled")?,
        })
    }

    fn seal_body(&self, intercom: IntercomId, number: u64, body: &[u8]) -> Result<Vec<u8>, WalletError> {
        let place = [&intercom.to_be_bytes()[..], &number.to_be_bytes()];
        self.sealer.seal(&Place { column: "tap.body", row: &place }, body)
    }

    /// Writes an ending, and what this phone did into its activity.
    #[allow(clippy::too_many_arguments, reason = "each is a fact about the ending")]
    fn end(
        &self,
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        tap: &Tap,
        ending: Ending,
        settles: bool,
        via: Option<Via>,
        now_ms: i64,
    ) -> Result<(), WalletError> {
        let (number, outcome) = ending.columns();
        let ended = transaction.execute(
            "UPDATE tap SET ending = ?3, outcome = ?4, ended_ms = ?5, settled = ?6, body = CASE WHEN ?6 THEN NULL ELSE body END
             WHERE intercom = ?1 AND number = ?2 AND settled = 0",
            params![intercom, integer(tap.number), number, outcome, now_ms, settles],
        )?;
        if ended == 0 {
            return Err(WalletError::Gone);
        }
        self.log_own(transaction, intercom, tap, ending, via_number(via))
    }
}

/// The grant that a claim presents; `None` of any other body.
fn presented(body: &[u8]) -> Option<SignedGrant> {
    match Envelope::parse(body).ok()?.request().ok()?.body {
        Body::Claim { grant, .. } => SignedGrant::parse(&grant).ok(),
        _ => None,
    }
}
