//! What the system tells of the process and the machine. Where it tells nothing, figures are 0.

use std::time::Duration;

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The value of a line such as `VmHWM:   1024 kB`.
fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}

fn kilobytes(path: &str, name: &str) -> u64 {
    let value = field(&read(path), name).unwrap_or_default();
    value.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// The most memory the process had since [`forget_peak`], in bytes.
pub(crate) fn peak() -> u64 {
    kilobytes("/proc/self/status", "VmHWM") * 1024
}

/// The peak begins anew at what the process has now.
pub(crate) fn forget_peak() {
    // Where this may not be written the peak is that of all stages so far.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// What the process had of all processors together so far.
pub(crate) fn processors() -> Duration {
    let stat = read("/proc/self/stat");
    // The name of the program comes first, in brackets, and may contain anything.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    // Linux counts hundredths of a second for all programs.
    Duration::from_millis(ticks * 10)
}

/// The machine and the program in a line.
pub(crate) fn line() -> String {
    let processor =
        field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{processor}, {threads} threads, {} GB of memory, {} {}; Meja {}",
        kilobytes("/proc/meminfo", "MemTotal") / 1_000_000,
        std::env::consts::OS,
        std::env::consts::ARCH,
        env!("CARGO_PKG_VERSION")
    )
}
