use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    limits: Limits,
}

#[derive(Clone, Debug, PartialEq)]
struct Limits;

fn main() {}
