//! The table that is printed: what, how much, what was promised.

use std::{
    io::{self, Write},
    time::Duration,
};

/// Prints lines as they come, and counts the promises.
#[derive(Debug, Default)]
pub struct Report {
    figures: usize,
    kept: usize,
    broken: Vec<String>,
    title: String,
}

impl Report {
    /// Begins a table.
    pub fn title(&mut self, title: &str) {
        title.clone_into(&mut self.title);
        line(&format!("\n{title}\n"));
        line(&format!("{:<52} {:>30}   promise", "what", "figure"));
        line(&"─".repeat(110));
    }

    /// A figure that nothing was promised of.
    pub fn figure(&mut self, what: &str, figure: &str) {
        self.figures += 1;
        line(&format!("{what:<52} {figure:>30}"));
    }

    /// A figure beside its promise.
    pub fn promise(&mut self, what: &str, figure: &str, promise: &str, kept: bool) {
        let verdict = match (cfg!(debug_assertions), kept) {
            (true, _) => return self.figure(what, &format!("{figure}   {promise}: not judged")),
            (false, true) => "kept",
            (false, false) => "BROKEN",
        };
        line(&format!("{what:<52} {figure:>30}   {promise}: {verdict}"));
        if kept {
            self.kept += 1;
        } else {
            self.broken.push(format!(
                "{}: {what}: {figure}, promised {promise}",
                self.title.split(',').next().unwrap_or_default()
            ));
        }
    }

    /// What all of it says.
    pub fn close(&self) {
        line(&format!(
            "\n{} promises kept, {} broken, {} other figures",
            self.kept,
            self.broken.len(),
            self.figures
        ));
        for broken in &self.broken {
            line(&format!("  {broken}"));
        }
    }
}

/// A table that breaks off is no reason to stop measuring.
fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// A duration as people read it.
pub fn seconds(duration: Duration) -> String {
    let micros = duration.as_micros();
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{:.2} ms", duration.as_secs_f64() * 1e3),
        _ => format!("{:.2} s", duration.as_secs_f64()),
    }
}

/// A number with its thousands apart.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
