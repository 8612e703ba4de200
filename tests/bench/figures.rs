//! Many durations and what they say.

use std::time::Duration;

/// Durations of the same thing.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<Duration>);

impl Figures {
    /// Adds one.
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// The one in the middle.
    pub fn median(&self) -> Duration {
        self.quantile(50)
    }

    /// What so many in a hundred stay within.
    pub fn quantile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(place).copied().unwrap_or_default()
    }

    /// The longest.
    pub fn most(&self) -> Duration {
        self.0.iter().max().copied().unwrap_or_default()
    }

    /// All together.
    pub fn sum(&self) -> Duration {
        self.0.iter().sum()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}

/// One number as a multiple of another.
pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// A count for calculating with.
pub fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
