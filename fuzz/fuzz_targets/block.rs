//! The content of a block of a healthy file: its nodes, ways and relations.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|content: &[u8]| {
    let mut size = content.len() as u32;
    let mut blob = vec![0x0a];
    while size >= 0x80 {
        blob.push(size as u8 | 0x80);
        size >>= 7;
    }
    blob.push(size as u8);
    blob.extend(content);
    reading::read(&reading::framed(&blob));
});
