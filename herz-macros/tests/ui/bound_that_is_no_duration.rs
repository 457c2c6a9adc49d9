use herz::{ChaosSpec, Text, scalar::GoDuration};

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    #[chaos(range = "1s..1our")]
    pause: Text<GoDuration>,
}

fn main() {}
