//! `herz doctor`: what works on this machine, and what is missing. It changes nothing.

use crate::args::runtime::{Doctor as Options, StatusAs};
use crate::exit::{Exit, Failure};
use crate::lab::{self, Lab};
use crate::output::Output;
use herz_runtime::backend::Need;
use serde_json::json;

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let lab = Lab::new()?;
    // Consent is a person's to give and nothing that a machine lacks; no task is run here.
    lab.allow_tasks();
    let mut lacking = false;
    let mut rows = Vec::new();
    let mut text = String::new();
    for backend in lab.backends.all() {
        let serves: Vec<String> = backend.serves().iter().map(ToString::to_string).collect();
        let needs = backend.needs();
        let works = needs.iter().all(Need::is_met);
        lacking |= !works;
        let state = if works { "works" } else { "LACKS SOMETHING" };
        text.push_str(&format!("{}: {state}\n", backend.name()));
        for one in &serves {
            text.push_str(&format!("  does   {one}\n"));
        }
        for need in &needs {
            let state = need.missing.as_deref().unwrap_or("there");
            text.push_str(&format!("  needs  {}: {state}\n", need.what));
            if let (Some(_), Some(remedy)) = (&need.missing, &need.remedy) {
                text.push_str(&format!("         try: {remedy}\n"));
            }
        }
        rows.push(
            json!({"backend": backend.name(), "works": works, "serves": serves, "needs": needs}),
        );
    }
    let state = lab::state()?;
    let store = match lab::store_if_any() {
        Ok(Some(_)) => "there".to_owned(),
        Ok(None) => "none yet; made by the first run".to_owned(),
        Err(failure) => {
            lacking = true;
            failure.message
        }
    };
    text.push_str(&format!("store {}: {store}\n", state.display()));
    match options.output {
        StatusAs::Table => output.result(&text),
        StatusAs::Json => {
            let json = json!({
                "schemaVersion": 1,
                "backends": rows,
                "store": {"folder": state.display().to_string(), "state": store},
            });
            output.result(&format!("{json:#}\n"));
        }
    }
    Ok(if lacking { Exit::Lacking } else { Exit::Fine })
}
