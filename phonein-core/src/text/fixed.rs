//! Two short forms: enums whose variants each stand for one message, and the arguments of a message.

/// An enum, the message of each variant, and all of them in order.
macro_rules! messages {
    ($(#[$of_enum:meta])* pub enum $name:ident { $($(#[$of_variant:meta])* $variant:ident => $id:literal,)+ }) => {
        $(#[$of_enum])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of_variant])* $variant,)+ }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The message's id in the files of words.
            pub(crate) const fn message_id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }
    };
}

/// The arguments of a message by name.
macro_rules! arguments {
    ($($name:literal => $value:expr),+ $(,)?) => {{
        let mut arguments = fluent_bundle::FluentArgs::new();
        $(arguments.set($name, $value);)+
        arguments
    }};
}

pub(crate) use {arguments, messages};
