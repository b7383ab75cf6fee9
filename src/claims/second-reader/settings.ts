/**
 * Whether there is a second reader, and where. Off unless the operator names an address; nothing is ever asked of any
 * host that is not in it. Words of sealed reports are not sent unless the operator says so as well.
 */
import { declareProblem, Problem } from '../../core/index.ts';

export const BAD_SECOND_READER = declareProblem('claims/bad-second-reader', 400);

export interface SecondReaderSettings {
  /** Base address of an OpenAI-compatible endpoint, without a slash at its end. */
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  /** Whether words of sealed reports may be sent. */
  readonly sealed: boolean;
  /** For everything that is asked about one report. */
  readonly milliseconds: number;
}

const DEFAULT_SECONDS = 60;
const MOST_SECONDS = 600;

/** Reads the environment; null without HUDNA_READER_URL. Throws BAD_SECOND_READER naming the variable. */
export function secondReaderSettings(env: Readonly<Record<string, string | undefined>>): SecondReaderSettings | null {
  const url = env.HUDNA_READER_URL?.trim();
  if (!url) return null;
  const bad = (name: string, what: string): Problem => new Problem(BAD_SECOND_READER, what, { where: name });
  if (!URL.canParse(url)) throw bad('HUDNA_READER_URL', 'is not an address (https://HOST/v1)');
  const { protocol, username, password, search, hash } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || username || password || search || hash)
    throw bad('HUDNA_READER_URL', 'takes http:// or https://, a host and a path, nothing else');
  const model = env.HUDNA_READER_MODEL?.trim();
  if (!model || model.length > 200) throw bad('HUDNA_READER_MODEL', 'name the model to ask');
  const seconds = Number(env.HUDNA_READER_SECONDS ?? DEFAULT_SECONDS);
  if (!(seconds > 0 && seconds <= MOST_SECONDS))
    throw bad('HUDNA_READER_SECONDS', `takes a number of seconds up to ${MOST_SECONDS}`);
  const sealed = env.HUDNA_READER_SEALED ?? 'no';
  if (sealed !== 'yes' && sealed !== 'no') throw bad('HUDNA_READER_SEALED', 'takes yes or no');
  return {
    url: url.replace(/\/+$/, ''),
    model,
    key: env.HUDNA_READER_KEY?.trim() || null,
    sealed: sealed === 'yes',
    milliseconds: seconds * 1000,
  };
}
