//! Which category do these words mean? A linear model over words and pieces of words, trained on a municipality's
//! own closed reports; gives the best three with the words that decided. It decides nothing.
//!
//! Multinomial logistic regression (softmax) on sparse features, by AdaGrad (Duchi, Hazan and Singer, 2011) with L2,
//! the shares brought to scale by one temperature (Guo et al., 2017). The same texts in any order give the same model.
//!
//! The crates that there are (linfa-logistic, linfa-bayes, smartcore) learn on dense matrices: 20,000 texts of 20,000
//! features would be 3 GB there. Here a text is the hundred features that it has.

mod features;
mod learn;
mod model;
mod score;

pub use learn::{Example, Settings, train};
pub use model::{Broken, Guess, Model};
pub use score::{Answer, PerLabel, Score};
