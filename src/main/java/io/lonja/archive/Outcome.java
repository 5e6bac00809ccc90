package io.lonja.archive;

/**
 * What became of a command: what the caller is told, now and whenever the same key comes again.
 *
 * @param entry the command's place in the archive
 * @param status the HTTP status that says it: 200 and 201 done, 404, 409 and 422 refused by the state
 * @param body JSON, the resource or the problem
 */
public record Outcome(EntryId entry, int status, byte[] body) {}
