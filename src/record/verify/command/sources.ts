/** Where the verifier's files come from: a folder or a URL prefix. Sizes are bounded while reading, not after. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogSource, SourceError } from '../source.ts';

const TIMEOUT_MS = 30_000;

export const isUrl = (text: string): boolean => /^https?:\/\//.test(text);

/** The log's files below a folder. */
export function folderSource(folder: string): LogSource {
  return {
    async read(path, limit) {
      const file = join(folder, path);
      let handle: FileHandle | undefined;
      try {
        handle = await open(file, 'r');
        const { size } = await handle.stat();
        if (size > limit) throw new SourceError(file, `over ${limit} bytes`);
        return await handle.readFile();
      } catch (error) {
        if (error instanceof SourceError) throw error;
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw new SourceError(file, code ?? 'cannot be read');
      } finally {
        await handle?.close();
      }
    },
  };
}

/** The log's files behind a URL prefix. 404 and 410 mean: not there. */
export function urlSource(prefix: string): LogSource {
  const base = prefix.endsWith('/') ? prefix : `${prefix}/`;
  return {
    async read(path, limit) {
      const url = `${base}${path}`;
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
        if (response.status === 404 || response.status === 410) {
          await response.body?.cancel();
          return undefined;
        }
        if (!response.ok) throw new SourceError(url, `status ${response.status}`);
        return await readBody(response, url, limit);
      } catch (error) {
        if (error instanceof SourceError) throw error;
        throw new SourceError(url, error instanceof Error ? error.message : 'cannot be fetched');
      }
    },
  };
}

async function readBody(response: Response, url: string, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > limit) throw new SourceError(url, `over ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export const logSource = (place: string): LogSource => (isUrl(place) ? urlSource(place) : folderSource(place));
