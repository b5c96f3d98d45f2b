/** Turns a verdict into the few answers that the client honours. Owns exit codes and answer fields; not the words of a reason. */

import type { Payload } from '../types/payload.ts';
import type { Reply, Verdict } from '../types/verdict.ts';
import { ruleOf } from './events.ts';
import { cleanLines, denialText, failureText, warningText } from './reason-text.ts';

type Event = Payload['event'];

const SILENCE: Reply = { exitCode: 0, stdout: '', stderr: '' };
/** Longest context in UTF-16 units; the client cuts the middle out of what exceeds 2,500 tokens. */
const MAX_CONTEXT = 6_000;

/**
 * The answer to an event.
 *
 * A denial refuses in the way that the event knows, and so does any failure at an event that runs something. A warning becomes
 * context for the agent where the event takes it and is dropped elsewhere. Failures at other events are told to the person.
 *
 * @param notice more for the person; the client shows it beside an answer that lets the step go on, and only then
 * @param context more for the model, where the event takes it and the step goes on
 */
export function writeReply(event: Event, verdict: Verdict, notice = '', context = ''): Reply {
  const rule = ruleOf(event);
  const { outcome, findings, failures } = verdict;
  const denied = outcome === 'deny' && (findings.length > 0 || rule.failsClosed);
  if (denied || (failures.length > 0 && rule.failsClosed))
    return refuse(event, denialText(findings, failures, verdict.appeal));
  // Anything beside the decision, and the client throws the answer away and asks.
  if (event === 'PermissionRequest' && verdict.approved && outcome === 'pass' && findings.length === 0)
    return answer({ hookSpecificOutput: { hookEventName: event, decision: { behavior: 'allow' } } });
  const warning = outcome === 'warn' ? warningText(findings) : '';
  const told = rule.takesContext ? `${warning}\n${context}` : '';
  return tell(event, told, `${failureText(failures)}\n${notice}`);
}

/**
 * The answer when there is no verdict because something of ours broke.
 *
 * @param owner room or guard that failed
 * @param message what went wrong, without the input that was judged
 */
export function failureReply(event: Event, owner: string, message: string): Reply {
  const failures = [{ owner, message }];
  if (ruleOf(event).failsClosed) return refuse(event, denialText([], failures));
  return tell(event, '', failureText(failures));
}

/** Refuses in the one way that the event knows. Nothing may stand on stdout beside an exit code 2, nor on stderr beside JSON. */
function refuse(event: Event, reason: string): Reply {
  switch (ruleOf(event).refusal) {
    case 'exit':
      return { exitCode: 2, stdout: '', stderr: reason };
    case 'stop':
      return answer({ continue: false, stopReason: reason });
    case 'context':
      return tell(event, reason, '');
    case 'none':
      return tell(event, '', reason);
  }
}

/** Goes on, with text for the agent and for the person, either of which may be blank. */
function tell(event: Event, context: string, notice: string): Reply {
  const systemMessage = cleanLines(notice, MAX_CONTEXT);
  const additionalContext = cleanLines(context, MAX_CONTEXT);
  if (systemMessage === '' && additionalContext === '') return SILENCE;
  return answer({
    ...(systemMessage === '' ? {} : { systemMessage }),
    ...(additionalContext === '' ? {} : { hookSpecificOutput: { hookEventName: event, additionalContext } }),
  });
}

function answer(fields: Readonly<Record<string, unknown>>): Reply {
  return { exitCode: 0, stdout: JSON.stringify(fields), stderr: '' };
}
