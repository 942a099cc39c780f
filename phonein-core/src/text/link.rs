//! A link somebody was sent. What an intercom says to it is in [`refusal`](super::refusal).

use super::fixed::messages;
use super::{Text, Told};
use crate::category::Category;
use fluent_bundle::FluentArgs;

messages! {
    /// Why a text is no link that can be used.
    #[derive(uniffi::Enum)]
    pub enum LinkProblem {
        /// Not one of ours.
        NotOurs => "link-not-ours",
        /// One of ours with something missing or changed.
        Damaged => "link-damaged",
        /// Of a version this app cannot read.
        TooNew => "link-too-new",
        /// Accepted, and the intercom was not reached: nobody owns the key yet.
        NotYoursYet => "link-not-yours-yet",
    }
}

messages! {
    /// What is said on the page of an invitation.
    pub enum LinkNote {
        /// Under the rule, before the intercom has answered.
        Hearsay => "link-hearsay",
        /// Opened by a manager of the intercom.
        OwnIntercom => "link-own-intercom",
        /// Accepted before.
        HeldAlready => "link-held-already",
        /// The key is this phone's.
        Added => "link-added",
    }
}

impl Text {
    /// Why the link is of no use, or not yet, and what to do.
    pub fn link_problem(&self, problem: LinkProblem) -> Told {
        self.told(problem.message_id(), &FluentArgs::new())
    }

    /// A sentence on the page of an invitation.
    pub fn link_note(&self, note: LinkNote) -> String {
        self.word(note.message_id())
    }

    /// Under the key's name: "Services · Home".
    pub fn link_place(&self, category: Option<Category>, place: &str) -> String {
        let category = category.map(|category| self.category(category)).unwrap_or_default();
        self.parts(&[&category, place])
    }
}
