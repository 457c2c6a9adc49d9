//! Serves at 127.0.0.1:50051; the specs are the files that are named as arguments.

use herz_http::rule::rules_of;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let chaos = tonic_service::chaos()?;
    let mut rules = Vec::new();
    for path in std::env::args_os().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let specs = herz::yaml::read(&text).map_err(|found| {
            let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
            format!("{}: {}", path.display(), lines.join("; "))
        })?;
        for spec in &specs {
            rules.extend(rules_of(spec)?);
        }
    }
    chaos.set(rules);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:50051").await?;
    tonic_service::serve(listener, &chaos).await?;
    Ok(())
}
