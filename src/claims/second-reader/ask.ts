/**
 * Asks the endpoint, with bounds: one deadline for everything about a report, a longest answer, no redirect, at most one
 * repair round. Whatever comes back is text to be checked; nothing in it is followed.
 */
import { ANSWER, type Answer, firstMessages, type Message, repairMessages, requestBody } from './prompt.ts';
import type { SecondReaderSettings } from './settings.ts';

/** Bytes of one answer of the endpoint, envelope included. */
const MOST_BYTES = 512 * 1024;
const MOST_RAW = 256 * 1024;

export type Asked =
  | { readonly outcome: 'read'; readonly answer: Answer; readonly raw: string; readonly rounds: number }
  /** It answers, but not what was asked for, also when told so. */
  | { readonly outcome: 'unusable'; readonly detail: string; readonly raw: string; readonly rounds: number }
  /** No answer in time, or none at all: worth another try later. */
  | { readonly outcome: 'unreachable'; readonly detail: string; readonly raw: string; readonly rounds: number };

/** One question about one text, and one more when the first answer cannot be used. Never throws. */
export async function askSecondReader(
  settings: SecondReaderSettings,
  text: string,
  stop?: AbortSignal,
): Promise<Asked> {
  const timeout = AbortSignal.timeout(settings.milliseconds);
  const deadline = stop ? AbortSignal.any([timeout, stop]) : timeout;
  const first = await round(settings, firstMessages(text), true, deadline);
  if (first.kind === 'unreachable') return { outcome: 'unreachable', detail: first.detail, raw: '', rounds: 1 };
  const checked = check(first.content);
  if (first.kind === 'answered' && 'answer' in checked)
    return { outcome: 'read', answer: checked.answer, raw: first.content, rounds: 1 };
  const wrong = first.kind === 'refused' ? first.detail : 'wrong' in checked ? checked.wrong : '';
  // An endpoint that does not know the schema option refuses the first request: the second does without it.
  const messages = first.kind === 'refused' ? firstMessages(text) : repairMessages(text, first.content, wrong);
  const second = await round(settings, messages, false, deadline);
  if (second.kind !== 'answered')
    return {
      outcome: second.kind === 'refused' ? 'unusable' : second.kind,
      detail: second.detail,
      raw: first.content,
      rounds: 2,
    };
  const again = check(second.content);
  return 'answer' in again
    ? { outcome: 'read', answer: again.answer, raw: second.content, rounds: 2 }
    : { outcome: 'unusable', detail: again.wrong, raw: second.content, rounds: 2 };
}

type Round =
  | { readonly kind: 'answered'; readonly content: string; readonly detail: '' }
  | { readonly kind: 'refused' | 'unreachable'; readonly content: ''; readonly detail: string };

async function round(
  settings: SecondReaderSettings,
  messages: readonly Message[],
  strict: boolean,
  deadline: AbortSignal,
): Promise<Round> {
  try {
    const reply = await fetch(`${settings.url}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(settings.key === null ? {} : { authorization: `Bearer ${settings.key}` }),
      },
      body: requestBody(settings.model, messages, strict),
      redirect: 'error',
      signal: deadline,
    });
    if (reply.status === 400 || reply.status === 422) {
      await reply.body?.cancel();
      return { kind: 'refused', content: '', detail: `status ${reply.status}` };
    }
    if (!reply.ok) {
      await reply.body?.cancel();
      return { kind: 'unreachable', content: '', detail: `status ${reply.status}` };
    }
    const body = await boundedText(reply);
    if (body === null) return { kind: 'answered', content: '', detail: '' };
    return { kind: 'answered', content: contentOf(body), detail: '' };
  } catch (error) {
    // The name only: a message may hold an address with its path.
    return { kind: 'unreachable', content: '', detail: error instanceof Error ? error.name : 'error' };
  }
}

/** The body as text; null when it is longer than allowed. What is longer is not read further. */
async function boundedText(reply: Response): Promise<string | null> {
  if (!reply.body) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of reply.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The text that the model wrote; '' for an envelope that is none. */
function contentOf(body: string): string {
  try {
    const envelope = JSON.parse(body) as { choices?: { message?: { content?: unknown } }[] } | null;
    const content = envelope?.choices?.[0]?.message?.content;
    return typeof content === 'string' ? content.slice(0, MOST_RAW) : '';
  } catch {
    return '';
  }
}

function check(content: string): { answer: Answer } | { wrong: string } {
  const from = content.indexOf('{');
  const to = content.lastIndexOf('}');
  if (from === -1 || to < from) return { wrong: 'no JSON object' };
  let json: unknown;
  try {
    // Some models put words or a fence round the object.
    json = JSON.parse(content.slice(from, to + 1));
  } catch {
    return { wrong: 'not JSON' };
  }
  const checked = ANSWER.safeParse(json);
  if (checked.success) return { answer: checked.data };
  const [issue] = checked.error.issues;
  return { wrong: `${issue?.path.join('.')}: ${issue?.code}` };
}
