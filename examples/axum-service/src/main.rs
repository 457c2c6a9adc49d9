//! Serves at 127.0.0.1:8080, with the specs of the folder `chaos` (or of `CHAOS_DIR`).

use std::error::Error;
use std::path::PathBuf;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let environment = std::env::var("ENVIRONMENT").unwrap_or_else(|_| "staging".to_owned());
    let chaos = axum_service::chaos(&environment)?;
    let folder =
        std::env::var_os("CHAOS_DIR").map_or_else(|| PathBuf::from("chaos"), PathBuf::from);
    let _watch = axum_service::watch(&chaos, &folder)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    eprintln!(
        "try: curl -i -H 'X-Herz-Enabled: true' http://{}/orders",
        listener.local_addr()?
    );
    axum::serve(listener, axum_service::app(&chaos)).await?;
    Ok(())
}
