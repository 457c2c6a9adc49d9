//! The laws of `herz breaking`, a small share of them. The full run:
//! `cargo run --release -p herz-equivalence --bin soundness -- --pairs 2000 --documents 1000`.

#![allow(clippy::print_stdout, reason = "says what it has compared")]

use herz_equivalence::soundness::{Counts, run};

#[test]
fn breaks_are_shown_and_what_is_none_refuses_nothing() {
    let run = run(Counts {
        seed: 3,
        pairs: 60,
        documents: 100,
        only: None,
    });
    println!("{run}");
    assert!(run.wrong.is_empty(), "{}", run.wrong.join("\n\n"));
    assert_eq!(run.pairs, 60);
    assert!(run.harmless > 20 && run.documents > 1000, "{run}");
    // Each is shown, or there is a reason why none can be.
    let open: Vec<&String> = run.missed.iter().chain(&run.open).collect();
    assert!(open.is_empty(), "{open:#?}");
    // Some random schemas take no document at all, or none with the field in question.
    assert!(run.breaks > 10 && run.shown * 3 > run.breaks * 2, "{run}");
}
