//! Sync against the very judgement that intercoms ship, over a disk in memory.

mod apart;
mod fill;
mod restored;

use super::*;
use crate::{
    exchange::{Answered, Obstacle, Via},
    wallet::{
        Joined, Key, KeyRef,
        change::{self, Now, Wanted},
    },
};
use async_trait::async_trait;
use phonein_protocol::{
    es256::{PublicKey, SignatureBytes, SigningKey},
    grant::{About, Grant, SignedGrant},
    id::{Door, Doors, KeyId, Kid, LinkSecret},
    intercom::{Config, Judgement, MemoryStore, Moment, Ruling, Signatures},
    message::{Detail, Envelope, ManagersAsk, Request},
    rule::Rule,
    session::TransportError,
};
use std::sync::Mutex;
use tempfile::TempDir;

/// 2027-01-15 08:00 UTC.
const NOW: Time = 1_800_000_000;
const INTERCOM: [u8; 32] = [9; 32];
const MOMENT: Moment = Moment { mono_ms: 1_000, system: Some(NOW) };

/// Requests need no signatures here, grants do.
struct Real;

impl Signatures for Real {
    fn check_request(&mut self, _: &PublicKey) -> Result<(), TransportError> {
        Ok(())
    }

    fn check_grant(&mut self, grant: &SignedGrant, signer: &PublicKey) -> bool {
        grant.verify(signer, &INTERCOM)
    }
}

/// An intercom that can be restored from an old copy of its disk.
struct Device {
    judgement: Mutex<Judgement<MemoryStore>>,
    /// How many requests it still answers.
    answers: Mutex<usize>,
}

fn config() -> Config {
    Config { intercom: INTERCOM, doors: Doors::BOTH, seconds: 5, urls: vec!["http://10.0.0.2:8042".into()] }
}

impl Device {
    fn new() -> Self {
        let judgement = Judgement::start(config(), MemoryStore::default(), &MOMENT).unwrap();
        Self { judgement: Mutex::new(judgement), answers: Mutex::new(usize::MAX) }
    }

    fn disk(&self) -> MemoryStore {
        self.judgement.lock().unwrap().store().clone()
    }

    fn restore(&self, disk: MemoryStore) {
        *self.judgement.lock().unwrap() = Judgement::start(config(), disk, &MOMENT).unwrap();
    }

    fn ask(&self, request: &Request) -> Answer {
        let bytes = request.to_bytes();
        let mut judgement = self.judgement.lock().unwrap();
        let judged = judgement.judge(&Envelope::parse(&bytes).unwrap(), &mut Real, Via::Http, &MOMENT).unwrap();
        match judged.ruling {
            // As it comes over the air.
            Ruling::Answer(answer) => Answer::parse(request.op(), &answer.to_bytes()).unwrap(),
            Ruling::Open { .. } => {
                let answer = judgement.acted(true, &MOMENT).unwrap().unwrap();
                judgement.finish().unwrap();
                answer
            }
            Ruling::Refuse(error) => panic!("{error:?}"),
        }
    }
}

/// A phone with its wallet.
struct Phone {
    wallet: Arc<Wallet>,
    _directory: TempDir,
    key: SigningKey,
    intercom: IntercomId,
    device: Arc<Device>,
}

#[async_trait]
impl Contact for Phone {
    async fn ask(&self, body: Body) -> Result<Answered, Unreached> {
        {
            let mut answers = self.device.answers.lock().unwrap();
            *answers = answers.checked_sub(1).ok_or(Unreached { paths: Vec::<Obstacle>::new() })?;
        }
        let answer = self.device.ask(&Request { number: 0, kid: Some(self.kid()), body });
        Ok(Answered { answer, via: Via::Http })
    }

    async fn sign(&self, text: Vec<u8>) -> Result<SignatureBytes, KeyFault> {
        Ok(self.key.sign(&text))
    }
}

impl Phone {
    /// A phone that is paired with `device`, the button held for it.
    fn paired(device: &Arc<Device>, number: u8) -> Self {
        let key = SigningKey::from_bytes(&[number; 32]).unwrap();
        device.judgement.lock().unwrap().press_button(&MOMENT);
        let body = Body::Pair {
            key: key.public(),
            name: format!("Manager {number}"),
            zone: crate::zone::table("Europe/Budapest", NOW).ok(),
            now: NOW,
        };
        let answer = device.ask(&Request { number: 0, kid: None, body });
        assert!(matches!(answer.detail, Detail::Paired { .. }), "{answer:?}");
        let directory = tempfile::tempdir().unwrap();
        let wallet = Wallet::open(directory.path(), [7; 32]).unwrap();
        let joined = Joined {
            public_key: INTERCOM,
            name: "Home",
            doors: Doors::BOTH,
            alias: "alias",
            phone_key: key.public(),
            address: None,
            urls: &[],
            zone: None,
        };
        let (intercom, _) = wallet.paired(&joined, NOW * 1000).unwrap();
        Self { wallet: Arc::new(wallet), _directory: directory, key, intercom, device: device.clone() }
    }

    fn kid(&self) -> Kid {
        Kid::of(&self.key.public())
    }

    async fn try_sync(&self) -> Result<Synced, SyncError> {
        let (wallet, intercom) = (&self.wallet, self.intercom);
        sync(Setting { wallet, intercom, phone_zone: "Europe/Budapest", now: &|| NOW }, self).await
    }

    async fn sync(&self) -> Synced {
        self.try_sync().await.unwrap()
    }

    fn sign(&self, grant: Grant) -> SignedGrant {
        let signature = self.key.sign(&SignedGrant::text(&grant, self.kid(), &INTERCOM));
        SignedGrant::new(grant, self.kid(), signature)
    }

    /// Makes a key called `name`.
    fn make(&self, number: u8, name: &str) -> KeyRef {
        let grant = change::create(key_id(number), wanted(name), secret(number).commitment(), HERE);
        self.wallet.create_key(self.intercom, self.sign(grant), &secret(number)).unwrap()
    }

    /// Changes a key.
    fn change(&self, number: u8, change: impl FnOnce(&Key) -> Option<Grant>) {
        let key = self.key(number).unwrap();
        let grant = self.sign(change(&key).unwrap());
        self.wallet.change_key(&key, grant, None).unwrap();
    }

    fn rename(&self, number: u8, name: &str) {
        self.change(number, |key| change::edit(&key.ledger, wanted(name), HERE));
    }

    fn delete(&self, number: u8) {
        self.change(number, |key| change::delete(&key.ledger, HERE));
    }

    fn key(&self, number: u8) -> Option<Key> {
        self.wallet.key_of(self.intercom, key_id(number)).unwrap()
    }

    fn name(&self, number: u8) -> String {
        self.key(number).unwrap().name
    }

    fn here(&self) -> Intercom {
        self.wallet.intercom(self.intercom).unwrap()
    }

    fn waiting(&self) -> u64 {
        self.wallet.changes_waiting(self.intercom).unwrap()
    }

    /// The link of a key, accepted on a guest's phone and claimed.
    fn claimed_by(&self, number: u8, guest: &SigningKey) {
        let grant = self.key(number).unwrap().grant().unwrap().bytes().to_vec();
        let (secret, key, name) = (secret(number), guest.public(), "Anna".to_owned());
        let body = Body::Claim { grant, secret, key, name, door: None };
        let answer = self.device.ask(&Request { number: 1_000 + u64::from(number), kid: None, body });
        assert_eq!(answer.holds, Some(true), "{answer:?}");
    }
}

const HERE: Now<'static> = Now { time: NOW, zone: None };

fn key_id(number: u8) -> KeyId {
    KeyId::from_bytes([number; 8])
}

fn secret(number: u8) -> LinkSecret {
    LinkSecret([number; 16])
}

fn wanted(name: &str) -> Wanted {
    let about = About { name: Some(name.into()), ..About::default() };
    Wanted { about, rule: Rule::Always, uses: Some(3), doors: Doors::BOTH }
}
