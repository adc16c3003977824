//! Territory, problem, solver and plan of a médicobus.

pub mod calendar;
pub mod lang;
pub mod people;
pub mod territory;
pub mod times;
