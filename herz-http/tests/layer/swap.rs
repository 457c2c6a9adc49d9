//! Rules are exchanged under load: each request sees one set, whole.

use crate::client::get;
use crate::world::{World, rules};
use herz_http::Gate;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn no_request_sees_a_mixture() {
    let world = World::new(Gate::Open);
    let port = world.address.port();
    // Two rules that belong together: a mixture would show one header without the other.
    let pair = |value: &str| {
        let spec = |side: &str, name: &str| {
            format!("target: {side}, replace: {{ headers: {{ {name}: {value} }} }}")
        };
        let mut both = rules("HTTPChaos", &spec("Request", "X-In"), port);
        both.extend(rules("HTTPChaos", &spec("Response", "X-Out"), port));
        both
    };
    let (one, two) = (pair("one"), pair("two"));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let changer = scope.spawn(|| {
            let mut sets = 0_u64;
            while !done.load(Ordering::Relaxed) {
                let next = if sets.is_multiple_of(2) { &one } else { &two };
                sets += 1;
                assert_eq!(world.chaos.set(next.clone()), sets);
                std::thread::yield_now();
            }
            sets
        });
        for _ in 0..300 {
            let answer = get(world.address, "/");
            let inward = answer.body.lines().find_map(|l| l.strip_prefix("x-in: "));
            let outward = answer.head.lines().find_map(|l| l.strip_prefix("x-out: "));
            assert_eq!(inward, outward, "{answer:?}");
        }
        done.store(true, Ordering::Relaxed);
        assert!(changer.join().unwrap() > 2);
    });
}

#[test]
fn a_rule_that_stays_keeps_its_counters() {
    let world = World::new(Gate::Open);
    let port = world.address.port();
    let first = rules("HTTPChaos", "target: Request, delay: 1ms", port);
    world.chaos.set(first.clone());
    get(world.address, "/");
    let mut both = first;
    both.extend(rules("HTTPChaos", "target: Response, delay: 1ms", port));
    world.chaos.set(both);
    get(world.address, "/");
    let hits: Vec<_> = world.chaos.stats().iter().map(|s| s.hit).collect();
    assert_eq!(hits, [2, 1]);
}
