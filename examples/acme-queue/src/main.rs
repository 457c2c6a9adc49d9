//! Reads manifests and tells what is wrong with them.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in std::env::args().skip(1) {
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{path}: {error}");
                code = ExitCode::FAILURE;
                continue;
            }
        };
        let (documents, found) = acme_queue::read(&text);
        for document in &documents {
            println!("{path}: {}", document.kind());
        }
        for one in &found {
            eprintln!("{path}:{one}");
            if one.violation.level == herz::Level::Error {
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}
