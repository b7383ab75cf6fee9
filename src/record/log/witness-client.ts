/** Asks one witness to co-sign a checkpoint (C2SP tlog-witness), from the side of the log. */
import {
  type Crypto,
  checkNote,
  consistencyRanges,
  type Head,
  type PolicyWitness,
  parseNote,
  type TileTree,
  toBase64,
  utf8,
} from '../verify/index.ts';

const TIMEOUT_MS = 2_000;
const MAX_ANSWER_BYTES = 100_000;

export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly line: string; readonly time: number }
  /** The witness has co-signed more than this log has: the log was rolled back, or another one runs. */
  | { readonly kind: 'ahead'; readonly size: number }
  /** It has co-signed another tree of this size, or the log cannot prove that it grew from what the witness saw. */
  | { readonly kind: 'contradicted'; readonly size: number; readonly status: number }
  | { readonly kind: 'silent'; readonly reason: string };

export interface CosignRequest {
  readonly crypto: Crypto;
  readonly witness: PolicyWitness;
  /** The signed note, as published. */
  readonly note: Uint8Array;
  readonly text: string;
  readonly head: Head;
  readonly tree: TileTree;
  /** Size that the witness co-signed last, as far as known. */
  readonly knownSize: number;
}

/** One round with a witness; asks again once when it answers with the size it has. */
export async function askWitness(request: CosignRequest): Promise<WitnessAnswer> {
  let old = request.knownSize;
  try {
    for (let attempt = 0; attempt < 2; attempt++) {
      const response = await post(request, old);
      const body = await boundedText(response);
      if (response.status === 200) return readCosignature(request, body);
      if (response.status === 422) return { kind: 'contradicted', size: old, status: 422 };
      if (response.status === 409) {
        const size = Number(/^(0|[1-9]\d{0,15})\n?$/.exec(body)?.[1] ?? Number.NaN);
        if (size > request.head.size) return { kind: 'ahead', size };
        // It has the size that was named, so what it refuses is the root.
        if (size === old) return { kind: 'contradicted', size, status: 409 };
        if (Number.isSafeInteger(size)) {
          old = size;
          continue;
        }
      }
      return { kind: 'silent', reason: `status ${response.status}` };
    }
    return { kind: 'silent', reason: 'its size changes while it is asked' };
  } catch (error) {
    return { kind: 'silent', reason: error instanceof Error ? error.name : 'unreachable' };
  }
}

async function post(request: CosignRequest, old: number): Promise<Response> {
  const ranges = consistencyRanges(old, request.head.size);
  const proof = (await request.tree.hashes(ranges)).map((hash) => `${toBase64(hash)}\n`).join('');
  const prefix = (request.witness.url ?? '').replace(/\/+$/, '');
  return fetch(`${prefix}/add-checkpoint`, {
    method: 'POST',
    body: Buffer.concat([utf8(`old ${old}\n${proof}\n`), request.note]),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

async function boundedText(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MAX_ANSWER_BYTES) throw new Error('too long an answer');
  }
  return text;
}

/** Keeps the line of the witness's own key; everything else in the answer is ignored. */
function readCosignature(request: CosignRequest, body: string): WitnessAnswer {
  for (const line of body.split('\n')) {
    const note = parseNote(utf8(`${request.text}\n${line}\n`));
    const [good] = note ? checkNote(request.crypto, note, [request.witness.key]).good : [];
    if (good?.time != null) return { kind: 'cosigned', line: `${line}\n`, time: good.time };
  }
  return { kind: 'silent', reason: 'its answer holds no signature of its key' };
}
