use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(cel = "self.queu == 'a'", message = "no")]
struct Queue {
    queue: String,
}

fn main() {}
