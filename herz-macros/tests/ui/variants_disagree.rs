use herz::ChaosType;

#[derive(Clone, Debug, PartialEq, ChaosType)]
#[chaos(tag = "do")]
enum Step {
    Wait { time: String },
    Stop { time: u32 },
}

fn main() {}
