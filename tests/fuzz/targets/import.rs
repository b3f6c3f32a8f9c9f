#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| convene_fuzz::import::holds(bytes));
