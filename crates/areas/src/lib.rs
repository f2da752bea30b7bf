//! Areas of a municipality: the metric plane and its 200 m cells, boundary files as others publish them,
//! and the question "in which area is this point?".
//!
//! The modules [`plane`], [`boundary`] and [`index`] are pure: no clock, no network, no database of ours.
//! They know every municipality only as data. [`atlas`] holds the imported areas in memory, [`import`] writes
//! them into the database, [`web`] and [`api`] show them to everybody.

pub mod address;
pub mod api;
pub mod atlas;
pub mod boundary;
pub mod import;
pub mod index;
pub mod plane;
mod store;
pub mod web;

pub use atlas::{Area, Atlas, Sheet};
pub use boundary::{AreaFile, AreaRecord, BoundaryError, Crs, Figure, KeyFigure, Level, ReadOptions};
pub use index::{AreaIndex, Shape};
pub use plane::{CELL_METRES, Cell, Plane};
