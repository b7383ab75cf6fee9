/** Reads a file whole, bounded; a file that vanishes or shrinks half way is refused as a whole. */
import { open } from 'node:fs/promises';
import { Problem } from '../../core/index.ts';
import { LIMITS } from '../model.ts';
import { FILE_TOO_LARGE, FILE_UNREADABLE } from '../problems.ts';

export async function readFileBounded(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > LIMITS.file)
        throw new Problem(FILE_TOO_LARGE, `${size} bytes, more than ${LIMITS.file}: split the file`, { where: path });
      const bytes = await file.readFile();
      if (bytes.length > LIMITS.file)
        throw new Problem(FILE_TOO_LARGE, `grew beyond ${LIMITS.file} bytes while it was read`, { where: path });
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code ?? 'unknown error'})`;
    throw new Problem(FILE_UNREADABLE, why, { where: path, cause: error });
  }
}
