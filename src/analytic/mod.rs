//! Closed forms of queueing theory, to hold simulations against.
//!
//! Rates and times are in the same unit of time, whichever it is. A function gives `None` where no steady
//! state exists. Independent of the engine: nothing here draws a number.

mod erlang;
mod gi_m_1;
mod jackson;
mod pollaczek;
mod priority;

pub use erlang::{ErlangA, Mmc, erlang_a, erlang_c, mmc};
pub use gi_m_1::d_m_1_wait;
pub use jackson::traffic;
pub use pollaczek::mg1_wait;
pub use priority::cobham;
