/** The only door for bin/: what the command line may use of the rooms behind it. Adds nothing of its own. */

export { readAudit } from './audit/read.ts';
export type { AuditRecord } from './audit/record.ts';
export { verifyAudit } from './audit/seal.ts';
export { openAppServer } from './codex/app-server.ts';
export {
  addTrust,
  findTrust,
  parseToml,
  pinHooks,
  removeTrust,
  type TrustEntry,
  unpinHooks,
} from './codex/config-toml.ts';
export { readConfiguredSandbox } from './codex/configured-sandbox.ts';
export { writeExecRules } from './codex/exec-rules.ts';
export { findCodex } from './codex/find-codex.ts';
export { type ListedHook, listHooks, writeTrust } from './codex/hook-list.ts';
export { findOurHandlers, mergeHooks, removeHooks } from './codex/hooks-json.ts';
export { parsePayload } from './codex/payload.ts';
export { writePermissionProfile } from './codex/permission-profile.ts';
export { writeRequirements } from './codex/requirements.ts';
export { listHookTrust } from './codex/trust.ts';
export {
  findWiredNode,
  isOurCommand,
  type WiringPaths,
  wiringEntries,
} from './codex/wiring.ts';
export { CHECKS, examine, isProtected, type Report } from './doctor/examine.ts';
export type { Finding as DoctorFinding, Mend } from './doctor/finding.ts';
export { type LiveReport, proveLive } from './doctor/live/prove-live.ts';
export { readSituation, type Situation, type SituationOptions } from './doctor/situation.ts';
export { FAIL_ON, type FailOn, judgeReport } from './doctor/verify-run/judge-report.ts';
export { buildRunSarif, printRun, printRunMarkdown } from './doctor/verify-run/print-run.ts';
export { readRun } from './doctor/verify-run/read-run.ts';
export { verifyRun } from './doctor/verify-run/verify-run.ts';
export { findAgentSign } from './engine/agent-signs.ts';
export { type Grant, pruneGrants, readGrants, revokeGrant, writeGrant } from './engine/grant-files.ts';
export { digestCall } from './engine/grants.ts';
export { makeGrant, selectFindings } from './engine/make-grant.ts';
export { runPolicyTests } from './engine/policy-tests.ts';
export { placeOf, policyInput, runStep, type StepResult } from './engine/run-step.ts';
export {
  readBaseline,
  type ScanRequest,
  type ScanTarget,
  type SecretScan,
  scanSources,
} from './engine/scan-sources.ts';
export { judgeTrial, patchPayload, shellPayload } from './engine/trial.ts';
export { openHost } from './facts/host.ts';
export { readRegistries } from './facts/registries.ts';
export { guards } from './guards/index.ts';
export type { AnyGuard, Example } from './kit/define-guard.ts';
export { type Found, surveyProject } from './policy/init/survey.ts';
export { findNewHosts, writeProposal } from './policy/init/write-proposal.ts';
export {
  explainPolicy,
  loadPolicy,
  MANAGED_POLICY,
  type PolicyInput,
  type PolicyOrigin,
  projectPolicyPath,
  userPolicyPath,
} from './policy/load-policy.ts';
export { type LockChange, type LockState, printLock, readLockState } from './policy/lock.ts';
export { findNearest } from './policy/phrases.ts';
export { findDrift } from './policy/sandbox/drift.ts';
export { makeExecRules } from './policy/sandbox/exec-rules.ts';
export { makeSandboxProfile } from './policy/sandbox/profile.ts';
export { readRemotes } from './policy/sandbox/remotes.ts';
export { makePolicySchema } from './policy/schema.ts';
export { findLevelDrift, findTrustLevel, TRUST_LADDER } from './policy/trust-ladder.ts';
export { workflowCommand } from './report/markdown.ts';
export { buildSarif } from './report/sarif.ts';
export { redactSecrets } from './secrets/index.ts';
export type { Effect } from './types/effect.ts';
export { HostError, InputError, LimitError, PolicyError, RefusalError, UsageError } from './types/errors.ts';
export type { Payload } from './types/payload.ts';
export type { Policy, PolicyProblem } from './types/policy.ts';
export type { LayerDrift, SandboxProfile } from './types/sandbox.ts';
export type { SecretHit } from './types/secret.ts';
export type { Span, Word } from './types/text.ts';
export type { Finding, Verdict } from './types/verdict.ts';
