//! The cheapest mean of calendars that is like a relaxed solution.

/// A price below this is none.
const NOTHING: f64 = 1e-9;

/// Weights of calendars with given sums of their columns, at the least cost; what lacks in a sum, or is too much, has
/// a cost, too. A simplex method with few rows.
#[derive(Debug)]
pub(super) struct Mean {
    /// By row, then row: the inverse of the basis.
    inverse: Vec<Vec<f64>>,
    /// By row: weight and cost of what is in the basis.
    weights: Vec<f64>,
    costs: Vec<f64>,
    /// By row: cost of a unit that lacks or is too much.
    off: Vec<f64>,
}

impl Mean {
    /// Without calendars yet: all of the sums lacks. They are 0 or more.
    pub(super) fn new(sums: Vec<f64>, off: Vec<f64>) -> Mean {
        let unit = |row: usize| (0..sums.len()).map(|other| if other == row { 1.0 } else { 0.0 }).collect();
        Mean { inverse: (0..sums.len()).map(unit).collect(), weights: sums, costs: off.clone(), off }
    }

    /// What the mean costs.
    pub(super) fn cost(&self) -> f64 {
        self.weights.iter().zip(&self.costs).map(|(weight, cost)| weight * cost).sum()
    }

    /// By row: what one more would cost.
    pub(super) fn prices(&self) -> Vec<f64> {
        let price =
            |row: usize| self.inverse.iter().zip(&self.costs).map(|(line, cost)| line[row] * cost).sum();
        (0..self.off.len()).map(price).collect()
    }

    /// Lets more of a sum lack, or be too much, where that makes the mean cheaper.
    pub(super) fn let_off(&mut self) {
        for _ in 0..4 * self.off.len() {
            let prices = self.prices();
            let extra = |row: &usize| prices[*row].abs() - self.off[*row];
            let Some(row) = (0..prices.len()).max_by(|a, b| extra(a).total_cmp(&extra(b))) else { return };
            if extra(&row) < 1e-7 {
                return;
            }
            let one = if prices[row] > 0.0 { 1.0 } else { -1.0 };
            self.enter(&[(row, one)], self.off[row]);
        }
    }

    /// Takes a column of a cost into the basis.
    pub(super) fn enter(&mut self, column: &[(usize, f64)], cost: f64) {
        let change: Vec<f64> = self
            .inverse
            .iter()
            .map(|line| column.iter().map(|&(row, factor)| line[row] * factor).sum())
            .collect();
        let ratio = |row: &usize| self.weights[*row].max(0.0) / change[*row];
        let falls = (0..change.len()).filter(|&row| change[row] > NOTHING);
        let Some(out) = falls
            .min_by(|a, b| ratio(a).total_cmp(&ratio(b)).then_with(|| change[*b].total_cmp(&change[*a])))
        else {
            return;
        };
        let weight = ratio(&out);
        for (of, change) in self.weights.iter_mut().zip(&change) {
            *of -= weight * change;
        }
        (self.weights[out], self.costs[out]) = (weight, cost);
        let pivot: Vec<f64> = self.inverse[out].iter().map(|value| value / change[out]).collect();
        for (row, line) in self.inverse.iter_mut().enumerate() {
            if row != out && change[row] != 0.0 {
                line.iter_mut().zip(&pivot).for_each(|(value, pivot)| *value -= change[row] * pivot);
            }
        }
        self.inverse[out] = pivot;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_the_cheapest_one() {
        // One day a week costs 6, two cost nothing: one day and a half costs 3, three days cannot be.
        let calendars = [([(0, 1.0), (1, 1.0)], 6.0), ([(0, 2.0), (1, 1.0)], 0.0)];
        let cost = |days: f64| {
            let mut mean = Mean::new(vec![days, 1.0], vec![100.0, 1000.0]);
            for _ in 0..5 {
                calendars.iter().for_each(|(column, cost)| {
                    let prices = mean.prices();
                    if *cost < column.iter().map(|&(row, n)| prices[row] * n).sum::<f64>() - 1e-9 {
                        mean.enter(column, *cost);
                    }
                });
                mean.let_off();
            }
            mean.cost()
        };
        assert_eq!([1.0, 1.5, 2.0, 3.0].map(cost), [6.0, 3.0, 0.0, 100.0]);
    }
}
