/** The list of commands: name, one line for the help, and where it is. A command enters the list when it works. */
import type { Command } from 'commander';

export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  demo: { summary: 'serve the 2016 sample', load: async () => (await import('./commands/demo.ts')).command() },
  serve: { summary: 'serve a data folder', load: async () => (await import('./commands/serve.ts')).command() },
  import: { summary: 'take in files of reports', load: async () => (await import('./commands/import.ts')).command() },
  bulletin: { summary: 'the bulletin of a day', load: async () => (await import('./commands/bulletin.ts')).command() },
  migrate: {
    summary: 'bring the database of a data folder to this version',
    load: async () => (await import('./commands/migrate.ts')).command(),
  },
  backup: {
    summary: 'write a backup of a data folder',
    load: async () => (await import('./commands/backup.ts')).command(),
  },
  restore: {
    summary: 'restore a backup into a new data folder',
    load: async () => (await import('./commands/restore.ts')).command(),
  },
  doctor: { summary: 'examine a data folder', load: async () => (await import('./commands/doctor.ts')).command() },
  invite: {
    summary: 'a one-time link for a person',
    load: async () => (await import('./commands/invite.ts')).command(),
  },
  approval: {
    summary: 'check an act of two persons offline, from its file and the terms',
    load: async () => (await import('./commands/approval.ts')).command(),
  },
  token: { summary: 'tokens of programs', load: async () => (await import('./commands/token.ts')).command() },
  'log-key': {
    summary: 'prepare another key for the log',
    load: async () => (await import('./commands/log-key.ts')).command(),
  },
  intake: {
    summary: 'the intake form: keys of custodians, the public door',
    load: async () => (await import('./commands/intake.ts')).command(),
  },
  custody: {
    summary: 'open a sealed identity, for the custodians who may',
    load: async () => (await import('./commands/custody.ts')).command(),
  },
  read: {
    summary: 'reads a text or a folder of texts into the reading/1 document; needs no database',
    load: async () => (await import('./commands/read.ts')).command(),
  },
  cases: {
    summary: 'decisions that people kept, as cases for the reader: export, check',
    load: async () => (await import('./commands/cases.ts')).command(),
  },
  link: {
    summary: 'which reports tell of one event, and why; needs no database',
    load: async () => (await import('./commands/link.ts')).command(),
  },
  lexicon: {
    summary: "check the reader's word lists",
    load: async () => (await import('./commands/lexicon.ts')).command(),
  },
  places: {
    summary: 'import places: GeoNames, P-codes, boundaries',
    load: async () => (await import('./commands/places.ts')).command(),
  },
  airspace: {
    summary: 'flight safety between forces that do not coordinate: check, serve',
    load: async () => (await import('./commands/airspace.ts')).command(),
  },
  verify: {
    summary: 'check a record, a proof, a bulletin or a receipt without trusting the server',
    load: async () => (await import('./commands/verify.ts')).command(),
  },
  witness: {
    summary: 'co-sign the checkpoints of a log (C2SP tlog-witness)',
    load: async () => (await import('./commands/witness.ts')).command(),
  },
};
