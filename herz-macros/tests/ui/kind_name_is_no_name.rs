use herz::ChaosSpec;
#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "Queue Chaos", group = "acme.io")]
struct Queue {
    queue: String,
}

fn main() {}
