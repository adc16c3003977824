//! Territory, problem, solver and plan of a médicobus.

pub mod calendar;
pub mod lang;
pub mod people;
pub mod plan;
pub mod problem;
pub mod solve;
pub mod territory;
pub mod times;

pub use lang::Lang;
pub use plan::Plan;
pub use problem::Problem;
pub use solve::{SolveOptions, solve};
pub use territory::Territory;
pub use times::TravelTimes;
