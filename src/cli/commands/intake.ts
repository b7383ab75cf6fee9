/** hudna intake: whose keys identities are sealed to, and whether people without an account may use the form. */
import { Command } from 'commander';
import { type IntakeStatus, PURPOSES } from '../../intake/index.ts';
import type { OperationName } from '../../server/index.ts';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';

interface Options {
  readonly data: string;
  readonly org?: string;
  readonly json?: boolean;
  readonly recovery?: boolean;
}

const ORG = ['--org <organisation>', 'the organisation that collects'] as const;

export function command(): Command {
  const intake = new Command('intake').description('the intake form: keys of custodians, and the public door');
  const add = (name: string, description: string, operation: OperationName, org: 'required' | 'optional' | 'none') => {
    const made = intake
      .command(name)
      .description(description)
      .option('--json', 'print JSON')
      .option(...DATA_OPTION);
    if (org === 'required') made.requiredOption(...ORG);
    if (org === 'optional') made.option(...ORG);
    return made.exitOverride().action(async (options: Options) => {
      print(await onDataFolder(options, operation, { organisation: options.org ?? null }), options);
    });
  };
  add('status', 'the public door, and the keys in force', 'intake-status', 'optional');
  add('open', 'open the form to people without an account', 'intake-open', 'required');
  add('close', 'close it again', 'intake-close', 'none');
  intake
    .command('add-key')
    .description(
      'the first custodian’s key of an organisation, or its first recovery key; later changes are acts of two persons',
    )
    .argument('<recipient>', 'public key, age1…')
    .requiredOption(...ORG)
    .option('--recovery', 'the recovery key, kept offline, not a custodian’s')
    .option('--json', 'print JSON')
    .option(...DATA_OPTION)
    .exitOverride()
    .action(async (recipient: string, options: Options) => {
      const purpose = PURPOSES[options.recovery ? 1 : 0];
      print(await onDataFolder(options, 'recipient-add', { organisation: options.org, recipient, purpose }), options);
    });
  return intake;
}

function print(answer: unknown, { json }: Options): void {
  const status = answer as IntakeStatus;
  if (json) {
    process.stdout.write(`${JSON.stringify(status)}\n`);
    return;
  }
  const lines = [
    `public door: ${status.publicDoor === null ? 'closed' : `open, answered for by ${status.publicDoor}`}`,
    ...status.recipients.map(({ recipient, purpose }) => `${status.organisation}: ${purpose} ${recipient}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
