/** Values that documentation and public apps print, so that they are no secret. Kept as CRC-32 so that this file holds no token. */

import { crc32 } from './checksum.ts';

const EXAMPLES: ReadonlySet<number> = new Set([
  // Google keys that ship in public apps (Firebase samples, Chromium, YouTube).
  0x17548546, 0x0ba59aba, 0x3627aa84, 0x94bb94f9, 0xffddd189, 0x6159ac90, 0x7aa120d5, 0x6a4f7820, 0xfbc47221,
  0x08394327, 0xafe8ff3e, 0x6b66e8a8, 0x5c298136, 0x1f358cbe, 0x6b9463f8, 0x202f468f, 0x3c5d7fda, 0x2db36b01,
  // jwt.io and RFC 7519.
  0xcea67886, 0x6d0d2fc4, 0xe379cea5, 0xd4d39688,
  // OAuth: RFC 5849, 6749, 6750, 7009, OpenID Connect.
  0x0fc657b9, 0x269d4cea, 0x4f042581, 0xb6e61e46, 0x9e49269d, 0x2bdd531a, 0x22864cae, 0xc3f0aa47, 0x0f945a27,
  0x146e0aa1, 0x6af2cb86, 0x779eb5f1, 0xa8b108b3, 0xe0318833, 0x494bda51,
  // RFC 7617 and the usual user:password in base64.
  0x7a77589d, 0xd0c6b042, 0xad2b0a04, 0xd465a41a, 0xb9093f1a, 0x932aa8be,
  // Stripe's documentation.
  0x776de070, 0x396d8142,
  // Emulators of Azure Storage and Cosmos DB.
  0xb4cbd586, 0x87707360,
  // reCAPTCHA's test pair.
  0x73b43468, 0x07e175bd,
  // DocSearch's demo, NuGet's documentation, MinIO's default.
  0x3c178f9b, 0x2b6eff54, 0x6b6cbffe, 0x5b922c12,
]);

/** True for a value that its provider or a standard publishes as an example. */
export function isPublicExample(value: string): boolean {
  return EXAMPLES.has(crc32(value));
}
