use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(reserved = ["queue"])]
struct Queue {
    queue: String,
}

fn main() {}
