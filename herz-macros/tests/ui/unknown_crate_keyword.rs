use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(pakage = "acme")]
struct Queue {
    queue: String,
}

fn main() {}
