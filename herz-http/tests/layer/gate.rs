//! Nobody is hit who did not ask for it.

use crate::client::send;
use crate::world::World;
use herz_http::{Chaos, Gate, ProductionRefused, TokenKey};
use std::time::{Duration, SystemTime};

fn status(world: &World, headers: &[(&str, &str)]) -> u16 {
    send(world.address, "GET", "/", headers, "").status
}

const FAULT: &str = "target: http, error: { status: 503 }";

#[test]
fn header() {
    let world = World::new(Gate::default());
    assert_eq!(
        status(&world, &[("X-Herz-Enabled", "true")]),
        200,
        "no rules"
    );
    world.set("ChaosExperiment", FAULT);
    assert_eq!(status(&world, &[("x-herz-enabled", "true")]), 503);
    for other in ["false", "TRUE", "1", "", "true, true"] {
        assert_eq!(status(&world, &[("X-Herz-Enabled", other)]), 200, "{other}");
    }
    assert_eq!(status(&world, &[]), 200);
    assert_eq!(world.chaos.stats()[0].hit, 1);
}

#[test]
fn token() {
    let key = TokenKey::new("0123456789abcdef").unwrap();
    let world = World::new(Gate::Token(key.clone()));
    world.set("ChaosExperiment", FAULT);
    let hour = Duration::from_secs(3600);
    let good = key.token(SystemTime::now() + hour);
    let ended = key.token(SystemTime::now() - hour);
    assert_eq!(status(&world, &[("X-Herz-Token", &good)]), 503);
    assert_eq!(status(&world, &[("X-Herz-Token", &ended)]), 200);
    assert_eq!(status(&world, &[("X-Herz-Token", "junk")]), 200);
    assert_eq!(status(&world, &[("X-Herz-Enabled", "true")]), 200);
    assert_eq!(world.chaos.bad_tokens(), 2);
}

#[test]
fn the_switch_does_not_travel_on() {
    let world = World::new(Gate::default());
    world.set("HTTPChaos", "target: Response, delay: 1ms");
    let answer = send(world.address, "GET", "/", &[("X-Herz-Enabled", "true")], "");
    assert!(!answer.body.contains("herz"), "{}", answer.body);
}

#[test]
fn production_is_refused() {
    let builder = || Chaos::builder().environment("Production");
    assert_eq!(builder().build().unwrap_err(), ProductionRefused);
    assert!(builder().allow_production().build().is_ok());
}
