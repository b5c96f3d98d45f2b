/** Front door of the room: what the engine and the command line may use of it. */

export { type FindOptions, findSecrets, type SecretReport } from './find-secrets.ts';
export { fingerprint } from './fingerprint.ts';
export { readGitleaksIgnore } from './gitleaks/ignore-file.ts';
export { type GitleaksConfig, type GitleaksSource, readGitleaksConfig } from './gitleaks/read-config.ts';
export { redactSecrets } from './redact-secrets.ts';
export type { RuleSet } from './rule-set.ts';
