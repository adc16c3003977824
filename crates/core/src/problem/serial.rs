//! The serialised form of a problem, under a stated version.

use serde::{Deserialize, Serialize};

use super::{PROBLEM_FORMAT, Problem};
use crate::territory::Territory;
use crate::times::TravelTimes;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProblemFile {
    format: String,
    territory: Territory,
    times: TravelTimes,
}

impl From<Problem> for ProblemFile {
    fn from(problem: Problem) -> ProblemFile {
        ProblemFile { format: PROBLEM_FORMAT.to_owned(), territory: problem.territory, times: problem.times }
    }
}

impl TryFrom<ProblemFile> for Problem {
    type Error = String;
    fn try_from(file: ProblemFile) -> Result<Problem, String> {
        if file.format != PROBLEM_FORMAT {
            return Err(format!("format {:?}, where this version reads {PROBLEM_FORMAT:?}", file.format));
        }
        Problem::new(file.territory, &file.times)
            .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }
}
