//! What the privacy officer answers for: retention, the rights of the data subject, the registers and the audit pack.
