//! What the page of the bench calls: a case is made, checked as often as it likes, and counted.

use std::cell::RefCell;
use std::hint::black_box;

use gouji::engine::evaluation::Evaluation;
use gouji_locate_bench::forms::{Entered, Which};
use gouji_locate_bench::measure::timed_case;

#[derive(Default)]
struct State {
    entered: Option<Entered>,
    evaluation: Option<Evaluation>,
    digest: u64,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Begins to count anew.
#[unsafe(no_mangle)]
pub extern "C" fn begin() {
    STATE.with_borrow_mut(|state| *state = State::default());
}

/// Makes a case; 0 where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn make(which: u32, two: u32, seed: u32, number: u32) -> u32 {
    let which = Which::ALL[which as usize % Which::ALL.len()];
    let case = timed_case(which, two != 0, u64::from(seed), number as usize);
    STATE.with_borrow_mut(|state| {
        state.entered = case.map(|case| case.entered());
        state.evaluation = None;
        u32::from(state.entered.is_some())
    })
}

/// Checks the case: of our form the whole filing, of others only what is violated and why.
#[unsafe(no_mangle)]
pub extern "C" fn check() {
    STATE.with_borrow(|state| black_box(state.entered.as_ref().map(Entered::verdict)));
}

/// Our form: the evaluation alone, which `find` then takes.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate() {
    STATE.with_borrow_mut(|state| {
        if let Some(Entered::Ours(entered)) = &state.entered {
            state.evaluation = Some(entered.evaluate());
        }
    });
}

/// Our form: the wrong figure alone.
#[unsafe(no_mangle)]
pub extern "C" fn find() {
    STATE.with_borrow(|state| {
        if let (Some(Entered::Ours(entered)), Some(evaluation)) = (&state.entered, &state.evaluation) {
            black_box(entered.locate(evaluation));
        }
    });
}

/// Adds the verdict to the digest.
#[unsafe(no_mangle)]
pub extern "C" fn count() {
    STATE.with_borrow_mut(|state| {
        if let Some(entered) = &state.entered {
            state.digest = entered.verdict().digest(state.digest);
        }
    });
}

/// The upper and the lower half of the digest.
#[unsafe(no_mangle)]
pub extern "C" fn digest(half: u32) -> u32 {
    let digest = STATE.with_borrow(|state| state.digest);
    u32::try_from(if half == 0 { digest >> 32 } else { digest & 0xffff_ffff }).unwrap_or_default()
}
