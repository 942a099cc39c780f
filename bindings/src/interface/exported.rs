//! The interface as UniFFI's metadata in the library has it.

use std::{collections::BTreeSet, fmt, fs, path::Path};

use anyhow::Result;
use uniffi_bindgen::macro_metadata::extract_from_bytes;
use uniffi_meta::Metadata;

/// Something that is exported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exported {
    /// A function of its own.
    Function(String),
    /// An object.
    Object(String),
    /// What can be done with an object, or with a value.
    Method(String, String),
    /// A trait of the core's that the shell implements.
    Trait(String),
    /// What the core calls there.
    TraitMethod(String, String),
    /// A record.
    Record(String),
    /// An enum.
    Enum(String),
    /// An error.
    Error(String),
    /// One case of an error.
    Case(String, String),
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(name) => write!(f, "function {name}"),
            Self::Object(name) => write!(f, "object {name}"),
            Self::Method(of, name) => write!(f, "method {of}.{name}"),
            Self::Trait(name) => write!(f, "trait {name}"),
            Self::TraitMethod(of, name) => write!(f, "trait method {of}.{name}"),
            Self::Record(name) => write!(f, "record {name}"),
            Self::Enum(name) => write!(f, "enum {name}"),
            Self::Error(name) => write!(f, "error {name}"),
            Self::Case(of, name) => write!(f, "case {of}.{name}"),
        }
    }
}

/// All that a library exports, in order.
pub(crate) fn exported(library: &Path) -> Result<Vec<Exported>> {
    let metadata = extract_from_bytes(&fs::read(library)?)?;
    let traits: BTreeSet<_> = metadata.iter().filter_map(trait_name).collect();
    let items: BTreeSet<_> = metadata.iter().flat_map(|item| names(item, &traits)).collect();
    Ok(items.into_iter().collect())
}

fn trait_name(item: &Metadata) -> Option<String> {
    match item {
        Metadata::TraitMethod(method) => Some(method.trait_name.clone()),
        _ => None,
    }
}

fn names(item: &Metadata, traits: &BTreeSet<String>) -> Vec<Exported> {
    match item {
        Metadata::Func(function) => vec![Exported::Function(function.name.clone())],
        Metadata::Object(object) if traits.contains(&object.name) => vec![Exported::Trait(object.name.clone())],
        Metadata::Object(object) => vec![Exported::Object(object.name.clone())],
        Metadata::CallbackInterface(callbacks) => vec![Exported::Trait(callbacks.name.clone())],
        Metadata::Constructor(method) => vec![Exported::Method(method.self_name.clone(), method.name.clone())],
        Metadata::Method(method) => vec![Exported::Method(method.self_name.clone(), method.name.clone())],
        Metadata::TraitMethod(method) => vec![Exported::TraitMethod(method.trait_name.clone(), method.name.clone())],
        Metadata::Record(record) => vec![Exported::Record(record.name.clone())],
        Metadata::Enum(kind) if kind.shape.is_error() => {
            let cases = kind.variants.iter().map(|case| Exported::Case(kind.name.clone(), case.name.clone()));
            std::iter::once(Exported::Error(kind.name.clone())).chain(cases).collect()
        }
        Metadata::Enum(kind) => vec![Exported::Enum(kind.name.clone())],
        // Names of the crate, and what the core does not export.
        Metadata::Namespace(_)
        | Metadata::UdlFile(_)
        | Metadata::CustomType(_)
        | Metadata::UniffiTrait(_)
        | Metadata::ObjectTraitImpl(_) => vec![],
    }
}
