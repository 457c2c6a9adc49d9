use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(cel = "self.queue != ''")]
struct Queue {
    queue: String,
}

fn main() {}
