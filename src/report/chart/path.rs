//! Curves with no more points than the eye can tell apart.

/// A point of the drawing.
pub(super) type Point = (f64, f64);

/// How far a curve may be from the points left out, in units of the drawing (about a pixel each): half of one.
const TOLERANCE: f64 = 0.5;
/// Paths are written in tenths of a unit, and scaled where they are drawn.
const TENTHS: f64 = 10.0;

/// A curve through points; gaps (`None`) break it.
pub(super) fn curve(points: &[Option<Point>]) -> String {
    let runs = points.split(Option::is_none).filter(|run| !run.is_empty());
    let one = |run: &[Option<Point>]| open(&simplified(&run.iter().flatten().copied().collect::<Vec<_>>()));
    runs.map(one).collect()
}

/// The band between two curves; gaps in either break it.
pub(super) fn band(low: &[Option<Point>], high: &[Option<Point>]) -> String {
    let pairs: Vec<Option<(Point, Point)>> =
        low.iter().zip(high).map(|(low, high)| Some(((*low)?, (*high)?))).collect();
    let mut path = String::new();
    for run in pairs.split(Option::is_none).filter(|run| !run.is_empty()) {
        let below = simplified(&run.iter().flatten().map(|pair| pair.0).collect::<Vec<_>>());
        let mut above = simplified(&run.iter().flatten().map(|pair| pair.1).collect::<Vec<_>>());
        above.reverse();
        path.push_str(&open(&[below, above].concat()));
        path.push('z');
    }
    path
}

/// Lines through points, in tenths of the unit of the drawing: the first point, then steps. No number is longer than it
/// must be, as a page has thousands of them.
fn open(points: &[Point]) -> String {
    let tenths = |value: f64| (value * TENTHS).round() as i64;
    let mut path = String::new();
    let mut last = (0, 0);
    for (number, point) in points.iter().enumerate() {
        let at = (tenths(point.0), tenths(point.1));
        match number {
            0 => path.push('M'),
            1 => path.push('l'),
            _ => {}
        }
        for (place, step) in [at.0 - last.0, at.1 - last.1].into_iter().enumerate() {
            // A minus sign parts two numbers as a space does.
            if step >= 0 && (place > 0 || number > 1) {
                path.push(' ');
            }
            path.push_str(&step.to_string());
        }
        last = at;
    }
    path
}

/// The points that are needed (Ramer 1972; Douglas & Peucker 1973), without recursion.
fn simplified(points: &[Point]) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut open = vec![(0, points.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let furthest = (first + 1..last)
            .map(|number| (number, distance(points[number], points[first], points[last])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((number, far)) = furthest
            && far > TOLERANCE
        {
            keep[number] = true;
            open.extend([(first, number), (number, last)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// How far a point is above or below the chord from one point to another.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let width = to.0 - from.0;
    let share = if width > 0.0 { (point.0 - from.0) / width } else { 0.0 };
    (point.1 - (from.1 + share * (to.1 - from.1))).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_straight_line_are_left_out() {
        let line: Vec<Point> = (0..100).map(|x| (f64::from(x), 2.0 * f64::from(x))).collect();
        assert_eq!(simplified(&line), [(0.0, 0.0), (99.0, 198.0)]);
        let bent = [(0.0, 0.0), (1.0, 0.1), (2.0, 9.0), (3.0, 9.0)];
        assert_eq!(simplified(&bent).len(), 4);
    }

    #[test]
    fn a_gap_breaks_a_curve() {
        let points = [Some((0.0, 1.0)), None, Some((2.0, 3.0)), Some((3.0, 3.5))];
        assert_eq!(curve(&points), "M0 10M20 30l10 5");
        assert_eq!(band(&points[2..], &points[2..]), "M20 30l10 5 0 0-10-5z");
    }
}
