/** What the hooks' programs have in the place of globals that take Node longer to load than a hook needs for its work. */

/** In the place of `performance.now`: milliseconds since some moment, the same for all programs of a process. */
export function readClock() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** In the place of `TextDecoder`, of which packages make one when they are loaded. */
export class LateTextDecoder {
  constructor(...values) {
    this.make = () => new globalThis.TextDecoder(...values);
  }
  decode(...values) {
    this.decoder ??= this.make();
    return this.decoder.decode(...values);
  }
}
