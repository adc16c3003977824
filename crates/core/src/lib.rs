//! Where a médicobus, a consulting room on wheels, should stop each week: planned, proven, explained.
//!
//! In reading order:
//!
//! 1. [`Territory`]: communes and their [patients](people) without a médecin traitant, sites where a vehicle can park,
//!    vehicles, the [calendar], and the rules. Plain data, built in memory or [read](territory::read()) from files; what
//!    is wrong in it comes back as a list of [`Fault`](territory::Fault)s, each with its place and its remedy.
//! 2. [`TravelTimes`]: driving times by the names of places, [on roads](TravelTimes::on_roads), from a
//!    [table](times::table), or [estimated](TravelTimes::estimated).
//! 3. [`Problem`]: both together, checked, indexed and immutable.
//! 4. [`solve()`]: within the limits of [`SolveOptions`], a [`Solution`](solve::Solution): always a plan, and always an
//!    upper bound on what any plan could be worth. The same input and seed give the same plan at any number of
//!    threads, unless the clock cuts the search.
//! 5. [`Plan`]: sessions, whom they cover, and the gap to the bound. [`Plan::verify`] checks it against the problem
//!    without any code of the solver; [`Plan::indicators`] and [`Plan::unserved`] tell what it gives, and why a commune
//!    is not served.
//! 6. A calendar that people made [by hand](plan::by_hand) is measured as a plan is, and two are [compared](plan::compare)
//!    session by session and commune by commune.
//!
//! A plan is worth `reached` (people with a doctor within reach) plus `followed` (people with enough consultations for
//! a year), both weighted by [profile](people::Profile) and by [`Objective`](territory::Objective).
//!
//! ```
//! use medicobus_core::calendar::{Day, Half, HalfDays};
//! use medicobus_core::people::{ByProfile, Patients};
//! use medicobus_core::plan::Status;
//! use medicobus_core::territory::{Base, Commune, Site, Territory, Vehicle};
//! use medicobus_core::{Problem, SolveOptions, TravelTimes, solve};
//! use medicobus_roads::Position;
//!
//! let commune = |code: &str, lat, ald| Commune {
//!     code: code.to_owned(),
//!     name: code.to_owned(),
//!     position: Position { lat, lon: 5.0 },
//!     population: None,
//!     patients: ByProfile { ald: Patients(ald), elderly: Patients(0.0), other: Patients(0.0) },
//!     zone: None,
//! };
//! // From north to south: a town with the base, a village 6 km away, another one 20 km further.
//! let communes = vec![commune("town", 45.30, 0.0), commune("near", 45.25, 50.0), commune("far", 45.07, 80.0)];
//! let mut bus = Vehicle::new("bus", Base::Commune("town".to_owned()));
//! bus.days = HalfDays::NONE.with(Day::Tue, Half::Am);
//! let sites = vec![Site::at_centre("near"), Site::at_centre("far")];
//! let territory = Territory::new("Three places", communes, sites, vec![bus]);
//! let times = TravelTimes::estimated(&territory);
//! let problem = Problem::new(territory, &times).map_err(|faults| format!("{faults:?}"))?;
//!
//! let plan = solve(&problem, &SolveOptions::default(), &|_| {}).plan;
//!
//! // One half-day a week: where more patients live. 80 people with a long-term illness, each counting ten, need six
//! // consultations a year and thus 480; 46 half-days of 12 give 552, so all of them are reached and followed.
//! assert_eq!(plan.sessions.len(), 1);
//! assert_eq!(plan.sessions[0].site, "far");
//! assert!((plan.objective - 1600.0).abs() < 1e-6);
//! assert_eq!(plan.status, Status::Optimal);
//! assert_eq!(plan.verify(&problem), Ok(()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod calendar;
pub mod conflict;
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

/// The examples of the pages that lead here, so that tests compile them.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../README.md")]
    mod of_the_crate {}
    #[doc = include_str!("../../../README.md")]
    mod of_the_project {}
}
