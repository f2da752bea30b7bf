//! What the privacy officer answers for: retention, the rights of the data subject, the registers and the audit pack.

pub mod audit;
pub mod audit_pack;
pub mod registers;
pub mod retention;
pub mod rights;
