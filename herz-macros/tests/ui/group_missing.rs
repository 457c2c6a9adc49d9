use herz::ChaosSpec;
#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos")]
struct Queue {
    queue: String,
}

fn main() {}
