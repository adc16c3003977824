//! `medicobus plan`: the itinerary of a territory.

use std::path::PathBuf;
use std::time::Instant;

use medicobus_core::Problem;
use medicobus_core::conflict::explain;
use medicobus_core::lang::Lang;
use medicobus_core::plan::by_hand::evaluate;
use medicobus_core::plan::{Plan, Violation};
use medicobus_core::solve::{SolveOptions, Stop, solve};
use medicobus_core::territory::{RuleName, Sources};
use medicobus_core::times::table;

use crate::args::{LimitArgs, PlanArgs};
use crate::conflict::Asked;
use crate::exit::{Exit, Failure};
use crate::files::WriteError;
use crate::input::Input;
use crate::network::Desk;
use crate::progress::Progress;
use crate::stats::{self, Part};
use crate::{calendar, conflict, files, input, show, speak};

pub(crate) fn run(args: &PlanArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let Desk { lang, stats, .. } = desk;
    stats::check_file(args.stats.file.as_deref(), lang)?;
    files::check_folder(&args.out).map_err(|error| error.into_failure(lang))?;
    use_threads(&args.limits);
    let mut start = None;
    let input = input::read_and(&args.input, desk, |territory| {
        start = calendar::start_from(&args.from, territory, lang)?;
        Ok(())
    })?;
    check_apart(args, &input.sources).map_err(|error| error.into_failure(lang))?;
    let problem = &input.problem;
    let calendar = start.map(|sessions| evaluate(problem, &sessions).plan);
    let plan = &Search::new(&args.limits, calendar.as_ref(), desk).plan(&input)?;
    if let Some(reason) = plan.why_empty(problem) {
        speak::warning(&reason.sentence(lang), lang);
    }
    stats.enter(Part::Write);
    write(plan, problem, args, lang)?;
    stats.save(args.stats.file.as_deref(), "plan", lang)?;
    let mut text = show::plan(plan, problem, lang);
    text.push_str(&show::sources(&input.times, &args.out, lang));
    speak::result(&text, lang)
}

/// Has all work done by as many threads as asked for.
pub(crate) fn use_threads(limits: &LimitArgs) {
    if let Some(threads) = limits.threads {
        // A pool that stands already only takes more threads than asked for; the plan is the same.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
    }
}

/// A search for plans, and what all its parts together may take.
pub(crate) struct Search<'a> {
    limits: &'a LimitArgs,
    desk: Desk<'a>,
    /// A calendar to start from.
    calendar: Option<&'a Plan>,
    begun: Instant,
}

impl<'a> Search<'a> {
    /// One that begins now.
    pub(crate) fn new(limits: &'a LimitArgs, calendar: Option<&'a Plan>, desk: Desk<'a>) -> Search<'a> {
        desk.stats.enter(Part::Solve);
        Search { limits, desk, calendar, begun: Instant::now() }
    }

    /// The best plan that the limits allow, verified; a failure where no plan keeps all rules.
    pub(crate) fn plan(&self, input: &Input) -> Result<Plan, Failure> {
        self.attempt(input)?.map_err(|broken| {
            let conflict = explain(&input.problem, &self.options());
            let calendar = self.calendar.map(Plan::value);
            conflict::failure(&conflict, Asked { input, broken: &broken, calendar, lang: self.desk.lang })
        })
    }

    /// The best plan that the limits allow, verified; else the rules that the best attempt breaks.
    pub(crate) fn attempt(&self, input: &Input) -> Result<Result<Plan, Vec<RuleName>>, Failure> {
        let lang = self.desk.lang;
        if let Some(clash) = input.problem.territory().clashes().into_iter().next() {
            return Ok(Err(clash.to_vec()));
        }
        let progress = Progress::of_search(lang);
        let solution = solve(&input.problem, &self.options(), &|event| progress.search_event(event));
        drop(progress);
        if !solution.broken.is_empty() {
            return Ok(Err(solution.broken));
        }
        solution.plan.verify(&input.problem).map_err(|violations| wrong_plan(&violations, lang))?;
        if solution.stop == Stop::Cancelled {
            speak::message(match lang {
                Lang::Fr => "Recherche interrompue : voici le meilleur plan trouvé jusque-là.",
                Lang::En => "Search interrupted: this is the best plan found until then.",
            });
        }
        Ok(Ok(solution.plan))
    }

    /// The limits, with what is left of the time.
    fn options(&self) -> SolveOptions {
        let limits = self.limits;
        SolveOptions {
            time_limit: Some(limits.time_limit.saturating_sub(self.begun.elapsed())),
            work_limit: limits.work_limit,
            gap: limits.gap,
            seed: limits.seed,
            threads: limits.threads,
            warm_start: self.calendar.cloned(),
            cancel: self.desk.cancel.clone(),
        }
    }
}

/// The files to write: the plan, and the times that it counts with.
fn written(args: &PlanArgs) -> [PathBuf; 2] {
    ["plan.json", "times.csv"].map(|name| args.out.join(name))
}

/// Says before the search that a file of the territory would be lost.
fn check_apart(args: &PlanArgs, sources: &Sources) -> Result<(), WriteError> {
    let written = written(args);
    let written = written.iter().chain(&args.stats.file).map(PathBuf::as_path);
    files::check_apart(sources.files(), &written.collect::<Vec<_>>())
}

/// Writes `plan.json` and `times.csv`.
fn write(plan: &Plan, problem: &Problem, args: &PlanArgs, lang: Lang) -> Result<(), Failure> {
    let unserialisable = |error: &dyn std::fmt::Display| Failure::new(Exit::Internal, error.to_string());
    let mut json = serde_json::to_vec_pretty(plan).map_err(|error| unserialisable(&error))?;
    json.push(b'\n');
    let mut times = Vec::new();
    table::write(problem.times(), &mut times).map_err(|error| unserialisable(&error))?;
    let [plan, table] = written(args);
    let contents = [(table, times), (plan, json)];
    files::write_into(&args.out, &contents).map_err(|error| error.into_failure(lang))
}

/// The solver's fault, which only we can mend.
fn wrong_plan(violations: &[Violation], lang: Lang) -> Failure {
    let mut message = match lang {
        Lang::Fr => "Erreur interne : le plan trouvé enfreint ses propres règles. Rien n'a été écrit. Merci de \
            signaler ce défaut avec les fichiers du territoire."
            .to_owned(),
        Lang::En => "Internal error: the plan that was found breaks its own rules. Nothing was written. Please report \
            this fault with the files of the territory."
            .to_owned(),
    };
    for violation in violations.iter().take(10) {
        message.push_str("\n  ");
        message.push_str(&violation.to_string());
    }
    Failure::new(Exit::Internal, message)
}
