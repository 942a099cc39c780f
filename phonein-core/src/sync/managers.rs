//! The managers of an intercom, read by pages.

use phonein_protocol::message::{Body, Detail, ManagerItem, ManagersAsk};

/// What has been read so far.
#[derive(Debug, Default)]
pub(crate) struct ManagerPages(Vec<ManagerItem>);

impl ManagerPages {
    /// Asks for the next page.
    pub(crate) fn ask(&self) -> Body {
        Body::Managers(ManagersAsk::Page { after: self.0.last().map(|manager| manager.kid) })
    }

    /// Takes a page, and says whether more follow. `None` if it leads nowhere, or if the list began anew, because a manager
    /// was removed meanwhile.
    pub(crate) fn take(&mut self, page: Detail) -> Option<bool> {
        let (items, more) = match page {
            Detail::Managers { items, more } => (items, more),
            Detail::Nothing => (Vec::new(), false),
            _ => return None,
        };
        let is_known = |item: &ManagerItem| self.0.iter().any(|manager| manager.kid == item.kid);
        if items.iter().any(is_known) || more && items.is_empty() {
            return None;
        }
        self.0.extend(items);
        Some(more)
    }

    /// All of them.
    pub(crate) fn into_all(self) -> Vec<ManagerItem> {
        self.0
    }
}
