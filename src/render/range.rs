//! `range` for templates. The engine's own bounds the length of one; loops in loops over ranges would go on for years
//! without writing a byte, so here all that a page asks for counts.

use std::cell::Cell;

use tera::{Error, Kwargs, State, TeraResult};

/// So many numbers a page may ask for. A calendar of a century has 36,525 days.
const MOST: usize = 1_000_000;

/// So many numbers one call may ask for.
const LONGEST: i128 = 100_000;

thread_local! {
    /// How many numbers the page that this thread renders may still ask for.
    static LEFT: Cell<usize> = const { Cell::new(MOST) };
}

/// Begins a page.
pub(super) fn begin() {
    LEFT.set(MOST);
}

/// The numbers from `start` (0 if not given) up to but without `end`, each `step_by` (1) after the one before.
pub(super) fn range(arguments: Kwargs, _: &State<'_>) -> TeraResult<Vec<i128>> {
    let start: i128 = arguments.get("start")?.unwrap_or_default();
    let end: i128 = arguments.must_get("end")?;
    let step: i128 = arguments.get("step_by")?.unwrap_or(1);
    if start > end && step > 0 {
        return Err(Error::message("`range` begins after its `end`"));
    }
    let length =
        length(start, end, step).ok_or_else(|| Error::message("`range` cannot count in such steps"))?;
    if length > LONGEST {
        return Err(Error::message(format!("a `range` of {length} numbers; at most {LONGEST} are counted")));
    }
    let left = usize::try_from(length).ok().and_then(|length| LEFT.get().checked_sub(length));
    LEFT.set(left.unwrap_or_default());
    if left.is_none() {
        return Err(Error::message(format!(
            "the ranges of this page have more than {MOST} numbers together: a loop in a loop takes too long"
        )));
    }
    Ok((0..length).map(|index| start + index * step).collect())
}

/// How many numbers there are; `None` if that is beyond all numbers.
fn length(start: i128, end: i128, step: i128) -> Option<i128> {
    let way = if step < 0 { start.checked_sub(end)? } else { end.checked_sub(start)? };
    let size = step.checked_abs().filter(|size| *size > 0)?;
    Some(way.max(0).checked_add(size - 1)? / size)
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use super::*;

    /// What the engine's own makes of a template, and what this one does.
    fn both(template: &str) -> [Option<String>; 2] {
        let own = Tera::new();
        let mut ours = Tera::new();
        ours.register_function("range", range);
        [own, ours].map(|tera| {
            begin();
            tera.render_str(template, &Context::new(), false).ok()
        })
    }

    #[test]
    fn counts_as_the_engine_does() {
        for arguments in [
            "end=3",
            "start=1, end=4",
            "start=4, end=1",
            "start=4, end=1, step_by=-1",
            "start=1, end=4, step_by=-1",
            "start=10, end=0, step_by=-3",
            "start=0, end=10, step_by=3",
            "end=0",
            "end=-1",
            "end=5, step_by=0",
            "end=100000",
            "end=100001",
            "end=1000000000000",
            "start=1",
            "end='a'",
        ] {
            let [theirs, ours] =
                both(&format!("{{% for i in range({arguments}) %}}{{{{ i }}}} {{% endfor %}}"));
            assert_eq!(ours, theirs, "{arguments}");
        }
    }

    #[test]
    fn loops_in_loops_end() {
        let of = |outer: usize| {
            both(&format!(
                "{{% for a in range(end={outer}) %}}{{% for b in range(end=99000) %}}{{% endfor %}}{{% endfor %}}"
            ))
        };
        assert_eq!(of(10)[1].as_deref(), Some(""));
        assert_eq!(of(11)[1], None);
    }
}
