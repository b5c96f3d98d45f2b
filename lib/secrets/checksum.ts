/** Checksums that some providers build into their tokens. A match raises confidence; a miss says nothing, samples are often made up. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** CRC-32 (IEEE 802.3) of ASCII text, as an unsigned number. */
export function crc32(text: string): number {
  let crc = ~0;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** CRC-32 as six base62 digits, the way GitHub and npm append it. */
export function base62Checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < 6; place += 1) {
    digits = DIGITS.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** True when the last six characters of a token's body are the checksum of the rest of the body. */
export function hasValidChecksum(body: string): boolean {
  return body.length > 6 && base62Checksum(body.slice(0, -6)) === body.slice(-6);
}
