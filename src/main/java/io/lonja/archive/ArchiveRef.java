package io.lonja.archive;

/** Bytes in the archive that something can be traced to. */
public record ArchiveRef(EntryId entry, ByteRange bytes) {}
