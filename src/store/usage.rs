//! What the system says this process takes, from `/proc` (`proc_pid_status(5)`, `proc_pid_stat(5)`).

use rustix::param::clock_ticks_per_second;
use std::fs;

/// What this process takes of the machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Octets of memory.
    pub resident: i64,
    /// Descriptors that are open: files and connections.
    pub descriptors: i64,
    /// Seconds of processors' time since it was started.
    pub processor: f64,
    /// When it was started, in seconds from 1970.
    pub started: f64,
}

/// What this process takes by now; none where the system does not say so in that way.
pub fn usage() -> Option<Usage> {
    let text = |path| fs::read_to_string(path).ok();
    let (processor, started) = times(&text("/proc/self/stat")?, &text("/proc/stat")?)?;
    Some(Usage {
        resident: resident(&text("/proc/self/status")?)?,
        descriptors: i64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()?,
        processor,
        started,
    })
}

fn resident(status: &str) -> Option<i64> {
    let rest = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    rest.split_whitespace().next()?.parse::<i64>().ok()?.checked_mul(1024)
}

/// The time that the process has had, and when it was started, in seconds.
fn times(stat: &str, system: &str) -> Option<(f64, f64)> {
    // The second field is the program's name in parentheses, which may have spaces.
    let after_name = stat.rsplit_once(')')?.1;
    let field = |number: usize| after_name.split_whitespace().nth(number - 3)?.parse::<f64>().ok();
    let per_second = clock_ticks_per_second() as f64;
    let booted = system.lines().find_map(|line| line.strip_prefix("btime "))?;
    let booted: f64 = booted.trim().parse().ok()?;
    Some(((field(14)? + field(15)?) / per_second, booted + field(22)? / per_second))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_takes_something() {
        let usage = usage().unwrap();
        assert!(usage.resident > 100_000, "{usage:?}");
        assert!(usage.descriptors >= 3, "{usage:?}");
        assert!(usage.processor >= 0.0 && usage.started > 1_600_000_000.0, "{usage:?}");
    }

    #[test]
    fn a_name_with_spaces_moves_no_field() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 1 0 0 0 100 50 0 0 20 0 9 0 300 1 2 3";
        let per_second = clock_ticks_per_second() as f64;
        let expected = (150.0 / per_second, 1000.0 + 300.0 / per_second);
        assert_eq!(times(stat, "cpu 1 2\nbtime 1000\n"), Some(expected));
        assert_eq!(times("", ""), None);
        assert_eq!(resident("Name:\tx\nVmRSS:\t    12 kB\n"), Some(12 * 1024));
    }
}
