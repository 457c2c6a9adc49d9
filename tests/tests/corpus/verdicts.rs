//! Accept or reject.

use crate::data::{RELEASES, cases, checker, folder, judge, rejects};
use crate::exceptions;
use std::fmt::Write;

#[test]
fn verdicts_agree_at_every_release() {
    let Some(folder) = folder() else { return };
    let cases = cases(&folder);
    let mut wrong = String::new();
    for release in RELEASES {
        let checker = checker(release);
        let (mut agree, mut excepted) = (0, 0);
        for case in &cases {
            let wanted = case.by_version[release] == "reject";
            let diagnostics = judge(&folder, case, &checker);
            let found: Vec<_> = diagnostics.iter().filter(|d| rejects(d)).collect();
            if wanted != found.is_empty() {
                agree += 1;
            } else if exceptions::reason(exceptions::VERDICTS, &case.file).is_some() {
                excepted += 1;
            } else {
                let verdict = if wanted { "rejects" } else { "accepts" };
                let _ = writeln!(wrong, "{release}: {} {verdict}: {}", case.file, case.reason);
                for one in found {
                    let _ = writeln!(
                        wrong,
                        "    {} {}: {}",
                        one.code,
                        one.path.as_deref().unwrap_or(""),
                        one.message
                    );
                }
            }
        }
        println!(
            "verdicts at {release}: {agree} of {} ({excepted} named exceptions)",
            cases.len()
        );
    }
    assert!(wrong.is_empty(), "Chaos Mesh decides otherwise:\n{wrong}");
}
