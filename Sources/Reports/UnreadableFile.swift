/// The rule id of files that cannot be read, for formats in which every entry has one.
let unreadableFile = "unreadable-file"
