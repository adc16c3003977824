//! The numbers of a territory and the range each must lie in.

/// A number of a territory. Every range is wide enough for any real service; what lies beyond is a slip of the pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// Degrees north, -90 to 90.
    Latitude,
    /// Degrees east, -180 to 180.
    Longitude,
    /// Inhabitants of a commune, 0 to 20 million.
    Population,
    /// Patients of a commune and profile, 0 to 20 million.
    Patients,
    /// Weeks of the cycle, 1 to 52.
    CycleWeeks,
    /// Weeks of activity a year, above 0, at most 53.
    WeeksPerYear,
    /// What a patient counts in the objective, 0 to 1e9.
    Weight,
    /// What a person reached or followed counts in the objective, 0 to 1e9.
    ObjectiveWeight,
    /// Consultations a patient needs a year, above 0, at most 1,000.
    VisitsPerYear,
    /// Consultations a half-day, above 0, at most 10,000.
    Consultations,
    /// Share of people ready to come, above 0, at most 1.
    Share,
    /// Share of first visits among consultations, 0 to 1.
    FirstShare,
    /// Half-days of a vehicle a week, 0 to 14.
    HalfDaysPerWeek,
    /// Sessions of a site a cycle, 0 to a million.
    HalfDays,
    /// Share of a half-day kept for unscheduled care, 0 to 0.15.
    UnscheduledShare,
    /// Share of all half-days, 0 to 1.
    PreventionShare,
    /// Share of a half-day that an activity takes, above 0, at most 1.
    ActivityShare,
    /// A year, 1900 to 2200.
    Year,
    /// Weeks from one with sessions to the next, 1 to 52.
    EveryWeeks,
    /// Visits of a site a cycle, 1 to 364.
    Visits,
    /// Days from one visit to the next, 1 to 364.
    GapDays,
    /// Doctors of a site, 1 to 1,000.
    DoctorsPerSite,
    /// Changes of the published calendar, 0 to a million.
    Changes,
    /// What a unit of a rule's breach costs, above 0, at most 1e9.
    Price,
    /// Seconds of a trip, 0 to 4,294,967 (49 days).
    TripSeconds,
    /// Metres of a trip, 0 to 100,000 km.
    TripMetres,
}

impl Quantity {
    /// The least and the greatest value; whether the least itself is refused is [`Quantity::is_open_below`].
    pub const fn range(self) -> (f64, f64) {
        match self {
            Quantity::Latitude => (-90.0, 90.0),
            Quantity::Longitude => (-180.0, 180.0),
            Quantity::Population | Quantity::Patients => (0.0, 2e7),
            Quantity::CycleWeeks => (1.0, 52.0),
            Quantity::WeeksPerYear => (0.0, 53.0),
            Quantity::Weight | Quantity::ObjectiveWeight => (0.0, 1e9),
            Quantity::VisitsPerYear => (0.0, 1e3),
            Quantity::Consultations => (0.0, 1e4),
            Quantity::Share | Quantity::FirstShare => (0.0, 1.0),
            Quantity::HalfDaysPerWeek => (0.0, 14.0),
            Quantity::HalfDays | Quantity::Changes => (0.0, 1e6),
            Quantity::UnscheduledShare => (0.0, 0.15),
            Quantity::PreventionShare | Quantity::ActivityShare => (0.0, 1.0),
            Quantity::Year => (1900.0, 2200.0),
            Quantity::EveryWeeks => (1.0, 52.0),
            Quantity::Visits | Quantity::GapDays => (1.0, 364.0),
            Quantity::DoctorsPerSite => (1.0, 1e3),
            Quantity::Price => (0.0, 1e9),
            Quantity::TripSeconds => (0.0, 4_294_967.0),
            Quantity::TripMetres => (0.0, 1e8),
        }
    }

    /// Whether the value must be greater than the least of its range, and not equal to it.
    pub const fn is_open_below(self) -> bool {
        matches!(
            self,
            Quantity::WeeksPerYear
                | Quantity::VisitsPerYear
                | Quantity::Consultations
                | Quantity::Share
                | Quantity::ActivityShare
                | Quantity::Price
        )
    }

    /// Whether a value is finite and in range.
    pub fn admits(self, value: f64) -> bool {
        let (least, greatest) = self.range();
        (least..=greatest).contains(&value) && !(self.is_open_below() && value == least)
    }
}
