//! The queue of a search: junctions in the order of their costs.

use crate::cost::Cost;

/// Children of a place in the heap: four lie in one cache line.
const WIDTH: usize = 4;

/// A heap whose first entry has the least cost. A junction may be in it several times; what is out of date is for the
/// search to see.
#[derive(Debug, Default)]
pub(crate) struct Queue(Vec<(Cost, u32)>);

impl Queue {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    #[inline]
    pub(crate) fn push(&mut self, cost: Cost, node: u32) {
        let entry = (cost, node);
        let mut place = self.0.len();
        self.0.push(entry);
        while place > 0 {
            let parent = (place - 1) / WIDTH;
            if self.0[parent].0 <= cost {
                break;
            }
            self.0[place] = self.0[parent];
            place = parent;
        }
        self.0[place] = entry;
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(Cost, u32)> {
        let last = self.0.pop()?;
        let Some(&top) = self.0.first() else { return Some(last) };
        let heap = &mut self.0[..];
        let mut place = 0;
        loop {
            let first = place * WIDTH + 1;
            let Some(children) = heap.get(first..) else { break };
            // Of a number known beforehand, which most are, the least is found without a loop.
            let least = match children.first_chunk::<WIDTH>() {
                Some(children) => least(children),
                None => least(children),
            };
            let Some((least, child)) = least else { break };
            if child.0 >= last.0 {
                break;
            }
            heap[place] = child;
            place = first + least;
        }
        heap[place] = last;
        Some(top)
    }
}

/// The entry of least cost, and its place.
#[inline(always)]
fn least(entries: &[(Cost, u32)]) -> Option<(usize, (Cost, u32))> {
    entries.iter().copied().enumerate().min_by_key(|(_, entry)| entry.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn what_comes_out_is_sorted_and_all_that_went_in() {
        let mut random = Random(1);
        for _ in 0..200 {
            let mut queue = Queue::default();
            let mut inside: Vec<(Cost, u32)> = Vec::new();
            for node in 0..random.below(300) {
                if random.below(3) == 0 {
                    let least = inside.iter().map(|entry| entry.0).min();
                    let popped = queue.pop();
                    assert_eq!(popped.map(|entry| entry.0), least);
                    inside.retain(|&entry| Some(entry) != popped);
                } else {
                    let cost = Cost::new(random.below(50), random.below(3), 0);
                    queue.push(cost, node);
                    inside.push((cost, node));
                }
            }
            let rest: Vec<(Cost, u32)> = std::iter::from_fn(|| queue.pop()).collect();
            assert!(rest.is_sorted_by_key(|entry| entry.0));
            inside.sort_unstable();
            assert_eq!(
                {
                    let mut rest = rest;
                    rest.sort_unstable();
                    rest
                },
                inside
            );
        }
    }
}
