//! Planning: who is chosen, what is refused and with which advice, and when a saved plan still holds.

mod lamp;

use herz_runtime::plan::Reason;
use herz_runtime::selector::Mode;
use herz_runtime::{Backends, Experiment, Inventory, Place, Plan, PlanOptions, Target, plan};
use lamp::{Lamp, experiment, lamps, place};
use serde_json::json;

fn options() -> PlanOptions {
    PlanOptions {
        seed: Some(7),
        ..PlanOptions::default()
    }
}

fn backends() -> Backends {
    Backends::new().with(Lamp::default())
}

#[test]
fn a_kind_of_ones_own_is_planned() {
    let plan = plan(
        &experiment(&json!({"duration": "1m30s"})),
        &lamps(3),
        &backends(),
        &options(),
    )
    .unwrap();
    assert_eq!(plan.targets.len(), 3);
    assert_eq!(plan.steps[0].what, "switch off");
    let moments: Vec<String> = plan
        .timeline()
        .iter()
        .map(|one| format!("{:?} {}", one.at, one.what))
        .collect();
    assert_eq!(
        moments,
        [
            "0ns default/lamp-0: switch off",
            "0ns default/lamp-1: switch off",
            "0ns default/lamp-2: switch off",
            "90s default/lamp-2: switch on",
            "90s default/lamp-1: switch on",
            "90s default/lamp-0: switch on",
        ]
    );
    assert!(plan.is_intact());
}

#[test]
fn a_plan_survives_its_file_and_shows_when_it_was_changed() {
    let plan = plan(
        &experiment(&json!({"duration": "5s", "mode": "one"})),
        &lamps(9),
        &backends(),
        &options(),
    )
    .unwrap();
    let text = serde_json::to_string_pretty(&plan).unwrap();
    let mut read: Plan = serde_json::from_str(&text).unwrap();
    assert_eq!(read, plan);
    read.targets[0].name = "another".to_owned();
    assert!(!read.is_intact());
    for cut in (0..text.len()).step_by(7) {
        // A truncated file is an error, never a shorter plan.
        assert!(serde_json::from_str::<Plan>(&text[..cut]).is_err());
    }
}

#[test]
fn the_same_seed_chooses_the_same_and_the_world_may_move() {
    let wanted = experiment(&json!({"duration": "5s", "mode": "fixed", "value": "2"}));
    let first = plan(&wanted, &lamps(9), &backends(), &options()).unwrap();
    let again = plan(&wanted, &lamps(9), &backends(), &options()).unwrap();
    assert_eq!(first.hash, again.hash);
    assert_eq!(first.moved(&again), Ok(()));
    let chosen = first.targets[0].id();
    let others = lamps(9)
        .targets()
        .iter()
        .filter(|one| one.id() != chosen)
        .cloned()
        .collect::<Vec<_>>();
    let moved = first
        .moved(&plan(&wanted, &Inventory::new(others), &backends(), &options()).unwrap())
        .unwrap_err();
    assert!(moved.differences[0].contains(&chosen), "{moved:?}");
}

#[test]
fn modes_mean_what_chaos_mesh_means() {
    let count = |mode: Mode, of: usize, seed: u64| {
        mode.count(of, &mut herz_runtime::selector::Random::new(seed))
    };
    assert_eq!(count(Mode::One, 5, 1), 1);
    assert_eq!(count(Mode::Fixed(9), 5, 1), 5);
    assert_eq!(count(Mode::FixedPercent(1), 5, 1), 1);
    assert_eq!(count(Mode::FixedPercent(50), 5, 1), 3);
    assert_eq!(count(Mode::FixedPercent(100), 5, 1), 5);
    let shares: std::collections::BTreeSet<usize> = (0..200)
        .map(|seed| count(Mode::RandomMaxPercent(40), 10, seed))
        .collect();
    assert_eq!(shares.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
}

#[test]
fn selectors_hold_all_their_conditions() {
    let inventory = Inventory::new([
        Target::new("a", place())
            .label("app", "web")
            .label("tier", "db"),
        Target::new("b", place()).label("app", "web"),
        Target::new("c", place()).label("app", "api"),
        Target::new("a", place())
            .label("app", "web")
            .namespace("shop"),
    ]);
    let chosen = |spec: serde_json::Value| -> Vec<String> {
        let mut spec = spec;
        spec["duration"] = json!("1s");
        plan(&experiment(&spec), &inventory, &backends(), &options())
            .map(|plan| plan.targets.iter().map(Target::id).collect())
            .unwrap_or_default()
    };
    let by = |selector: serde_json::Value| chosen(json!({"mode": "all", "selector": selector}));
    assert_eq!(by(json!({})), ["default/a", "default/b", "default/c"]);
    assert_eq!(
        by(json!({"labelSelectors": {"app": "web"}})),
        ["default/a", "default/b"]
    );
    assert_eq!(
        by(json!({"labels": {"app": "web"}, "namespaces": ["shop"]})),
        ["shop/a"]
    );
    let when = |operator: &str, values: &[&str]| {
        by(
            json!({"expressionSelectors": [{"key": "tier", "operator": operator, "values": values}]}),
        )
    };
    assert_eq!(when("In", &["db"]), ["default/a"]);
    assert_eq!(when("NotIn", &["db"]), ["default/b", "default/c"]);
    assert_eq!(when("Exists", &[]), ["default/a"]);
    assert_eq!(when("DoesNotExist", &[]), ["default/b", "default/c"]);
    assert_eq!(
        by(json!({"fieldSelectors": {"metadata.name": "c"}})),
        ["default/c"]
    );
    // Names win over labels, as on Chaos Mesh.
    let exactly = json!({"pods": {"shop": ["a"]}, "labelSelectors": {"app": "nothing"}});
    assert_eq!(by(exactly), ["shop/a"]);
}

#[test]
fn refusals_say_why_and_what_would_do() {
    let refusals = |experiment: &Experiment, inventory: &Inventory| {
        plan(experiment, inventory, &backends(), &options()).unwrap_err()
    };
    let endless = refusals(&experiment(&json!({})), &lamps(1));
    assert_eq!(endless[0].reason, Reason::NoDuration);

    let nobody = experiment(&json!({"duration": "1s", "selector": {"labels": {"app": "lam"}}}));
    let nobody = refusals(&nobody, &lamps(4));
    assert_eq!(nobody[0].reason, Reason::NoTarget);
    assert!(
        nobody[0]
            .to_string()
            .contains("its label `app` is `lamp`, not `lam`"),
        "{}",
        nobody[0]
    );

    let host = Inventory::new([Target::new("box", Place::Host)]);
    let elsewhere = refusals(
        &experiment(&json!({"duration": "1s", "selector": {}})),
        &host,
    );
    assert_eq!(elsewhere[0].reason, Reason::NoBackend);
    assert_eq!(elsewhere[0].target.as_deref(), Some("default/box"));
    assert_eq!(
        elsewhere[0].nearest.as_deref(),
        Some("LampChaos (off, dim) on lamp")
    );

    let half = experiment(&json!({"duration": "1s", "action": "dim", "share": 50}));
    let half = refusals(&half, &lamps(2));
    assert_eq!(half.len(), 2, "each target is named");
    assert_eq!(half[0].reason, Reason::Unsupported);

    let cluster = experiment(&json!({"duration": "1s", "selector": {"nodes": ["n1"]}}));
    assert_eq!(refusals(&cluster, &lamps(1))[0].reason, Reason::ClusterOnly);
    let empty = refusals(
        &experiment(&json!({"duration": "1s"})),
        &Inventory::default(),
    );
    assert!(empty[0].to_string().contains("the inventory is empty"));
}

#[test]
fn documents_that_are_no_experiments_say_what_they_lack() {
    let refused = |json: serde_json::Value| Experiment::from_json(&json).unwrap_err().message;
    assert!(refused(json!({})).contains("`apiVersion`"));
    assert!(refused(json!({"apiVersion": "a/v1", "kind": "K"})).contains("metadata.name"));
    let with = |spec: serde_json::Value| json!({"apiVersion": "a/v1", "kind": "K", "metadata": {"name": "n"}, "spec": spec});
    assert!(refused(with(json!({"duration": "soon"}))).contains("`soon`"));
    assert!(refused(with(json!({"duration": "-3s"}))).contains("`-3s`"));
    assert!(refused(with(json!({"mode": "most"}))).contains("`most`"));
    assert!(refused(with(json!({"mode": "fixed"}))).contains("`value`"));
    assert!(refused(with(json!({"mode": "fixed-percent", "value": "101"}))).contains("1 to 100"));
    let operator = json!({"selector": {"expressionSelectors": [{"key": "a", "operator": "in"}]}});
    assert!(refused(with(operator)).contains("DoesNotExist"));
}

#[test]
fn chosen_nobody_is_said() {
    let wanted = experiment(&json!({"duration": "1s", "mode": "random-max-percent", "value": "1"}));
    let nobody = (0..200)
        .map(|seed| PlanOptions {
            seed: Some(seed),
            ..PlanOptions::default()
        })
        .map(|options| plan(&wanted, &lamps(4), &backends(), &options).unwrap())
        .find(|plan| plan.targets.is_empty())
        .unwrap();
    assert!(
        nobody.warnings[0].contains("nobody"),
        "{:?}",
        nobody.warnings
    );
}
