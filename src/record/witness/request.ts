/** The body of C2SP tlog-witness `add-checkpoint`: old size, consistency proof, checkpoint. Pure. */
import { fromBase64, parseDecimal, utf8, utf8Text } from '../verify/index.ts';

const MAX_PROOF_LINES = 63;
const HASH_SIZE = 32;

export interface AddCheckpoint {
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly checkpoint: Uint8Array;
}

/** The parts of a request body; undefined when it is not one. */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpoint | undefined {
  const text = utf8Text(body);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || blank < 0) return undefined;
  const [oldLine = '', ...lines] = text.slice(0, blank).split('\n');
  const old = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : undefined;
  const proof = lines.map(fromBase64);
  if (old === undefined || proof.length > MAX_PROOF_LINES) return undefined;
  if (!proof.every((hash): hash is Uint8Array => hash?.length === HASH_SIZE)) return undefined;
  return { old, proof, checkpoint: utf8(text.slice(blank + 2)) };
}
