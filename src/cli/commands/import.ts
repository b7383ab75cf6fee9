/** hudna import: files of reports into a data folder. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { Problem } from '../../core/index.ts';
import { BAD_MAPPING, chooseFormat, FILE_EMPTY, FORMATS, readFileBounded } from '../../sources/index.ts';
import { DATA_OPTION, onDataFolder, TERMS_OPTION } from '../data-folder.ts';
import { progressLine } from '../progress.ts';

interface Options {
  readonly data: string;
  readonly terms?: string;
  readonly format: string;
  readonly source?: string;
  readonly map?: readonly string[];
  readonly visibility: string;
  readonly dryRun: boolean;
  readonly wait: boolean;
}

interface Answer {
  readonly read: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly file?: string; readonly line: number; readonly reason: string }[];
}

const STAGES = {
  checked: 'rows checked',
  received: 'reports received',
  read: 'reports read',
  linked: 'reports linked',
  folded: 'days folded',
};

export function command(): Command {
  return new Command('import')
    .description('take in files of reports; the same file again adds nothing')
    .argument('[files...]', 'files to take in')
    .option('--format <format>', `auto or ${FORMATS.map(({ name }) => name).join(', ')}`, 'auto')
    .option('--source <name>', 'source of reports that name none')
    .option('--map <column=field...>', 'which column of a table is which field')
    .option('--visibility <visibility>', 'public or sealed, for reports that state neither', 'sealed')
    .option('--dry-run', 'check only, keep nothing', false)
    .option('--no-wait', 'return when the reports are durable, before they are read and linked')
    .option('--json', 'the answer as JSON (it always is)')
    .option(...DATA_OPTION)
    .option(...TERMS_OPTION)
    .action(async (files: string[], options: Options, self: Command) => {
      if (options.visibility !== 'public' && options.visibility !== 'sealed')
        self.error('--visibility is public or sealed');
      // --map takes any number of words: those without "=" are files that stand behind it.
      const mapped = options.map ?? [];
      const all = [...files, ...mapped.filter((word) => !word.includes('='))];
      if (all.length === 0) self.error("missing required argument 'files'");
      const answer = await importAll(all, { ...options, map: mapped.filter((word) => word.includes('=')) });
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    });
}

async function importAll(files: readonly string[], options: Options): Promise<Answer> {
  const mapping = (options.map ?? []).map(pairOf);
  let sum: Answer = { read: 0, accepted: 0, duplicates: 0, rejected: [] };
  for (const fileName of files) {
    const content = await readFileBounded(fileName);
    // What cannot be told from the file alone is refused before a data folder is opened.
    if (content.length > 0) chooseFormat(options.format, fileName, content);
    else throw new Problem(FILE_EMPTY, 'the file is empty', { where: fileName });
    const progress = progressLine(STAGES);
    const { format, visibility, dryRun, wait } = options;
    const params = {
      fileName,
      path: resolve(fileName),
      format,
      source: options.source ?? null,
      mapping,
      visibility,
      dryRun,
      wait,
    };
    const answer = (await onDataFolder(options, 'import', params, progress.show)) as Answer;
    progress.end();
    const rejected = files.length > 1 ? answer.rejected.map((one) => ({ file: fileName, ...one })) : answer.rejected;
    sum = {
      read: sum.read + answer.read,
      accepted: sum.accepted + answer.accepted,
      duplicates: sum.duplicates + answer.duplicates,
      rejected: [...sum.rejected, ...rejected],
    };
  }
  return sum;
}

function pairOf(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new Problem(BAD_MAPPING, `--map takes COLUMN=field, not ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}
