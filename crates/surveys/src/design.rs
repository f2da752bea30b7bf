//! Making a questionnaire: draft, questions, publishing, closing, copying. Once it is published its questions are
//! frozen; who wants other questions makes a copy.

mod ops;
pub mod web;

pub use ops::{
    Act, CLOSE, Head, NewQuestion, Standing, change_standing, close_due, copy, create, make_codes, move_question,
    save_head, save_question,
};
