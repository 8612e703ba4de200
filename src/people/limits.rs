//! How often somebody may try: signing in, by address and by name, and writing.

use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore,
};
use jiff::Timestamp;

use super::{People, Refusal};

/// More keys than this are looked through for those that are at rest.
const MANY: usize = 10_000;

/// Somebody tries too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// How long until the next try.
    pub wait: Duration,
}

pub(super) struct Limits {
    clock: Told,
    /// From one address; a whole town hall may sit behind it.
    from_address: Limiter,
    /// At one name from one address.
    at_name_from: Limiter,
    /// At one name from everywhere: guessing shared out among many addresses is slow too.
    at_name: Limiter,
    writes: Limiter,
}

type Limiter = RateLimiter<String, DashMapStateStore<String>, Told, NoOpMiddleware<Duration>>;

impl Limits {
    pub fn from(now: Timestamp) -> Self {
        let clock = Told::default();
        clock.set(now);
        let limiter = |burst: u32, every: Duration| {
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(every)
                .unwrap_or(Quota::per_second(NonZeroU32::MIN))
                .allow_burst(burst);
            RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())
        };
        Self {
            from_address: limiter(20, Duration::from_secs(6)),
            at_name_from: limiter(5, Duration::from_mins(1)),
            at_name: limiter(30, Duration::from_secs(30)),
            writes: limiter(300, Duration::from_millis(200)),
            clock,
        }
    }

    fn check(&self, limiter: &Limiter, now: Timestamp, key: &str) -> Result<(), Refusal> {
        self.clock.set(now);
        if limiter.len() > MANY {
            limiter.retain_recent();
        }
        limiter.check_key(&key.to_owned()).map_err(|until| {
            Refusal::TooMany(TooMany {
                wait: until.wait_time_from(self.clock.now()),
            })
        })
    }
}

impl People {
    /// Counts a try at coming in, from an address.
    ///
    /// # Errors
    /// When there have been too many.
    pub fn may_try(&self, now: Timestamp, address: &str) -> Result<(), Refusal> {
        self.limits.check(&self.limits.from_address, now, address)
    }

    /// Counts a try at a name, from an address.
    pub(super) fn may_try_name(
        &self,
        now: Timestamp,
        address: &str,
        name: &str,
    ) -> Result<(), Refusal> {
        self.may_try(now, address)?;
        let (limits, pair) = (&self.limits, format!("{address} {name}"));
        limits.check(&limits.at_name_from, now, &pair)?;
        limits.check(&limits.at_name, now, name)
    }

    /// Counts a write of somebody, by their key or address.
    ///
    /// # Errors
    /// When there have been too many.
    pub fn may_write_now(&self, now: Timestamp, who: &str) -> Result<(), Refusal> {
        self.limits.check(&self.limits.writes, now, who)
    }
}

/// A clock that is told the time and never goes back.
#[derive(Clone, Debug, Default)]
struct Told(Arc<AtomicU64>);

impl Told {
    fn set(&self, now: Timestamp) {
        let since = u64::try_from(now.as_nanosecond()).unwrap_or_default();
        self.0.fetch_max(since, Ordering::Relaxed);
    }
}

impl Clock for Told {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}
