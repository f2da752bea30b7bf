//! Enums that are one word of text in the database, in JSON, in configuration and in locale keys.

/// Declares an enum whose variants each have one fixed word. It gives `as_str`, `ALL`, `Display`,
/// `FromStr`, serde, and the way into and out of both databases.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::serde::Serialize, $crate::serde::Deserialize)]
        #[serde(crate = "kit::serde")]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word that stands for this variant everywhere outside the code.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(word: &str) -> std::result::Result<Self, String> {
                match word { $($word => Ok(Self::$variant),)+ other => Err(format!("unknown {} `{other}`", stringify!($name))) }
            }
        }
        impl From<$name> for $crate::db::Value {
            fn from(value: $name) -> Self { Self::Text(Some(value.as_str().to_owned())) }
        }
        impl<DB: $crate::sqlx::Database> $crate::sqlx::Type<DB> for $name where String: $crate::sqlx::Type<DB> {
            fn type_info() -> DB::TypeInfo { <String as $crate::sqlx::Type<DB>>::type_info() }
            fn compatible(ty: &DB::TypeInfo) -> bool { <String as $crate::sqlx::Type<DB>>::compatible(ty) }
        }
        impl<'r, DB: $crate::sqlx::Database> $crate::sqlx::Decode<'r, DB> for $name where String: $crate::sqlx::Decode<'r, DB> {
            fn decode(value: DB::ValueRef<'r>) -> std::result::Result<Self, $crate::sqlx::error::BoxDynError> {
                Ok(<String as $crate::sqlx::Decode<'r, DB>>::decode(value)?.parse::<Self>()?)
            }
        }
    };
}
