/** A disk made full, to the last kilobytes. */
import { rmSync, writeFileSync } from 'node:fs';

/** Fills the file system with `path.N` files, leaving about `spare` bytes; the files, to remove them again. */
export function fill(path: string, spare: number): string[] {
  const parts: string[] = [];
  const fillWith = (size: number): void => {
    for (;;) {
      const part = `${path}.${parts.length}`;
      try {
        writeFileSync(part, Buffer.alloc(size));
        parts.push(part);
      } catch {
        rmSync(part, { force: true });
        return;
      }
    }
  };
  fillWith(1_048_576);
  // Room for small ones, so that the last kilobytes are filled too and can be freed one by one.
  rmSync(parts.pop() ?? '', { force: true });
  fillWith(4_096);
  for (let freed = 0; freed < spare; freed += 4_096) rmSync(parts.pop() ?? '', { force: true });
  return parts;
}
