//! The cheapest mean of calendars that is like a relaxed solution.

/// A price below this is none.
const NOTHING: f64 = 1e-9;

/// Columns taken in until prices are computed anew.
const OFTEN: usize = 30;

/// Weights of calendars with given sums of their columns, at the least cost; what lacks in a sum, or is too much, has
/// a cost, too. A simplex method with few rows.
#[derive(Debug)]
pub(super) struct Mean {
    /// By row, then row, laid out flat: the inverse of the basis.
    inverse: Vec<f64>,
    /// By row: weight and cost of what is in the basis.
    weights: Vec<f64>,
    costs: Vec<f64>,
    /// By row: cost of a unit that lacks or is too much.
    off: Vec<f64>,
    /// By row: what one more would cost.
    prices: Vec<f64>,
    /// Columns taken in since prices were last computed from the basis.
    since: usize,
}

impl Mean {
    /// Without calendars yet: all of the sums lacks. They are 0 or more.
    pub(super) fn new(sums: Vec<f64>, off: Vec<f64>) -> Mean {
        let rows = sums.len();
        let mut inverse = vec![0.0; rows * rows];
        inverse.iter_mut().step_by(rows + 1).for_each(|value| *value = 1.0);
        Mean { inverse, weights: sums, costs: off.clone(), prices: off.clone(), off, since: 0 }
    }

    /// What the mean costs.
    pub(super) fn cost(&self) -> f64 {
        self.weights.iter().zip(&self.costs).map(|(weight, cost)| weight * cost).sum()
    }

    /// By row: what one more would cost.
    pub(super) fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// Lets more of a sum lack, or be too much, where that makes the mean cheaper.
    pub(super) fn let_off(&mut self) {
        for _ in 0..4 * self.off.len() {
            let extra = |row: &usize| self.prices[*row].abs() - self.off[*row];
            let Some(row) = (0..self.off.len()).max_by(|a, b| extra(a).total_cmp(&extra(b))) else { return };
            if extra(&row) < 1e-7 {
                return;
            }
            let one = if self.prices[row] > 0.0 { 1.0 } else { -1.0 };
            self.enter(&[(row, one)], self.off[row]);
        }
    }

    /// Takes a column of a cost into the basis.
    pub(super) fn enter(&mut self, column: &[(usize, f64)], cost: f64) {
        let rows = self.off.len();
        let change: Vec<f64> = self
            .inverse
            .chunks_exact(rows.max(1))
            .map(|line| column.iter().map(|&(row, factor)| line[row] * factor).sum())
            .collect();
        let ratio = |row: &usize| self.weights[*row].max(0.0) / change[*row];
        let falls = (0..rows).filter(|&row| change[row] > NOTHING);
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
        let pivot: Vec<f64> =
            self.inverse[out * rows..(out + 1) * rows].iter().map(|value| value / change[out]).collect();
        for (row, line) in self.inverse.chunks_exact_mut(rows.max(1)).enumerate() {
            if row != out && change[row] != 0.0 {
                line.iter_mut().zip(&pivot).for_each(|(value, pivot)| *value -= change[row] * pivot);
            }
        }
        self.inverse[out * rows..(out + 1) * rows].copy_from_slice(&pivot);
        let saved = cost - column.iter().map(|&(row, factor)| self.prices[row] * factor).sum::<f64>();
        self.prices.iter_mut().zip(&pivot).for_each(|(price, pivot)| *price += saved * pivot);
        self.since += 1;
        if self.since >= OFTEN {
            self.compute_prices();
        }
    }

    /// Computes the prices from the basis, without the rounding of what was taken in.
    fn compute_prices(&mut self) {
        self.since = 0;
        self.prices.fill(0.0);
        for (line, cost) in self.inverse.chunks_exact(self.off.len().max(1)).zip(&self.costs) {
            self.prices.iter_mut().zip(line).for_each(|(price, value)| *price += cost * value);
        }
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
                    let prices = mean.prices().to_vec();
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
