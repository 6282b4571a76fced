//! Closed forms of queueing theory.
//!
//! Used to tell a stable stage from an overloaded one, and to prove the engine against theory. Rates are
//! per unit of time, and every time that comes out is in that unit; any unit will do. `None` means
//! that no steady state exists or that the numbers describe no such system: then there is nothing
//! to compute.

mod birth_death;
mod erlang_a;
mod fluid;
mod gim1;
mod jackson;
mod loop_gain;
mod mg1;
mod mm1;
mod mmc;
mod mmck;
mod mt_m_inf;
mod priority;
mod steady_state;
mod traffic;

pub use erlang_a::{ErlangA, erlang_a};
pub use fluid::{Course, FluidTwin, Scale};
pub use gim1::{dm1, gim1};
pub use jackson::{feedback, jackson};
pub use loop_gain::loop_gains;
pub use mg1::mg1;
pub use mm1::{Order, mm1, mm1_wait_deviation};
pub use mmc::{erlang_b, erlang_c, mmc};
pub use mmck::{Mmck, mmck};
pub use mt_m_inf::Sinusoid;
pub use priority::{priority_mg1, priority_mmc};
pub use steady_state::SteadyState;
pub use traffic::traffic;

/// Whether a number is above zero and finite.
fn positive(number: f64) -> bool {
    number > 0.0 && number.is_finite()
}
