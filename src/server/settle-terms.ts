/**
 * Which terms a data folder is under. The file given at first start is copied into the folder; later starts use that
 * copy, and a file of another instrument is refused, because the folder's record belongs to one instrument.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../core/index.ts';
import { type Instrument, loadInstrument, OTHER_TERMS, SHIPPED_TERMS } from '../terms/index.ts';

export function settleTerms(dataDir: string, given: string | undefined): Instrument {
  const kept = join(dataDir, 'terms.yaml');
  if (!existsSync(kept)) {
    const source = given ?? SHIPPED_TERMS;
    const instrument = loadInstrument(source);
    copyFileSync(source, kept);
    return instrument;
  }
  const instrument = loadInstrument(kept);
  if (given === undefined) return instrument;
  const wanted = loadInstrument(given);
  if (wanted.id !== instrument.id) {
    throw new Problem(
      OTHER_TERMS,
      `this data folder belongs to the instrument ${instrument.id}, the file is for ${wanted.id}: use another --data folder`,
      {
        where: given,
      },
    );
  }
  copyFileSync(given, kept);
  return wanted;
}
