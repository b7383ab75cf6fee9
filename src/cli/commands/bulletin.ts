/** hudna bulletin: the bulletin of a day, as JSON or as a page. */
import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { LANGS } from '../../core/index.ts';
import { DATA_OPTION, onDataFolder, TERMS_OPTION } from '../data-folder.ts';

interface Options {
  readonly data: string;
  readonly terms?: string;
  readonly lang: string;
  readonly format: string;
  readonly out?: string;
}

export function command(): Command {
  return new Command('bulletin')
    .description('the bulletin of a calendar day in the time zone of the instrument: the released text, else a draft')
    .argument('<day>', 'YYYY-MM-DD')
    .addOption(new Option('--lang <lang>', 'language').choices(LANGS).default('ar'))
    .addOption(new Option('--format <format>', 'format').choices(['html', 'json']).default('json'))
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write to a file')
    .option(...DATA_OPTION)
    .option(...TERMS_OPTION)
    .action(async (day: string, options: Options) => {
      const text = String(await onDataFolder(options, 'bulletin', { day, lang: options.lang, format: options.format }));
      if (options.out) writeFileSync(options.out, text);
      else process.stdout.write(text);
    });
}
