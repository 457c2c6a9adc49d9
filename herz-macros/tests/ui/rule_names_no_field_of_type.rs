use herz::{ChaosSpec, ChaosType};

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(requires = [limits.longst])]
struct Queue {
    limits: Limits,
}

#[derive(Clone, Debug, PartialEq, ChaosType)]
struct Limits {
    longest: String,
}

fn main() {}
