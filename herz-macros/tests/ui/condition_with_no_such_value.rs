use herz::{ChaosSpec, ChaosType};

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(requires(size), when(action = stp))]
struct Queue {
    action: Action,
    size: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, ChaosType)]
enum Action {
    Stop,
    Go,
}

fn main() {}
