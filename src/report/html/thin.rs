//! A document with its numbers written short, for the packed form inside a page; read back as it was, to the bit.
//!
//! Bands through time lie close to each other and change little from date to date, and so do the quantiles of an estimate: what is
//! written are whole numbers of the last digit that is kept, and of those the differences. What would not be read back alike
//! stays as it is. `templates/report.js` reads bands, too.

use serde_json::{Map, Number, Value};

/// Begins the list that an estimate is written as; no list of a document has a text before numbers.
const SPREAD: &str = "s";
/// Begins the list that bands are written as.
const BANDS: &str = "b";
/// Bands that belong together, in the order of their fields; the others are told from the median.
const SIX: [&str; 6] = ["mean", "q05", "q25", "q50", "q75", "q95"];
const THREE: [&str; 3] = ["q05", "q50", "q95"];
const MEDIAN: &str = "q50";
/// The fields of an estimate in order.
const FIELDS: [&str; 11] =
    ["mean", "half-width", "error", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "futures"];
/// Digits of an error beyond those of its estimate.
const MORE_OF_ERROR: i32 = 3;
/// Numbers beyond this are not told exactly by a float, nor in the last digit.
const EXACT: f64 = 9e15;

/// The value with estimates and bands in short.
pub(super) fn thin(value: Value) -> Value {
    match value {
        Value::Object(object) => spread(&object).or_else(|| bands(&object)).unwrap_or_else(|| {
            Value::Object(object.into_iter().map(|(key, value)| (key, thin(value))).collect())
        }),
        Value::Array(list) => list.into_iter().map(thin).collect(),
        other => other,
    }
}

/// The value as it was; a short list that is not as we write it stays, and is no document then.
pub(super) fn full(value: Value) -> Value {
    match value {
        Value::Array(list) => match list.first().and_then(Value::as_str) {
            Some(SPREAD) => full_spread(&list).unwrap_or(Value::Array(list)),
            Some(BANDS) => full_bands(&list).unwrap_or(Value::Array(list)),
            _ => list.into_iter().map(full).collect(),
        },
        Value::Object(object) => object.into_iter().map(|(key, value)| (key, full(value))).collect(),
        other => other,
    }
}

/// How many of the last digit, a power of ten, a number is; `None` where that is not exact.
fn whole(value: &Value, decade: i32) -> Option<i64> {
    let value = value.as_f64()?;
    let unit = libm::exp10(f64::from(decade.abs())).round();
    let number = if decade < 0 { (value * unit).round() } else { (value / unit).round() };
    let back = of_whole(number as i64, decade);
    (number.abs() < EXACT && back.to_bits() == value.to_bits()).then_some(number as i64)
}

/// The number again.
fn of_whole(number: i64, decade: i32) -> f64 {
    let unit = libm::exp10(f64::from(decade.abs())).round();
    if decade < 0 { number as f64 / unit } else { number as f64 * unit }
}

fn float(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// An estimate: the power of ten of its last digit, mean, half-width, error, steps from the mean to the first quantile and on, futures.
fn spread(object: &Map<String, Value>) -> Option<Value> {
    if object.len() != FIELDS.len() {
        return None;
    }
    let [mean, half, error, quantiles @ .., futures] = FIELDS.map(|field| object.get(field));
    let size = error?.as_f64()?;
    let decade = if size > 0.0 { libm::log10(size).floor() as i32 - 2 } else { 0 };
    let mean = whole(mean?, decade)?;
    let mut list = vec![Value::from(SPREAD), Value::from(decade), Value::from(mean)];
    list.push(Value::from(whole(half?, decade)?));
    list.push(Value::from(whole(error?, decade - MORE_OF_ERROR)?));
    let mut last = mean;
    for quantile in quantiles {
        let number = whole(quantile?, decade)?;
        list.push(Value::from(number - last));
        last = number;
    }
    list.push(futures?.clone());
    Some(Value::Array(list))
}

fn full_spread(list: &[Value]) -> Option<Value> {
    let [_, decade, mean, half, error, steps @ .., futures] = list else { return None };
    let decade = i32::try_from(decade.as_i64()?).ok()?;
    let mut number = mean.as_i64()?;
    let mut values = vec![float(of_whole(number, decade)), float(of_whole(half.as_i64()?, decade))];
    values.push(float(of_whole(error.as_i64()?, decade - MORE_OF_ERROR)));
    for step in steps {
        number = number.checked_add(step.as_i64()?)?;
        values.push(float(of_whole(number, decade)));
    }
    values.push(futures.clone());
    let fields = FIELDS.iter().map(|&field| field.to_owned());
    (values.len() == FIELDS.len()).then(|| Value::Object(fields.zip(values).collect()))
}

/// Which bands an object or a list of so many is.
fn names(count: usize) -> Option<&'static [&'static str]> {
    match count {
        6 => Some(&SIX),
        3 => Some(&THREE),
        _ => None,
    }
}

/// Bands: the power of ten of their last digit, then each: the median in steps, the others from the median.
fn bands(object: &Map<String, Value>) -> Option<Value> {
    let all: Option<Vec<&Vec<Value>>> =
        names(object.len())?.iter().map(|&name| object.get(name)?.as_array()).collect();
    let (all, names) = (all?, names(object.len())?);
    let median = all[names.iter().position(|&name| name == MEDIAN)?];
    let written = |decade: i32| -> Option<Value> {
        let mut list = vec![Value::from(BANDS), Value::from(decade)];
        for (band, &name) in all.iter().zip(names) {
            let mut last = 0;
            let mut numbers = Vec::with_capacity(band.len());
            for (place, value) in band.iter().enumerate() {
                if name != MEDIAN {
                    last = median
                        .get(place)
                        .filter(|one| !one.is_null())
                        .map_or(Some(0), |one| whole(one, decade))?;
                }
                if value.is_null() {
                    numbers.push(Value::Null);
                    continue;
                }
                let number = whole(value, decade)?;
                numbers.push(Value::from(number - last));
                last = number;
            }
            list.push(Value::Array(numbers));
        }
        Some(Value::Array(list))
    };
    written(0).or_else(|| written(-2))
}

fn full_bands(list: &[Value]) -> Option<Value> {
    let [_, decade, bands @ ..] = list else { return None };
    let (decade, names) = (i32::try_from(decade.as_i64()?).ok()?, names(bands.len())?);
    let place = names.iter().position(|&name| name == MEDIAN)?;
    let median = steps(bands[place].as_array()?)?;
    let band = |(number, band): (usize, &Value)| {
        let numbers = if number == place { median.clone() } else { beside(band.as_array()?, &median)? };
        let values =
            numbers.into_iter().map(|one| one.map_or(Value::Null, |one| float(of_whole(one, decade))));
        Some((names[number].to_owned(), values.collect()))
    };
    let all: Option<Map<String, Value>> = bands.iter().enumerate().map(band).collect();
    all.map(Value::Object)
}

/// Numbers from their steps; a gap changes nothing.
fn steps(list: &[Value]) -> Option<Vec<Option<i64>>> {
    let mut last = 0_i64;
    let mut all = Vec::with_capacity(list.len());
    for step in list {
        if step.is_null() {
            all.push(None);
        } else {
            last = last.checked_add(step.as_i64()?)?;
            all.push(Some(last));
        }
    }
    Some(all)
}

/// Numbers told from the median.
fn beside(list: &[Value], median: &[Option<i64>]) -> Option<Vec<Option<i64>>> {
    let number = |(place, value): (usize, &Value)| -> Option<Option<i64>> {
        let middle = median.get(place).copied().flatten().unwrap_or(0);
        if value.is_null() { Some(None) } else { Some(Some(middle.checked_add(value.as_i64()?)?)) }
    };
    list.iter().enumerate().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Spread;
    use serde_json::json;

    fn returns(value: &Value) -> Value {
        let short = thin(value.clone());
        let text = short.to_string();
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(full(read), *value, "{text}");
        short
    }

    #[test]
    fn an_estimate_is_read_back_to_the_bit() {
        let spread = Spread::of(&[1000.0 / 7.0, 1003.0 / 7.0, 150.1], 1, 0.95).unwrap();
        let short = returns(&serde_json::to_value(spread).unwrap());
        assert_eq!(short[0], "s", "{short}");
        let constant = Spread::of(&[12.0; 5], 1, 0.95).unwrap();
        assert_eq!(returns(&serde_json::to_value(constant).unwrap())[0], "s");
        // What has no error, or too many digits, stays as it is.
        for spread in
            [Spread::of(&[1.0 / 3.0], 1, 0.95).unwrap(), Spread::of(&[1.0 / 3.0; 5], 1, 0.95).unwrap()]
        {
            assert!(returns(&serde_json::to_value(spread).unwrap()).is_object());
        }
    }

    #[test]
    fn bands_are_read_back_to_the_bit() {
        let bands = json!({
            "mean": [10.0, 12.5, null], "q05": [9.0, 7.25, null], "q25": [9.0, 11.0, null],
            "q50": [10.0, 12.49, null], "q75": [11.0, 13.0, null], "q95": [12.0, 99.99, null],
        });
        let short = returns(&bands);
        assert_eq!(short[5], json!([1000, 249, null]));
        assert_eq!(short[3], json!([-100, -524, null]));
        let traces = json!({ "q05": [null, 1.0, 3.0], "q50": [null, 2.0, 3.0], "q95": [1.0, 2.0, 3.0] });
        assert_eq!(returns(&traces), json!(["b", 0, [null, -1, 0], [null, 2, 1], [1, 0, 0]]));
        let odd = json!({ "q05": [0.123_456], "q50": [1.0], "q95": [2.0] });
        assert!(returns(&odd).is_object());
    }

    #[test]
    fn other_lists_and_broken_ones_stay() {
        let other = json!({ "command": ["s", "b"], "days": [1, 2, 3], "nothing": [] });
        assert_eq!(returns(&other), other);
        for broken in
            [json!(["s", 0]), json!(["b", 0, [1], [1]]), json!(["s", 0, 1, 2, 3, "x", 5, 6, 7, 8, 9, 10, 11])]
        {
            assert_eq!(full(broken.clone()), broken);
        }
    }
}
