//! A key in a list, and its page.

use super::{EmptyList, Fact, Meaning, Sign};
use crate::category::Category;
use crate::text::Told;
use crate::text::key::KeyStatus;
use crate::text::tap::Door;

/// A key in a list.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct KeyRow {
    /// Stands for it in every call.
    pub id: String,
    /// The intercom it opens.
    pub intercom: String,
    /// Its name.
    pub name: String,
    /// Its category; `None` for one this version does not know, shown without an icon.
    pub category: Option<Category>,
    /// The category in words, or the place where that says more (a guest's list).
    pub category_words: String,
    /// How it stands.
    pub status: KeyStatus,
    /// The status line.
    pub status_words: String,
    /// What is drawn beside that line.
    pub sign: Sign,
    /// What the colour of both means.
    pub meaning: Meaning,
    /// What a screen reader calls the button of its menu.
    pub menu_words: String,
    /// Whether this phone is a manager there.
    pub is_managed: bool,
    /// Whether this phone accepted it.
    pub is_held: bool,
    /// The door that a tap on it opens now; `None`: a tap shows its page.
    pub opens: Option<Door>,
    /// What can be done with it, beside looking at its page.
    pub offers: Vec<KeyOffer>,
}

/// What can be done with a key, in its menu and on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum KeyOffer {
    /// The page for changing it.
    Edit,
    /// Its link, or the question for whom it is.
    Share,
    /// Deletes it, after a question.
    Delete,
    /// Removes it from this phone, after a question.
    Remove,
}

/// Which keys a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct KeyFilter {
    /// Only those of this intercom.
    #[uniffi(default = None)]
    pub intercom: Option<String>,
    /// Only those of this category.
    #[uniffi(default = None)]
    pub category: Option<Category>,
}

/// A part of a list of keys.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct KeyPage {
    /// The keys.
    pub keys: Vec<KeyRow>,
    /// Give this to get the next part; `None` at the end.
    pub next: Option<String>,
    /// The next part is asked for once no more than so many rows follow the last one on screen.
    pub ahead: i32,
    /// Whether there are so many keys that a search field shows above them.
    pub is_searchable: bool,
    /// What the list says while it is empty.
    pub empty: Option<EmptyList>,
}

/// A key's page.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct KeyDetails {
    /// As in the list.
    pub row: KeyRow,
    /// The rule as one sentence.
    pub sentence: String,
    /// Whether the sentence is only what the link says, because the intercom has not answered yet.
    pub is_hearsay: bool,
    /// "At the intercom", or when a change will be delivered; empty for a key that was sent here and is.
    pub delivery_words: String,
    /// Whether the intercom has it as it is here, and said so: the words stand beside the status. Else they stand in a notice
    /// of their own.
    pub is_delivered: bool,
    /// What else is to be known of it: who has it, until when its link works while nobody has, who made it if that was another
    /// manager, how often it opened each of its doors, its welcome message.
    pub facts: Vec<Fact>,
    /// What another manager did to it meanwhile: answer with `resolve`.
    pub overtaken: Option<Overtaken>,
    /// Why nothing can be done with it here.
    pub locked: Option<Told>,
    /// The question before it is deleted, or, where this phone is no manager, removed from this phone.
    pub delete_question: Told,
    /// What the button says that does it: "DELETE", "REMOVE".
    pub delete_words: String,
    /// How many more uses a used-up key shall have is asked before it is re-issued; `None`: nothing is asked.
    pub more_uses: Option<MoreUses>,
}

/// The question how many more uses a key shall have.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct MoreUses {
    /// The question.
    pub question: String,
    /// The answers, in their order.
    pub choices: Vec<MoreUsesChoice>,
}

/// How many more uses a key can be given.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct MoreUsesChoice {
    /// What `reissue` takes.
    pub uses: i32,
    /// In words.
    pub words: String,
}

/// A key that another manager changed too.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Overtaken {
    /// What they did, and what keeping one's own means.
    pub told: Told,
    /// This phone's version.
    pub mine_words: String,
    /// Theirs; `None` if they deleted it.
    pub theirs_words: Option<String>,
}

/// Which version of an overtaken key stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Keep {
    /// This phone's. Of a deleted key a new one with the same rule is made.
    Mine,
    /// The other manager's.
    Theirs,
}
