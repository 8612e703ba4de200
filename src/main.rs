//! The binary: it hands the arguments to [`kaffe::cli`] and gives back its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    kaffe::cli::main()
}
