//! The engine: what a filing says and whether its parts agree. No input or output, no clock, no screen, no floats.
#![deny(clippy::float_arithmetic)]

pub mod amount;
pub mod quantity;
pub mod score;
