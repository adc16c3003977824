//! `medicobus compare`: what changes from one plan or calendar to another.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use medicobus_core::Problem;
use medicobus_core::lang::Lang;
use medicobus_core::plan::by_hand::evaluate;
use medicobus_core::plan::compare::{Knowledge, compare};
use medicobus_core::plan::text::name;
use medicobus_core::plan::{PLAN_FORMAT, Plan};
use medicobus_core::times::{TravelTimes, table};

use crate::args::{CompareArgs, InputArgs, StatsArgs};
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::{calendar, input, show, speak, stats};

pub(crate) fn run(args: CompareArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let lang = desk.lang;
    let CompareArgs { before, after, territory, network, times, stats: StatsArgs { file: stats } } = args;
    stats::check_file(stats.as_deref(), lang)?;
    let paths = [&before, &after];
    let (input, times) = match territory {
        Some(territory) => (Some(input::read(&InputArgs { territory, network, times }, desk)?), None),
        None => (None, times_beside(paths, times.as_deref(), lang)?),
    };
    let problem = input.as_ref().map(|input| &input.problem);
    let known = match (problem, &times) {
        (Some(problem), _) => Knowledge::Problem(problem),
        (None, Some(times)) => Knowledge::Times(times),
        (None, None) => Knowledge::Plans,
    };
    let plans = [read(&before, problem, lang)?, read(&after, problem, lang)?];
    let [first, second] = &plans;
    if first.territory != second.territory {
        let [of_first, of_second] = [&first.territory, &second.territory].map(|territory| name(territory));
        speak::warning(
            &match lang {
                Lang::Fr => {
                    format!("ces plans sont de deux territoires, « {of_first} » et « {of_second} ».")
                }
                Lang::En => {
                    format!("these plans are of two territories, \"{of_first}\" and \"{of_second}\".")
                }
            },
            lang,
        );
    }
    let sources = input.iter().flat_map(|input| input.sources.files());
    stats::check_apart(stats.as_deref(), sources.chain(paths.map(PathBuf::as_path)), lang)?;
    desk.stats.save(stats.as_deref(), "compare", lang)?;
    let comparison = compare(first, second, known);
    speak::result(&show::comparison(&comparison, paths, [first, second], problem, lang), lang)
}

/// A plan from its file or its folder, or the best plan of a calendar.
fn read(path: &Path, problem: Option<&Problem>, lang: Lang) -> Result<Plan, Failure> {
    let is_calendar = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    match (is_calendar, problem) {
        (true, Some(problem)) => {
            let table = calendar::read(path, problem.territory(), lang)?;
            Ok(evaluate(problem, &table.sessions).plan)
        }
        (true, None) => Err(Failure::new(Exit::BadInput, without_territory(path, lang))),
        (false, _) if path.is_dir() => read_plan(&path.join("plan.json"), lang),
        (false, _) => read_plan(path, lang),
    }
}

fn read_plan(path: &Path, lang: Lang) -> Result<Plan, Failure> {
    let text = fs::read(path).map_err(|error| {
        let (path, error) = (path.display(), error);
        Failure::new(
            Exit::Files,
            match (error.kind(), lang) {
                (ErrorKind::NotFound, Lang::Fr) => {
                    format!("{path} : ce fichier n'existe pas. Vérifiez le nom et le dossier.")
                }
                (ErrorKind::NotFound, Lang::En) => {
                    format!("{path}: this file does not exist. Check its name and folder.")
                }
                (_, Lang::Fr) => {
                    format!("{path} : la lecture a échoué ({error}). Vérifiez le nom du fichier.")
                }
                (_, Lang::En) => format!("{path}: reading failed ({error}). Check the name of the file."),
            },
        )
    })?;
    let plan: Option<Plan> = serde_json::from_slice(&text).ok();
    plan.filter(|plan| plan.format == PLAN_FORMAT).ok_or_else(|| {
        let path = path.display();
        Failure::new(
            Exit::BadInput,
            match lang {
                Lang::Fr => format!(
                    "{path} : ce n'est pas un plan de cette version ({PLAN_FORMAT}). Donnez le plan.json qu'écrit \
                     « medicobus plan », son dossier, ou un calendrier (.csv)."
                ),
                Lang::En => format!(
                    "{path}: it is no plan of this version ({PLAN_FORMAT}). Give the plan.json that \"medicobus plan\" \
                     writes, its folder, or a calendar (.csv)."
                ),
            },
        )
    })
}

fn without_territory(path: &Path, lang: Lang) -> String {
    let path = path.display();
    match lang {
        Lang::Fr => format!(
            "{path} : un calendrier ne se compare qu'avec son territoire. Ajoutez le fichier du territoire à la fin de \
             la commande."
        ),
        Lang::En => format!(
            "{path}: a calendar can only be compared with its territory. Add the territory file at the end of the \
             command."
        ),
    }
}

/// The travel times that are named, or that lie beside the plans; the later one first.
fn times_beside(
    [before, after]: [&PathBuf; 2],
    named: Option<&Path>,
    lang: Lang,
) -> Result<Option<TravelTimes>, Failure> {
    let beside = |path: &PathBuf| {
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        folder.map(|folder| folder.join("times.csv")).filter(|file| file.is_file())
    };
    let file = named.map(Path::to_owned).or_else(|| beside(after)).or_else(|| beside(before));
    let read = |file: PathBuf| table::read(&file).map(|(times, _)| times);
    file.map(read).transpose().map_err(|error| input::unreadable(&error, lang))
}
