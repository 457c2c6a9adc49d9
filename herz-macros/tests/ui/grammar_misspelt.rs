use herz::{ChaosSpec, Text};

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    pause: Text<GoDuraton>,
}

fn main() {}
