/** The list of commands: name, one line for the help, and where it is. A command enters the list when it works. */
import type { Command } from 'commander';

export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  airspace: {
    summary: 'flight safety between forces that do not coordinate: check, serve',
    load: async () => (await import('./commands/airspace.ts')).command(),
  },
};
