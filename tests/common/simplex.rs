//! Dantzig's simplex method on a dense tableau, for programs of a few dozen columns.

/// Below this a coefficient is rounding.
const ZERO: f64 = 1e-11;

/// The maximum of `worth . y` over y >= 0 where each row, coefficients and limit, has `coefficients . y <= limit`.
/// Limits are 0 or more, so that y = 0 is allowed; every column is limited by some row.
pub(crate) fn maximum(worth: &[f64], rows: &[(Vec<f64>, f64)]) -> f64 {
    let columns = worth.len() + rows.len();
    // The last entry of each row is its limit; that of the objective, minus its value.
    let mut tableau: Vec<Vec<f64>> = Vec::new();
    for (rank, (coefficients, limit)) in rows.iter().enumerate() {
        assert_eq!((coefficients.len(), *limit >= 0.0), (worth.len(), true));
        let slack = (0..rows.len()).map(|of| if of == rank { 1.0 } else { 0.0 });
        tableau.push(coefficients.iter().copied().chain(slack).chain([*limit]).collect());
    }
    let mut basis: Vec<usize> = (worth.len()..columns).collect();
    let mut objective: Vec<f64> = worth.iter().copied().chain(vec![0.0; rows.len() + 1]).collect();
    // Bland's rule, the first column that gains and the first row that leaves, never cycles.
    while let Some(enters) = (0..columns).find(|&column| objective[column] > ZERO) {
        let leaves = (0..rows.len())
            .filter(|&row| tableau[row][enters] > ZERO)
            .min_by(|&a, &b| {
                let ratio = |row: usize| tableau[row][columns] / tableau[row][enters];
                ratio(a).total_cmp(&ratio(b)).then(basis[a].cmp(&basis[b]))
            })
            .unwrap();
        let factor = tableau[leaves][enters];
        tableau[leaves].iter_mut().for_each(|entry| *entry /= factor);
        let pivot = tableau[leaves].clone();
        for (_, row) in tableau.iter_mut().enumerate().filter(|(rank, _)| *rank != leaves) {
            subtract(row, &pivot, enters);
        }
        subtract(&mut objective, &pivot, enters);
        basis[leaves] = enters;
    }
    -objective[columns]
}

/// Clears a row's entry in the pivot's column.
fn subtract(row: &mut [f64], pivot: &[f64], column: usize) {
    let factor = row[column];
    if factor != 0.0 {
        row.iter_mut().zip(pivot).for_each(|(entry, of_pivot)| *entry -= factor * of_pivot);
        row[column] = 0.0;
    }
}
