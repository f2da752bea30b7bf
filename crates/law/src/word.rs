//! Enums that are one word outside the code: in configuration, in the database and in translation keys.

/// The word names no variant of the enum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is no {what}")]
pub struct UnknownWord {
    /// The enum.
    pub what: &'static str,
    /// The word.
    pub word: String,
}

/// Declares an enum with one kebab-case word per variant: `ALL`, `as_str`, `Display`, `FromStr` and serde.
macro_rules! word_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it in configuration, in the database and in translation keys.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|variant| variant.as_str() == word).ok_or_else(|| $crate::UnknownWord {
                    what: stringify!($name),
                    word: word.to_owned(),
                })
            }
        }
    };
}

pub(crate) use word_enum;

#[cfg(test)]
mod tests {
    use crate::retention::Stage;

    #[test]
    fn words_go_there_and_back() {
        #[derive(serde::Deserialize)]
        struct Holder {
            stage: Stage,
        }
        for stage in Stage::ALL {
            assert_eq!(stage.as_str().parse(), Ok(*stage));
            let holder: Holder = toml::from_str(&format!("stage = \"{stage}\"")).unwrap();
            assert_eq!(holder.stage, *stage);
        }
        assert_eq!("gone".parse::<Stage>().unwrap_err().to_string(), "\"gone\" is no Stage");
    }
}
