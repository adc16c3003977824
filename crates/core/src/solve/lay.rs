//! Lays a vehicle's sessions on dates: which sites share a day so that least is driven, then on which day of which week.

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, microlp, variable};

use super::patterns::{Pattern, Period, periods};
use crate::calendar::{Day, Half};
use crate::problem::Problem;

/// So many days of a class filled in one way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    /// Rank of the period.
    pub(super) period: usize,
    /// Rank of the class in its period.
    pub(super) class: usize,
    pub(super) pattern: Pattern,
    pub(super) days: u32,
}

/// A day of the cycle filled in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// Week of the cycle, from 1.
    pub(super) week: u32,
    pub(super) day: Day,
    pub(super) pattern: Pattern,
}

/// The calendar of a vehicle that has these sessions by site and drives least; None when there is none.
pub(super) fn least_driving(problem: &Problem, vehicle: usize, sessions: &[u32]) -> Option<Vec<Dated>> {
    let sites: Vec<u32> = (0..sessions.len() as u32).filter(|&site| sessions[site as usize] > 0).collect();
    let periods = periods(problem, vehicle, &sites);
    let mut model = Model::new(&periods, sessions);
    for &site in &sites {
        model.serve(site);
    }
    let uses = model.solve()?;
    deal(&periods, &uses, problem.weekly_limit(vehicle))
}

struct Model<'p> {
    sessions: &'p [u32],
    columns: Vec<(Use, Variable)>,
    variables: ProblemVariables,
    rows: Vec<good_lp::Constraint>,
}

impl<'p> Model<'p> {
    fn new(periods: &'p [Period], sessions: &'p [u32]) -> Model<'p> {
        let mut model =
            Model { sessions, columns: Vec::new(), variables: ProblemVariables::new(), rows: Vec::new() };
        for (rank, period) in periods.iter().enumerate() {
            let first = model.columns.len();
            for (class_rank, class) in period.classes.iter().enumerate() {
                let start = model.columns.len();
                for &pattern in &class.patterns {
                    model.column(Use { period: rank, class: class_rank, pattern, days: 0 }, class.count);
                }
                let days: Expression = model.columns[start..].iter().map(|(_, days)| days).sum();
                model.rows.push(days.leq(class.count));
            }
            let limited = &model.columns[first..];
            if let Some(most) = period.half_days {
                let half_days: Expression =
                    limited.iter().map(|(u, days)| f64::from(u.pattern.half_days()) * *days).sum();
                model.rows.push(half_days.leq(most));
            }
            if let Some(most) = period.full_days {
                let full: Expression =
                    limited.iter().filter(|(u, _)| u.pattern.half_days() == 2).map(|(_, days)| days).sum();
                model.rows.push(full.leq(most));
            }
        }
        model
    }

    fn column(&mut self, way: Use, count: u32) {
        let at = |site: usize| self.sessions[site] / way.pattern.sessions_at(site as u32);
        let most = way.pattern.sites().map(at).min().unwrap_or(0).min(count);
        if most > 0 {
            let days = self.variables.add(variable().integer().min(0).max(most));
            self.columns.push((way, days));
        }
    }

    fn serve(&mut self, site: u32) {
        let here = self.columns.iter().filter(|(way, _)| way.pattern.sessions_at(site) > 0);
        let sessions: Expression =
            here.map(|(way, days)| f64::from(way.pattern.sessions_at(site)) * *days).sum();
        self.rows.push(sessions.eq(self.sessions[site as usize]));
    }

    fn solve(self) -> Option<Vec<Use>> {
        let drive: Expression =
            self.columns.iter().map(|(way, days)| way.pattern.drive.seconds() / 60.0 * *days).sum();
        let mut model = self.variables.minimise(drive).using(microlp);
        for row in self.rows {
            model = model.with(row);
        }
        let solution = model.solve().ok()?;
        let uses =
            self.columns.iter().map(|(way, days)| Use { days: solution.value(*days).round() as u32, ..*way });
        Some(uses.filter(|way| way.days > 0).collect())
    }
}

/// Spreads filled days over the weeks, evenly, the same filling on the same day of the week where it can be.
pub(super) fn deal(periods: &[Period], uses: &[Use], weekly_limit: u32) -> Option<Vec<Dated>> {
    let mut dated: Vec<Dated> = Vec::new();
    let mut order: Vec<&Use> = uses.iter().collect();
    // Full days first: what is left of a week's limit always holds the single sessions.
    order.sort_by_key(|way| std::cmp::Reverse((way.pattern.half_days(), way.days)));
    for way in order {
        let period = &periods[way.period];
        let days = &period.classes[way.class].days;
        let mut usual: Option<Day> = None;
        for _ in 0..way.days {
            let load = |week: u32| {
                dated.iter().filter(|d| d.week == week).map(|d| d.pattern.half_days()).sum::<u32>()
            };
            let same =
                |week: u32| dated.iter().filter(|d| d.week == week && d.pattern == way.pattern).count();
            let is_free = |week: u32, day: Day| !dated.iter().any(|d| d.week == week && d.day == day);
            let slots = period.weeks.iter().flat_map(|&week| days.iter().map(move |&day| (week, day)));
            let (week, day) = slots
                .filter(|&(week, day)| {
                    is_free(week, day) && load(week) + way.pattern.half_days() <= weekly_limit
                })
                .min_by_key(|&(week, day)| {
                    (load(week), same(week), usual.is_some_and(|usual| usual != day), week, day)
                })?;
            usual = usual.or(Some(day));
            dated.push(Dated { week, day, pattern: way.pattern });
        }
    }
    dated.sort_by_key(|d| (d.week, d.day));
    Some(dated)
}

impl Dated {
    /// Its sessions, morning first.
    pub(super) fn sessions(&self) -> impl Iterator<Item = (Half, usize)> {
        let at = |half: Half, site: Option<u32>| site.map(|site| (half, site as usize));
        at(Half::Am, self.pattern.am).into_iter().chain(at(Half::Pm, self.pattern.pm))
    }
}
