//! What the C library's memory allocator has to know before the program starts.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// glibc's name for the size in octets from which on a piece of memory is the system's own.
const VARIABLE: &str = "MALLOC_MMAP_THRESHOLD_";

/// glibc's own value at first. It raises that to the size of whatever large text is freed; from then on
/// such texts leave holes between what is kept, and the server takes three times the memory.
const OCTETS: &str = "131072";

/// Starts the program anew, in the same process, with the allocator told to keep its threshold; goes
/// on as it is where somebody has told it already, and where that cannot be done.
///
/// glibc reads the variable once, before any code of ours runs.
pub(super) fn settle() {
    if env::var_os(VARIABLE).is_none()
        && let Ok(program) = env::current_exe()
    {
        let mut arguments = env::args_os();
        let mut anew = Command::new(program);
        if let Some(name) = arguments.next() {
            anew.arg0(name);
        }
        // It only comes back where it failed, and then nothing is lost but memory.
        drop(anew.args(arguments).env(VARIABLE, OCTETS).exec());
    }
}
