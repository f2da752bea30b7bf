//! The reader of the benchmark files.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use deployment::solve::toptw::{FileError, decimals, read};

const HEAD: &str = "4 10 100 1\n0 200\n 0 40.00 50.00 0.00 0.00 0 0 0 1236\n";

#[test]
fn a_file_is_read() {
    let text = format!("{HEAD} 7 43.00 54.50 90.00 10.00 1 1 1 912 967\n\n9 40 50 0.5 3 4 1 2 4 8 157 417\r\n");
    let read = read(&text, 3, 1).unwrap();
    assert_eq!((read.rounds.tours.len(), read.numbers), (3, vec![7, 9]));
    let [first, second] = &read.rounds.visits[..] else { unreachable!() };
    assert_eq!((first.score, first.service, first.windows.clone()), (10, 900, vec![(9120, 9670)]));
    assert_eq!((second.score, second.service, second.windows.clone()), (3, 5, vec![(1570, 4170)]));
    // The distance is 5.408…
    assert_eq!((read.rounds.travel[0].time(0, 1), read.rounds.travel[0].time(2, 1)), (54, 54));
    assert_eq!((read.rounds.tours[0].window, read.rounds.validate()), ((0, 12360), Ok(())));
}

#[test]
fn distances_are_rounded_down_but_not_below_what_they_are() {
    let text = format!("{HEAD}1 40.29 50 0 1 0 9");
    assert_eq!(read(&text, 1, 2).unwrap().rounds.travel[0].time(0, 1), 29);
    assert_eq!(read(&text, 1, 1).unwrap().rounds.travel[0].time(0, 1), 2);
    assert_eq!((decimals("pr03.txt"), decimals("PR03.TXT"), decimals("r103.txt"), decimals("c101.txt")), (2, 2, 1, 1));
}

#[test]
fn bad_files_are_refused() {
    let number = |word: &str| FileError::Number { line: 4, word: word.to_owned() };
    let table = [
        ("1 2 3 4 5 6", FileError::Short(4)),
        ("1", FileError::Short(4)),
        ("1 2 x 4 5 6 7", number("x")),
        ("1 2 NaN 4 5 6 7", number("NaN")),
        ("1 2 3 4 5 6 inf", number("inf")),
        ("1,2,3,4,5,6,7", number("1,2,3,4,5,6,7")),
        ("0 2 3 4 5 6 7", FileError::Twice(4)),
        ("1.5 2 3 4 5 6 7", FileError::Whole(4)),
        ("-1 2 3 4 5 6 7", FileError::Whole(4)),
        ("1 2 3 4 5.5 6 7", FileError::Whole(4)),
        ("1 2 3 4 -5 6 7", FileError::Whole(4)),
        ("1 2 3 4 1e12 6 7", FileError::Whole(4)),
        ("1 2 3 -4 5 6 7", FileError::Range(4)),
        ("1 2 3 4 5 7 6", FileError::Range(4)),
        ("1 2 3 4 5 6 1e30", FileError::Range(4)),
        ("1 1e30 3 4 5 6 7", FileError::Range(4)),
    ];
    for (line, expected) in table {
        assert_eq!(read(&format!("{HEAD}{line}\n"), 1, 1), Err(expected), "{line}");
    }
    for empty in ["", "4 10 100 1\n", "4 10 100 1\n0 200\n\n"] {
        assert_eq!(read(empty, 1, 1), Err(FileError::Empty));
    }
    assert_eq!(read(HEAD, 0, 1).unwrap().rounds.validate(), Ok(()));
}
