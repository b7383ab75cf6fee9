/** The published files of this server's record, for the verifier in the page. Bounded; nothing is trusted for coming from here. */
import { type LogSource, SourceError } from '../../../src/record/verify/source.ts';

/** Reads below a prefix of the page's own origin. 404 means: not there. */
export function pageSource(prefix: string): LogSource {
  return {
    async read(path, limit) {
      const response = await fetch(`${prefix}${path}`, { cache: 'no-store' }).catch(() => {
        throw new SourceError(path, 'cannot be fetched');
      });
      if (response.status === 404 || response.status === 410) return undefined;
      if (!response.ok) throw new SourceError(path, `status ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > limit) throw new SourceError(path, `over ${limit} bytes`);
      return bytes;
    },
  };
}
