/** What the hooks' programs have in the place of `performance.now`. */

/** Milliseconds since some moment, the same for all programs of a process. */
export function readClock() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
