//! Where the parts of a network stand in its drawing: in columns, so that most ways lead to the right.
//!
//! After Sugiyama, Tagawa & Toda (1981): ways that lead back are set aside, a column is the longest way from
//! the left, and the order in a column is by the mean place of the neighbours.

/// Ways out that stand together on the right, at most.
const MOST_TOGETHER: usize = 10;

/// The columns of a drawing: for each, the numbers of its parts from top to bottom.
pub(super) fn columns(parts: usize, ways: &[(usize, usize)], last: &[bool]) -> Vec<Vec<usize>> {
    let forward = without_loops(parts, ways);
    let mut column = vec![0_usize; parts];
    // The longest way has fewer steps than there are parts.
    for _ in 0..parts {
        let mut moved = false;
        for &(from, to) in &forward {
            if column[to] <= column[from] {
                column[to] = column[from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let many = last.iter().filter(|&&is_last| is_last).count() > MOST_TOGETHER;
    let deepest = (0..parts).filter(|&part| !last[part]).map(|part| column[part]).max().unwrap_or(0);
    for part in 0..parts {
        // Many ways out in one column would make a drawing that is all height: each stands after what leads to it.
        if last[part] && !many {
            column[part] = deepest + 1;
        }
    }
    let furthest = column.iter().copied().max().unwrap_or(0).max(deepest);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); furthest + 1];
    for (part, &column) in column.iter().enumerate() {
        columns[column].push(part);
    }
    columns.retain(|column| !column.is_empty());
    order(&mut columns, ways);
    columns
}

/// The ways without those that lead back to a part on the way to them.
fn without_loops(parts: usize, ways: &[(usize, usize)]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        OnTheWay,
        Done,
    }
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); parts];
    for &(from, to) in ways {
        next[from].push(to);
    }
    let mut state = vec![State::Unseen; parts];
    let mut forward = Vec::new();
    for start in 0..parts {
        let mut stack = vec![(start, 0_usize)];
        if state[start] != State::Unseen {
            continue;
        }
        state[start] = State::OnTheWay;
        while let Some((part, turn)) = stack.pop() {
            let Some(&to) = next[part].get(turn) else {
                state[part] = State::Done;
                continue;
            };
            stack.push((part, turn + 1));
            if state[to] != State::OnTheWay {
                forward.push((part, to));
            }
            if state[to] == State::Unseen {
                state[to] = State::OnTheWay;
                stack.push((to, 0));
            }
        }
    }
    forward
}

/// A few sweeps to and fro, each column by the mean place of its neighbours in the one before.
fn order(columns: &mut [Vec<usize>], ways: &[(usize, usize)]) {
    const SWEEPS: usize = 6;
    for sweep in 0..SWEEPS {
        for step in 1..columns.len() {
            let number = if sweep % 2 == 0 { step } else { columns.len() - 1 - step };
            let places: std::collections::BTreeMap<usize, f64> = columns
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != number)
                .flat_map(|(_, parts)| {
                    let half = parts.len() as f64 / 2.0;
                    parts.iter().enumerate().map(move |(place, &part)| (part, place as f64 - half))
                })
                .collect();
            let mean = |part: usize| {
                let near: Vec<f64> = ways
                    .iter()
                    .filter_map(|&(from, to)| {
                        let other = if from == part {
                            to
                        } else if to == part {
                            from
                        } else {
                            return None;
                        };
                        places.get(&other).copied()
                    })
                    .collect();
                if near.is_empty() { f64::INFINITY } else { near.iter().sum::<f64>() / near.len() as f64 }
            };
            let mut keyed: Vec<(f64, usize)> =
                columns[number].iter().map(|&part| (mean(part), part)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            columns[number] = keyed.into_iter().map(|(_, part)| part).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_with_a_loop_stands_in_order() {
        // 0 → 1 → 2 → 3, 2 → 1 leads back; 3 is a way out.
        let columns = columns(4, &[(0, 1), (1, 2), (2, 1), (2, 3)], &[false, false, false, true]);
        assert_eq!(columns, [vec![0], vec![1], vec![2], vec![3]]);
    }

    #[test]
    fn ways_out_stand_together_on_the_right() {
        let columns = columns(5, &[(0, 3), (0, 1), (1, 2), (2, 4)], &[false, false, false, true, true]);
        assert_eq!(columns.last().unwrap().len(), 2);
        assert_eq!(columns.len(), 4);
    }

    #[test]
    fn many_ways_out_stand_after_what_leads_to_them() {
        // 0 → 1 → 2, and from each of them to twelve exits, four each.
        let exits = (0..12).map(|exit| (exit / 4, 3 + exit));
        let ways: Vec<(usize, usize)> = [(0, 1), (1, 2)].into_iter().chain(exits).collect();
        let last: Vec<bool> = (0..15).map(|part| part >= 3).collect();
        assert_eq!(columns(15, &ways, &last).iter().map(Vec::len).collect::<Vec<_>>(), [1, 5, 5, 4]);
    }

    #[test]
    fn a_ring_of_many_parts_ends() {
        let ways: Vec<(usize, usize)> = (0..300).map(|part| (part, (part + 1) % 300)).collect();
        assert_eq!(columns(300, &ways, &vec![false; 300]).iter().map(Vec::len).sum::<usize>(), 300);
    }
}
