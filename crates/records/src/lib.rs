//! Records behind the fences, and the disclosures by which content crosses from one vault to another.
