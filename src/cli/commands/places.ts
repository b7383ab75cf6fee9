/** `hudna places import`: takes a file of places into the data folder. Needs no database. */
import { Command, Option } from 'commander';
import { IMPORT_FORMATS, type ImportFormat, type ImportResult, importPlaces } from '../../places/index.ts';
import { DATA_OPTION } from '../data-folder.ts';

const REFUSALS_SHOWN = 20;

interface Flags {
  readonly data: string;
  readonly format: ImportFormat;
  readonly json?: boolean;
}

export function command(): Command {
  const places = new Command('places').description('the gazetteer: names of places and where they are');
  places
    .command('import')
    .description('takes a file of places into the data folder; what runs next uses them')
    .argument('<file>', 'GeoNames dump (TSV), table of P-codes (CSV) or boundary set (GeoJSON)')
    .addOption(new Option('--format <format>', 'what the file is').choices([...IMPORT_FORMATS]).makeOptionMandatory())
    .option(...DATA_OPTION)
    .option('--json', 'print {read, accepted, leftAside, outlines, refused:[{line, reason}], known}')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 nothing of the file could be taken in, 64 wrong usage. A running server uses the places after its next start.',
    )
    .action((file: string, { data, format, json }: Flags) => print(importPlaces(data, file, format), json === true));
  return places;
}

function print(result: ImportResult, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { read, accepted, leftAside, outlines, refused, known } = result;
  const parts = [
    `${read} read`,
    `${accepted} accepted`,
    `${leftAside} of other kinds left aside`,
    `${refused.length} refused`,
  ];
  process.stdout.write(
    `${parts.join(', ')}; ${outlines} outlines${known ? '; the same file was stored already' : ''}\n`,
  );
  for (const { line, reason } of refused.slice(0, REFUSALS_SHOWN)) process.stdout.write(`  line ${line}: ${reason}\n`);
  if (refused.length > REFUSALS_SHOWN)
    process.stdout.write(`  … ${refused.length - REFUSALS_SHOWN} more with --json\n`);
}
