/**
 * hudna approval: checks the file of an act of two persons (spec/approval) with nothing but the terms: that the text is the
 * one approved, that each signature holds, and that the quorum of the terms is met. Needs no server and no database.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkApprovalFile, parseApprovalFile } from '../../access/index.ts';
import { declareProblem, Problem } from '../../core/index.ts';
import { loadInstrument, SHIPPED_TERMS } from '../../terms/index.ts';

const NOT_AN_APPROVAL = declareProblem('cli/not-an-approval', 400);
const BAD_PIN = declareProblem('cli/bad-pin', 400);

const LONGEST = 67_108_864;

export function command(): Command {
  return new Command('approval')
    .description('check an act of two persons offline; exit 0 when it holds, 1 when it does not')
    .argument('<file>', 'the file, e.g. of GET /api/bulletins/DAY/releases/N')
    .option('--terms <file>', 'terms file that names the quorum (default: the shipped 2016 instrument)', SHIPPED_TERMS)
    .option('--pin <person=key...>', 'who must have signed with which key: person:ID=THUMBPRINT or token:ID=BASE64')
    .option('--json', 'print JSON')
    .action((path: string, options: { terms: string; pin?: string[]; json?: boolean }) => {
      const file = parseApprovalFile(textOf(path));
      if (!file) throw new Problem(NOT_AN_APPROVAL, 'this is not the file of an act (spec/approval)', { where: path });
      const instrument = loadInstrument(options.terms);
      const check = checkApprovalFile(instrument.quorum, file, pinsOf(options.pin ?? []));
      const complaints = [
        ...check.complaints,
        ...(file.proposal.agreement === instrument.id
          ? []
          : [`it belongs to the instrument ${file.proposal.agreement}, the terms are of ${instrument.id}`]),
      ];
      const holds = complaints.length === 0 && check.met;
      const { act, object } = file.proposal;
      const by = check.counted.map(({ person, organisation, role }) => ({ person, organisation, role }));
      const { signed, silent, missing, missingChairs } = check;
      if (options.json)
        process.stdout.write(
          `${JSON.stringify({ holds, act, object, by, signed, silent, missing, missingChairs, complaints })}\n`,
        );
      else {
        process.stdout.write(`${holds ? 'holds' : 'does not hold'}: ${act} ${object}\n`);
        for (const one of by) process.stdout.write(`  ${one.organisation} (${one.role}) ${one.person}\n`);
        process.stdout.write(
          `  ${signed} of ${by.length} signed by the person; the others rest on the server's word\n`,
        );
        for (const complaint of complaints) process.stdout.write(`  ! ${complaint}\n`);
      }
      if (!holds) process.exitCode = 1;
    });
}

function textOf(path: string): string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > LONGEST) throw new Error('it is too large');
    return bytes.toString('utf8');
  } catch (cause) {
    throw new Problem(NOT_AN_APPROVAL, 'the file cannot be read', { where: path, cause });
  }
}

/** Several keys of one person may be pinned: any of them counts. */
function pinsOf(pins: readonly string[]): Map<string, string[]> {
  const pinned = new Map<string, string[]>();
  for (const pin of pins) {
    const at = pin.indexOf('=');
    const [person, key] = [pin.slice(0, at), pin.slice(at + 1)];
    if (at < 1 || !/^(?:person|token):[0-9a-f-]+$/.test(person) || key === '')
      throw new Problem(BAD_PIN, '--pin takes person:ID=THUMBPRINT or token:ID=BASE64', { where: pin });
    pinned.set(person, [...(pinned.get(person) ?? []), key]);
  }
  return pinned;
}
